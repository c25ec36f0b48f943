/**
 * # Multi-class margin loss
 *
 *     ℓ(x, y) = 1/C Σ_{i ≠ y} w_y max(0, margin − x_y + x_i)^p,   p = 1 or 2
 *
 * It divides by C, not by the C − 1 terms of the sum: of two equal logits it is margin / 2. The weight
 * is that of the target's class, outside of the power; `mean` divides by the number of samples,
 * weights or not. No class is ignored.
 */
import { isNan, type Real, real, sum, weighted } from '../functions.ts';
import { strictHinge, strictlyHinged } from '../hinge.ts';
import { classes, reals, weights } from '../input.ts';
import { loss } from '../op.ts';
import { integer, number } from '../param.ts';

interface Sample {
  readonly input: readonly Real[];
  readonly target: number;
  readonly weight: readonly Real[];
}
interface Shape {
  readonly p: number;
  readonly margin: Real;
}
const missing = ({ input: x, target: y }: Sample, i: number, margin: Real): Real =>
  margin.minus(x[y]!).plus(x[i]!);

/** The terms of the sum by their class. */
const terms = (sample: Sample, { p, margin }: Shape): readonly Real[] =>
  sample.input.flatMap((_, i) => {
    if (i === sample.target) return [];
    const z = strictHinge(missing(sample, i, margin));
    const power = p === 2 ? z.squared() : z;
    return [weighted(sample.weight[sample.target]!, power).div(sample.input.length)];
  });

/** Of each class but the target's, as addends: none where the margin is kept. */
function slopes(sample: Sample, { p, margin }: Shape): readonly (readonly Real[])[] {
  const w = sample.weight[sample.target]!;
  return sample.input.map((_, i) => {
    if (i === sample.target) return [];
    const z = missing(sample, i, margin);
    const slope = weighted(w, p === 2 ? z.times(2) : real(1));
    return strictlyHinged(z, slope.div(sample.input.length));
  });
}

/** PyTorch's hinge of NaN is 0. */
const kept = (term: Real): Real => (isNan(term) ? real(0) : term);

export const multiMarginLoss = loss({
  id: 'multi-margin-loss',
  inputs: {
    input: reals('N? C'),
    target: classes('N?', { count: 'C' }),
    weight: weights('C'),
  },
  over: 'N?',
  params: {
    p: integer({ default: 1, min: 1, max: 2 }),
    margin: number({ default: 1, draw: [-2, 2], exact: [1, 0.5] }),
  },

  term: (sample, shape) => ({ value: sum(terms(sample, shape)), weight: real(1) }),
  addends: (sample, shape) => terms(sample, shape),
  derivative: {
    input(sample, shape) {
      const all = slopes(sample, shape);
      const ofTarget = all.flat().map((slope) => slope.neg());
      return all.map((slope, i) => (i === sample.target ? ofTarget : slope));
    },
  },

  clauses: {
    'MM-1': ['value', 'Every sample is divided by C: two equal logits cost half the margin.'],
    'MM-2': ['reduction', 'mean divides by the number of samples, weights or not.'],
    'MM-3': ['parameters', 'p is 1 or 2, and the weight is not raised to it.'],
    'MM-4': ['gradient', 'Where a margin is just kept the slope is 0.'],
    'MM-5': ['special rows', 'A NaN among the logits makes the loss of its sample NaN.'],
    'MM-6': ['errors', 'A class outside [0, C) is an error: no class is ignored.'],
    'MM-7': ['special rows', 'A weight of 0 silences its class, an infinite logit included.'],
    'MM-8': [
      'multi-margin-loss-of-two-classes-is-half-a-ranking',
      'Of two classes with p = 1 it is half of margin-ranking-loss of the two logits.',
    ],
    'MM-9': [
      'margin-losses-are-zero-exactly-where-margins-are-kept',
      'Without weights it is 0 exactly where x_y ≥ x_i + margin for every other class.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.multi_margin_loss',
      note: 'mean and sum of an empty batch are uninitialised memory',
      differs: [
        {
          where: 'NaN, which counts as a margin that is kept',
          formula: { term: (sample, shape) => sum(terms(sample, shape).map(kept)) },
          witness: { in: { input: [[1, NaN]], target: [0] }, spec: NaN, theirs: 0 },
        },
        {
          where: 'its gradient',
          formula: {
            derivative: {
              input(sample, shape) {
                const all = slopes(sample, shape).map((slope) => slope.filter((a) => !isNan(a)));
                const ofTarget = all.flat().map((a) => a.neg());
                return all.map((slope, i) => (i === sample.target ? ofTarget : slope));
              },
            },
          },
          witness: {
            in: { input: [[1, NaN]], target: [0] },
            of: 'grad:input',
            spec: NaN,
            theirs: 0,
          },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/LossMultiMargin.cpp'],
});
