/**
 * # Cosine embedding loss: an angle that should be small, or large
 *
 *     ℓ(u, v, y) = 1 − cos(u, v)                  for y = 1
 *                  max(0, cos(u, v) − margin)     for y = −1
 *                  0                              for any other y
 *     cos(u, v)  = u · v / √((u · u + ε) (v · v + ε))
 *
 * ε is 1e−12 rounded to float32, in every format: PyTorch's constant. It is added to the squares of
 * both lengths, so that vectors of length 1e−6 are half as similar as they look. A vector of zeros has
 * the cosine 0. Infinite elements give NaN.
 */

import { cosine, cosineSlopes, dotProduct, raisedBy } from '../distance.ts';
import { isNan, type Real, real } from '../functions.ts';
import { hinge, hinged } from '../hinge.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

const EPSILON = Math.fround(1e-12);
const length = raisedBy(EPSILON);

interface Pair {
  readonly input1: readonly Real[];
  readonly input2: readonly Real[];
  readonly target: Real;
}
const is = (y: Real, label: number): boolean => y.minus(label).sign() === 0;
const similarity = ({ input1: u, input2: v }: Pair): Real => cosine(u, v, length);

function lossOf(pair: Pair, margin: Real): Real {
  if (is(pair.target, 1)) return real(1).minus(similarity(pair));
  return is(pair.target, -1) ? hinge(similarity(pair).minus(margin)) : real(0);
}

/** The slopes in u. */
function slopes(u: readonly Real[], v: readonly Real[], y: Real, margin: Real) {
  if (is(y, 1)) return cosineSlopes(u, v, length).map((parts) => parts.map((part) => part.neg()));
  if (!is(y, -1)) return u.map(() => []);
  const above = cosine(u, v, length).minus(margin);
  return cosineSlopes(u, v, length).map((parts) => hinged(above, ...parts));
}

/** The products of the scalar product, each over the lengths. */
function products({ input1: u, input2: v }: Pair): readonly Real[] {
  const root = length(u).of.times(length(v).of).sqrt();
  return u.map((x, i) => dotProduct([x], [v[i]!]).div(root));
}

/** No label that is told apart, beside a cosine that is NaN. */
const isUnseen = (pair: Pair): boolean =>
  !is(pair.target, 1) && !is(pair.target, -1) && isNan(similarity(pair));

const isTied = (pair: Pair, margin: Real): boolean =>
  is(pair.target, -1) && similarity(pair).minus(margin).sign() === 0;

export const cosineEmbeddingLoss = loss({
  id: 'cosine-embedding-loss',
  inputs: {
    input1: reals('N? D'),
    input2: reals('N? D'),
    target: reals('N?', { labels: [-1, 1], exact: () => [-1, 0, 1], differentiable: false }),
  },
  over: 'N?',
  params: { margin: number({ default: 0, draw: [-1, 1], exact: [0, 0.5] }) },

  term: (pair, { margin }) => ({ value: lossOf(pair, margin), weight: real(1) }),
  addends(pair, { margin }) {
    if (is(pair.target, 1)) return [real(1), ...products(pair).map((part) => part.neg())];
    if (!is(pair.target, -1)) return [];
    return hinged(similarity(pair).minus(margin), ...products(pair), margin.neg());
  },
  derivative: {
    input1: ({ input1: u, input2: v, target: y }, { margin }) => slopes(u, v, y, margin),
    input2: ({ input1: u, input2: v, target: y }, { margin }) => slopes(v, u, y, margin),
  },

  clauses: {
    'CEMB-1': ['value', 'ε is added to each squared length: a vector of zeros has the cosine 0.'],
    'CEMB-2': [
      'reduction',
      'mean divides by the number of pairs, those with other labels included.',
    ],
    'CEMB-3': [
      'gradient',
      'Where the cosine is the margin the slope of a label of −1 is its full one.',
    ],
    'CEMB-4': ['special rows', 'A label that is neither 1 nor −1 silences its pair, NaN included.'],
    'CEMB-5': ['parameters', 'margin is subtracted for a label of −1 only.'],
    'CEMB-6': ['errors', 'Both inputs have one shape, and the target one label for each pair.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.cosine_embedding_loss',
      note: 'a target of length 1 is broadcast',
      differs: [
        {
          where: 'the gradient where the cosine is the margin',
          since: '2.14',
          formula: {
            derivative: {
              input1: (pair, { margin }) =>
                pair.input1.map(() => (isTied(pair, margin) ? [] : undefined)),
              input2: (pair, { margin }) =>
                pair.input2.map(() => (isTied(pair, margin) ? [] : undefined)),
            },
          },
          witness: {
            in: { input1: [1, 0], input2: [0, 1], target: -1 },
            of: 'grad:input1',
            element: 1,
            spec: 0.9999999999995,
            theirs: 0,
          },
        },
        {
          where: 'the gradient of NaN under a label that silences it',
          formula: {
            derivative: {
              input1: (pair) => pair.input1.map(() => (isUnseen(pair) ? [real(NaN)] : undefined)),
              input2: (pair) => pair.input2.map(() => (isUnseen(pair) ? [real(NaN)] : undefined)),
            },
          },
          witness: {
            in: { input1: [NaN, 0], input2: [0, 1], target: 0 },
            of: 'grad:input1',
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, cosine_embedding_loss'],
});
