/**
 * # Multi-label margin loss
 *
 *     ℓ(x, y) = 1/C Σ_{j ∈ y} Σ_{i ∉ y} max(0, 1 − x_j + x_i)
 *
 * The target of a sample is a list of its classes, as long as there are classes: −1 ends it, and what
 * comes after is ignored, though it must be −1 or a class. A class that is listed twice counts twice.
 */
import { isNan, type Real, real, sum } from '../functions.ts';
import { strictHinge, strictlyHinged } from '../hinge.ts';
import { classes, reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';

interface Sample {
  readonly input: readonly Real[];
  readonly target: readonly number[];
}
/** One comparison: class `up` should exceed class `down` by 1. */
interface Pair {
  readonly up: number;
  readonly down: number;
  readonly missing: Real;
}

function pairsOf({ input: x, target: y }: Sample): readonly Pair[] {
  const end = y.indexOf(-1);
  const listed = end < 0 ? y : y.slice(0, end);
  return listed.flatMap((up) =>
    x.flatMap((xi, down) =>
      listed.includes(down) ? [] : [{ up, down, missing: real(1).minus(x[up]!).plus(xi) }],
    ),
  );
}

const terms = (sample: Sample): readonly Real[] =>
  pairsOf(sample).map(({ missing }) => strictHinge(missing).div(sample.input.length));

/** PyTorch's hinge of NaN is 0. */
const kept = (term: Real): Real => (isNan(term) ? real(0) : term);

function slopes(sample: Sample): readonly Addends[] {
  const all = pairsOf(sample);
  const share = real(1).div(sample.input.length);
  return sample.input.map((_, c) =>
    all.flatMap(({ up, down, missing }) =>
      up === c || down === c ? strictlyHinged(missing, down === c ? share : share.neg()) : [],
    ),
  );
}

export const multilabelMarginLoss = loss({
  id: 'multilabel-margin-loss',
  inputs: { input: reals('N? C'), target: classes('N? C', { count: 'C', end: -1 }) },
  over: 'N?',
  params: {},

  term: (sample) => ({ value: sum(terms(sample)), weight: real(1) }),
  addends: (sample) => terms(sample),
  derivative: {
    input: slopes,
  },

  clauses: {
    'MLM-1': ['value', 'What comes after the first −1 is ignored; without −1 all entries count.'],
    'MLM-2': ['reduction', 'A sample is divided by C, and mean by the number of samples.'],
    'MLM-3': ['value', 'A class that is listed twice counts twice.'],
    'MLM-4': ['gradient', 'Where a margin is just kept the slope is 0.'],
    'MLM-5': ['special rows', 'A NaN among compared logits makes the loss of its sample NaN.'],
    'MLM-6': ['errors', 'An entry that is neither −1 nor a class is an error, after the end too.'],
    'MLM-7': [
      'margin-losses-are-zero-exactly-where-margins-are-kept',
      'It is 0 exactly where every listed class exceeds every other one by 1.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.multilabel_margin_loss',
      note: 'mean and sum of an empty batch are uninitialised memory; a single logit may have no axis',
      differs: [
        {
          where: 'its gradient',
          formula: {
            derivative: {
              input: (sample) => slopes(sample).map((slope) => slope.filter((a) => !isNan(a))),
            },
          },
          witness: {
            in: { input: [1, NaN, 0], target: [0, -1, 0] },
            of: 'grad:input',
            spec: NaN,
            theirs: 0,
          },
        },
        {
          where: 'NaN, which counts as a margin that is kept',
          formula: { term: (sample) => sum(terms(sample).map(kept)) },
          witness: { in: { input: [1, NaN, 0], target: [0, -1, 0] }, spec: NaN, theirs: 0 },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/LossMultiLabelMargin.cpp'],
});
