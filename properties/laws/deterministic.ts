/** The same question has the same answer, bit for bit. */
import { floats } from '../floats.ts';
import { cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import { gradientsOn } from '../subject.ts';
import { answers } from './answers.ts';

export const deterministic: Law = {
  name: 'deterministic',
  says: 'the same question has the same answer, bit for bit',
  effort: 0.25,
  appliesTo: () => true,
  questions: (subject) =>
    cases(subject.op, floats(), { elements: 35, axis: 3 }).map((c) => ({
      ...c,
      want: ['out', ...gradientsOn(subject, c)],
    })),
  answer: async (subject, question) => {
    if (!subject.hello.policy.deterministic)
      return { faults: [], compared: 0, skipped: 'it does not promise to be deterministic' };
    return answers(subject, [question, question], (all) => {
      const half = all.length / 2;
      const differs = all
        .slice(0, half)
        .some((y, k) => y.some((yi, i) => !Object.is(yi, all[k + half]![i])));
      return differs ? [{ name: 'differs', says: 'asked twice, answered differently' }] : [];
    });
  },
  witness: (question) => question,
};
