/**
 *     marginRankingLoss(x₁, x₂, y) = 0     just where y (x₁ − x₂) ≥ margin
 *     multiMarginLoss(x, y) = 0            just where x_y ≥ x_i + margin for every i ≠ y
 *     multilabelMarginLoss(x, y) = 0       just where x_j ≥ x_i + 1 for every listed j and other i
 *
 * On a candidate: it answers 0 where all margins are kept, and more where one is not.
 */
import fc from 'fast-check';
import { marginRankingLoss, multilabelMarginLoss, multiMarginLoss } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { type Real, real } from '../../spec/real.ts';
import type { Computed } from '../computed.ts';
import { dyadic } from '../floats.ts';
import { asked, identity } from '../identity.ts';
import { type Case, cases } from '../inputs.ts';
import { results, signOf, stated } from '../same.ts';
import type { Question } from '../subject.ts';

/** By how much each margin of a sample is exceeded. */
type Leads = (c: Case) => readonly (() => readonly Real[])[];

const rowsOf = ({ tensors: { input } }: Case): readonly (readonly number[])[] => {
  const C = input!.shape.at(-1)!;
  const rows = input!.data.length / C;
  return Array.from({ length: rows }, (_, n) => Array.from({ length: C }, (_, c) => n * C + c));
};

const ofRanking: Leads = ({ tensors, settings }) =>
  Array.from(tensors.target!.data, (_, i) => () => {
    const x = accessTo(tensors);
    const lead = x('input1', i).minus(x('input2', i));
    return [
      x('target', i)
        .times(lead)
        .minus(settings.margin as number),
    ];
  });

/** Every listed class against all that are not listed. */
const against = (
  { tensors }: Case,
  row: readonly number[],
  listed: readonly number[],
  margin: number,
) => {
  const x = accessTo(tensors);
  const others = row.filter((_, c) => !listed.includes(c));
  return listed.flatMap((j) =>
    others.map((place) => x('input', row[j]!).minus(x('input', place)).minus(real(margin))),
  );
};
const ofClasses: Leads = (c) =>
  rowsOf(c).map(
    (row, n) => () => against(c, row, [c.tensors.target!.data[n]!], c.settings.margin as number),
  );
const ofLists: Leads = (c) =>
  rowsOf(c).map((row) => () => {
    const list = row.map((place) => c.tensors.target!.data[place]!);
    const end = list.indexOf(-1);
    return against(c, row, end < 0 ? list : list.slice(0, end), 1);
  });

const leads = new Map<Op, Leads>([
  [marginRankingLoss, ofRanking],
  [multiMarginLoss, ofClasses],
  [multilabelMarginLoss, ofLists],
]);

/** Quarters, so that margins are often just kept; without weights. */
const questions = (op: Op): fc.Arbitrary<Question> =>
  cases(op, dyadic(2, 3), { elements: 4, axis: 3 }).map(({ tensors, settings }) =>
    asked({ tensors: { ...tensors, weight: undefined }, settings }, { reduction: 'none' }),
  );

const areKept = (of: () => readonly Real[]): boolean => {
  let count = 0;
  signOf(() => {
    count = of().length;
    return real(0);
  });
  return Array.from({ length: count }, (_, k) => signOf(() => of()[k]!)).every((s) => s >= 0);
};

export const certified = stated(
  fc
    .constantFrom(...leads.keys())
    .chain((op) => questions(op).map((question) => ({ op, question }))),
  ({ op, question }) => {
    const lifted = lift(op, question.tensors, question.settings);
    return leads.get(op)!(question).every(
      (of, i) => areKept(of) === (signOf(() => results(lifted)[i]!) === 0),
    );
  },
);

export const law = identity({
  name: 'margin-losses-are-zero-exactly-where-margins-are-kept',
  says: 'margin losses are 0 exactly where all margins are kept',
  ops: [...leads.keys()],
  others: [],
  questions: ({ op }) => questions(op),
  async claims({ tensors, settings }, ask, { op }) {
    const loss = await ask(op, tensors, settings);
    const kept = leads.get(op)!({ tensors, settings } as Case).map(areKept);
    return { 'is 0': indicated(loss, kept) };
  },
});

/** 1 where the loss is 0, and where it should be. */
const indicated = ({ tensor }: Computed, kept: readonly boolean[]): Computed => ({
  tensor: { ...tensor, data: Array.from(tensor.data, (y) => (y === 0 ? 1 : 0)) },
  ranges: kept.map((is) => ({ lo: is ? 1 : 0, hi: is ? 1 : 0, scale: 0 })),
});
