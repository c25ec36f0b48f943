/** No result lies outside of the range of the function. */
import { settle } from '../../spec/param.ts';
import { floats } from '../floats.ts';
import { cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import { answers } from './answers.ts';

const long = { elements: 67, axis: 3 };

export const range: Law = {
  name: 'range',
  says: 'no result lies outside of the range of the function',
  appliesTo: (op) =>
    op.kind === 'elementwise' && op.range(settle(op)).some((end) => Number.isFinite(end)),
  questions: ({ op }) => cases(op, floats(), long).map((c) => ({ ...c, want: ['out'] })),
  async answer(subject, question) {
    const { op } = subject;
    if (op.kind !== 'elementwise') throw new TypeError(`${op.id} is not elementwise`);
    const [low, high] = op.range(question.settings as never);
    return answers(subject, [question], ([y]) => {
      const index = y!.findIndex((yi) => yi < low || yi > high);
      if (index < 0) return [];
      return [
        {
          name: 'outside',
          says: `a result outside of [${low}, ${high}]`,
          ...{ index, got: y![index]!, want: 'out' },
        },
      ];
    });
  },
  witness: (question) => question,
};
