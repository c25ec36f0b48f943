/** Where the function never decreases, neither do the results at neighbouring inputs. */
import fc from 'fast-check';
import { float32 } from '../../spec/format.ts';
import { settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import { floats, fromRank, rank } from '../floats.ts';
import { pointsOf, settingsOf } from '../inputs.ts';
import type { Law } from '../law.ts';
import { answers } from './answers.ts';

const greatest = rank(Infinity, float32) - 1n;

export const monotone: Law = {
  name: 'monotone',
  says: 'the result never decreases from one float to the next',
  appliesTo: (op) => op.kind === 'elementwise' && op.isIncreasing(settle(op)),
  questions: ({ op }) =>
    settingsOf(op).chain((settings) => {
      const x = floats()([-Infinity, Infinity], pointsOf(op, settings));
      return fc.array(x, { minLength: 1, maxLength: 16, size: 'max' }).map((xs) => {
        const data = xs.flatMap((xi) => [xi, next(xi)]);
        return {
          tensors: { input: tensor([data.length], data) },
          settings,
          want: ['out'] as const,
        };
      });
    }),
  async answer(subject, question) {
    const { op } = subject;
    const holds = op.kind === 'elementwise' && op.isIncreasing(question.settings as never);
    if (!holds) return { faults: [], compared: 0 };
    return answers(subject, [question], ([y]) => {
      const pair = y!.findIndex((yi, i) => i % 2 === 0 && yi > y![i + 1]!);
      if (pair < 0) return [];
      const x = question.tensors.input!.data;
      return [
        {
          name: 'decreases',
          says: `the result at ${x[pair + 1]} is ${y![pair + 1]}, below ${y![pair]} at ${x[pair]}`,
          ...{ index: pair + 1, got: y![pair + 1]!, want: 'out' },
        },
      ];
    });
  },
  witness: (question) => question,
};

function next(x: number): number {
  const r = rank(x, float32);
  return fromRank(r < greatest ? r + 1n : r, float32);
}
