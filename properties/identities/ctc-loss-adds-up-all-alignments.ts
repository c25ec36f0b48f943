/**
 *     ctcLoss(x, y) = −logSumExp over all sequences π of classes that become y of Σ_t x_t(π_t)
 *
 * Neighbours that are equal become one, then blanks are removed. Labels are no blanks.
 */
import fc from 'fast-check';
import { logSumExp as logSumExpOf, real, sum } from '../../spec/functions.ts';
import { ctcLoss, logSumExp } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { dyadic, floats } from '../floats.ts';
import { asked, identity } from '../identity.ts';
import { type Case, cases } from '../inputs.ts';
import { results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

const sizes = { elements: 4, axis: 4 };

const at = ({ tensors }: Case, name: string, place: number): number => tensors[name]!.data[place]!;

const labelsOf = (c: Case, n: number): readonly number[] => {
  const most = c.tensors.target!.shape.at(-1)!;
  const first = n * most;
  return Array.from(c.tensors.target!.data).slice(first, first + at(c, 'targetLengths', n));
};

const samples = ({ tensors }: Case): readonly number[] =>
  Array.from(tensors.targetLengths!.data, (_, n) => n);

const hasNoBlanks = (c: Case): boolean =>
  samples(c).every((n) => labelsOf(c, n).every((y) => y !== c.settings.blank));

const questionsOf = (drawn: fc.Arbitrary<Case>): fc.Arbitrary<Question> =>
  drawn.filter(hasNoBlanks).map((c) => asked(c, { reduction: 'none', zeroInfinity: false }));

/** Numbers of which four add up to a float32. */
const everyday = questionsOf(cases(ctcLoss, dyadic(10), sizes));

const become = (sequence: readonly number[], blank: unknown): readonly number[] =>
  sequence.filter((c, t) => c !== blank && c !== sequence[t - 1]);

/** Where the scores of every sequence lie that becomes the labels of a sample. */
function alignments(c: Case, n: number): readonly (readonly number[])[] {
  const classes = c.tensors.input!.shape.at(-1)!;
  const count = samples(c).length;
  const due = String(labelsOf(c, n));
  let all: readonly (readonly number[])[] = [[]];
  for (let t = 0; t < at(c, 'inputLengths', n); t++)
    all = all.flatMap((head) => Array.from({ length: classes }, (_, y) => [...head, y]));
  return all
    .filter((sequence) => String(become(sequence, c.settings.blank)) === due)
    .map((sequence) => sequence.map((y, t) => (t * count + n) * classes + y));
}

export const certified = stated(
  fc.oneof(everyday, questionsOf(cases(ctcLoss, floats(), sizes))),
  (question) => {
    const direct = lift(ctcLoss, question.tensors, question.settings);
    return same(
      () => results(direct),
      () => {
        const x = accessTo(question.tensors);
        return samples(question).map((n) => {
          const scores = alignments(question, n).map((ways) => sum(ways.map((i) => x('input', i))));
          if (scores.length === 0) return real(Infinity);
          const { m, rest } = logSumExpOf(scores);
          return m.plus(rest).neg();
        });
      },
    );
  },
);

export const law = identity({
  name: 'ctc-loss-adds-up-all-alignments',
  says: 'ctc-loss is minus log-sum-exp over all sequences that become the target',
  ops: [ctcLoss],
  others: [logSumExp],
  questions: () => everyday,
  async claims(question, ask) {
    const { tensors, settings } = question;
    const rows = samples(question).map((n) =>
      alignments(question, n).map((ways) =>
        ways.reduce((total, i) => total + at(question, 'input', i), 0),
      ),
    );
    const most = Math.max(1, ...rows.map((row) => row.length));
    // What is added has no weight.
    const scores = rows.flatMap((row) => [...row, ...Array(most - row.length).fill(-Infinity)]);
    const input = tensor([rows.length, most], scores as number[]);
    return {
      'ctc-loss': await ask(ctcLoss, tensors, settings),
      'log-sum-exp of the alignments': monotone(
        ([y]) => -y!,
        await ask(logSumExp, { input }, { dim: -1 }),
      ),
    };
  },
});
