/**
 * # Hinge embedding loss: a distance that should be small, or large
 *
 *     ℓ(x, y) = x                        for y = 1
 *               max(0, margin − x)       for y = −1
 *               x + max(0, margin − x)   for any other y
 *
 * x is meant to be a distance, and is not checked to be ≥ 0: for y = 1 a negative x is a negative
 * loss. Any other label, 0 and NaN among them, takes both parts, which is max(x, margin).
 */
import { isAt, isNan, isTop, type Real, real } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

const is = (y: Real, label: number): boolean => y.minus(label).sign() === 0;

/** max(x, margin), with the slope 0 where they are equal. */
const larger = (x: Real, margin: Real): Real => (isNan(x) || x.gt(margin) ? x : margin);

function lossOf(x: Real, y: Real, margin: Real): Real {
  if (is(y, 1)) return x;
  return is(y, -1) ? hinge(margin.minus(x)) : larger(x, margin);
}

export const hingeEmbeddingLoss = loss({
  id: 'hinge-embedding-loss',
  inputs: {
    input: reals('*'),
    target: reals('*', { labels: [-1, 1], exact: () => [-1, 0, 1], differentiable: false }),
  },
  over: '*',
  params: { margin: number({ default: 1, draw: [-2, 2], exact: [1, 0.5] }) },

  term: ({ input: x, target: y }, { margin }) => ({
    value: lossOf(x, y, margin),
    weight: real(1),
  }),
  addends: ({ input: x, target: y }, { margin }) => [lossOf(x, y, margin)],
  derivative: {
    input({ input: x, target: y }, { margin }) {
      if (is(y, 1)) return [[real(1)]];
      if (is(y, -1)) return [hinged(margin.minus(x), real(-1))];
      return [isNan(x) || x.gt(margin) ? [real(1)] : []];
    },
  },

  clauses: {
    'HEMB-1': ['value', 'A label of 1 returns the distance itself, a negative one too.'],
    'HEMB-2': ['reduction', 'mean divides by the number of elements.'],
    'HEMB-3': ['gradient', 'At x = margin the slope of a label of −1 is −1.'],
    'HEMB-4': ['value', 'A label that is neither 1 nor −1 takes both parts.'],
    'HEMB-5': ['special rows', 'The part that a label does not take is silent, even at ∞ and NaN.'],
    'HEMB-6': ['parameters', 'margin is the distance from which on a label of −1 costs nothing.'],
    'HEMB-7': [
      'hinge-embedding-loss-of-minus-one-is-a-hinge',
      'Where all labels are −1 and margin is 1 it is hinge-loss of labels 1.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.hinge_embedding_loss',
      note: 'target and input are broadcast, and target may hold integers',
      differs: [
        {
          where: 'the gradient at x = margin',
          since: '2.14',
          formula: {
            derivative: {
              input: ({ input: x, target: y }, { margin }) => [
                isAt(x, margin) && !is(y, 1) ? (is(y, -1) ? [] : [real(1)]) : undefined,
              ],
            },
          },
          witness: { in: { input: 1, target: -1 }, of: 'grad:input', spec: -1, theirs: 0 },
        },
        {
          where: 'the gradient of NaN',
          formula: {
            derivative: {
              input: ({ input: x, target: y }) => [isNan(x) && is(y, -1) ? [] : undefined],
            },
          },
          witness: { in: { input: NaN, target: -1 }, of: 'grad:input', spec: NaN, theirs: 0 },
        },
        {
          where: 'both parts of −∞',
          formula: {
            term: ({ input: x, target: y }) =>
              isTop(x.neg()) && !is(y, 1) && !is(y, -1) ? NaN : undefined,
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 1, theirs: NaN },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, hinge_embedding_loss'],
});
