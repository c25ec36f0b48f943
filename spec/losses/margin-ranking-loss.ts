/**
 * # Margin ranking loss: which of two should be the larger
 *
 *     ℓ(x₁, x₂, y) = max(0, −y (x₁ − x₂) + margin)
 *
 * y = 1 asks for x₁ > x₂, y = −1 for the opposite. y is a number like any other: 0 costs
 * max(0, margin), and 3 triples the difference but not the margin.
 */
import { isAt, isNan, type Real, real } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

interface Pair {
  readonly input1: Real;
  readonly input2: Real;
  readonly target: Real;
}
const missing = ({ input1, input2, target: y }: Pair, margin: Real): Real =>
  y.neg().times(input1.minus(input2)).plus(margin);

export const marginRankingLoss = loss({
  id: 'margin-ranking-loss',
  inputs: {
    input1: reals('*'),
    input2: reals('*'),
    target: reals('*', { labels: [-1, 1], exact: () => [-1, 0, 1] }),
  },
  over: '*',
  params: { margin: number({ default: 0, draw: [-2, 2], exact: [0, 0.5] }) },

  term: (pair, { margin }) => ({ value: hinge(missing(pair, margin)), weight: real(1) }),
  addends(pair, { margin }) {
    const { input1, input2, target: y } = pair;
    return hinged(missing(pair, margin), y.times(input1).neg(), y.times(input2), margin);
  },
  derivative: {
    input1: (pair, { margin }) => [hinged(missing(pair, margin), pair.target.neg())],
    input2: (pair, { margin }) => [hinged(missing(pair, margin), pair.target)],
    target: (pair, { margin }) => [hinged(missing(pair, margin), pair.input1.neg(), pair.input2)],
  },

  clauses: {
    'RANK-1': ['value', 'Equal inputs cost the margin, whatever the target.'],
    'RANK-2': ['reduction', 'mean divides by the number of elements.'],
    'RANK-3': ['gradient', 'Where the margin is just kept the slopes are −y and y.'],
    'RANK-4': ['parameters', 'margin is not multiplied by the target.'],
    'RANK-5': ['errors', 'Both inputs and the target have one shape; none is broadcast.'],
    'RANK-6': [
      'margin-losses-are-zero-exactly-where-margins-are-kept',
      'It is 0 exactly where y (x₁ − x₂) ≥ margin.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.margin_ranking_loss',
      note: 'inputs and target are broadcast',
      differs: [
        {
          where: 'the gradient where the margin is just kept',
          since: '2.14',
          formula: {
            derivative: {
              input1: (pair, { margin }) => [isAt(missing(pair, margin), 0) ? [] : undefined],
              input2: (pair, { margin }) => [isAt(missing(pair, margin), 0) ? [] : undefined],
              target: (pair, { margin }) => [isAt(missing(pair, margin), 0) ? [] : undefined],
            },
          },
          witness: {
            in: { input1: 1, input2: 1, target: 1 },
            of: 'grad:input1',
            spec: -1,
            theirs: 0,
          },
        },
        {
          where: 'the gradient beside an infinite number, where the margin is kept',
          formula: {
            derivative: {
              input1: (pair, { margin }) => [
                missing(pair, margin).sign() < 0 ? [pair.target.times(0)] : undefined,
              ],
              input2: (pair, { margin }) => [
                missing(pair, margin).sign() < 0 ? [pair.target.times(0)] : undefined,
              ],
              target: (pair, { margin }) => [
                missing(pair, margin).sign() < 0
                  ? [pair.input1.minus(pair.input2).times(0)]
                  : undefined,
              ],
            },
          },
          witness: {
            in: { input1: Infinity, input2: 0, target: 1 },
            of: 'grad:target',
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'the gradient of NaN',
          formula: {
            derivative: {
              input1: (pair, { margin }) => [
                isNan(missing(pair, margin)) ? [pair.target.times(0)] : undefined,
              ],
              input2: (pair, { margin }) => [
                isNan(missing(pair, margin)) ? [pair.target.times(0)] : undefined,
              ],
              target: (pair, { margin }) => [
                isNan(missing(pair, margin))
                  ? [pair.input1.minus(pair.input2).times(0)]
                  : undefined,
              ],
            },
          },
          witness: {
            in: { input1: NaN, input2: 1, target: 1 },
            of: 'grad:input2',
            spec: NaN,
            theirs: 0,
          },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, margin_ranking_loss'],
});
