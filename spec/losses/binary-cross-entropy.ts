/**
 * # Binary cross-entropy of a probability
 *
 *     ℓ(x, y) = −w · (y · max(log x, −100) + (1 − y) · max(log(1 − x), −100))
 *
 * The clamp keeps ℓ finite at x = 0 and x = 1; it is part of the meaning, not of an implementation.
 * A probability that was rounded to 1 has lost its loss: ℓ(1, 0) is 100 whatever the logit was.
 * `mean` divides by the number of elements, weights or not.
 *
 * The gradient is that of the value: where a logarithm is clamped, its slope is 0. PyTorch's is not.
 */
import { isAt, log, log1p, max, type Real, real } from '../functions.ts';
import { reals, weights } from '../input.ts';
import { type Addends, loss } from '../op.ts';

/** −max(log x, −100) and −max(log(1 − x), −100) */
const surprise = (x: Real): readonly [Real, Real] => [
  max(log(x), -100).neg(),
  max(log1p(x.neg()), -100).neg(),
];

/** a / p, the slope of a · max(log p, −100): nothing where the clamp holds. */
const slope = (a: Real, p: Real): Real => (log(p).lt(-100) ? real(0) : a.div(p));

interface Row {
  readonly input: Real;
  readonly target: Real;
  readonly weight: Real;
}
/** The least x (1 − x) that PyTorch divides by. */
const FLOOR = Math.fround(1e-12);
const isFlat = ({ input: x }: Row): boolean => x.times(real(1).minus(x)).lt(FLOOR);
const isEnd = ({ input: x }: Row): boolean => log(x).lt(-100) || isAt(x, 1);

/** Beside the floor a clamp may hold, a certain prediction be right, or neither. */
const isRight = (row: Row): boolean => isEnd(row) && isAt(row.input, row.target);
const isClamped = (row: Row): boolean => isEnd(row) && !isRight(row);
const isFloored = (row: Row): boolean => isFlat(row) && !isEnd(row);

/** PyTorch's gradient there. */
const floored = ({ input: x, target: y, weight: w }: Row): Addends => [
  w.times(x.minus(y)).div(FLOOR),
];

export const binaryCrossEntropy = loss({
  id: 'binary-cross-entropy',
  inputs: {
    input: reals('*', { min: 0, max: 1, exact: () => [0, 1] }),
    target: reals('*', { min: 0, max: 1 }),
    weight: weights('*', { broadcast: true }),
  },
  over: '*',
  params: {},

  term({ input: x, target: y, weight: w }) {
    const [yes, no] = surprise(x);
    const value = y.times(yes).plus(real(1).minus(y).times(no));
    return { value: w.times(value), weight: real(1) };
  },
  addends({ input: x, target: y, weight: w }) {
    const [yes, no] = surprise(x);
    return [w.times(y).times(yes), w.times(real(1).minus(y)).times(no)];
  },
  derivative: {
    // −w y / x + w (1 − y) / (1 − x)
    input({ input: x, target: y, weight: w }) {
      const yes = slope(w.times(y), x);
      const no = slope(w.times(real(1).minus(y)), real(1).minus(x));
      return [[yes.neg(), no]];
    },
    target({ input: x, weight: w }) {
      const [yes, no] = surprise(x);
      return [[w.times(yes), w.times(no).neg()]];
    },
  },

  clauses: {
    'BCE-1': ['value', 'Each logarithm is clamped at −100: binary-cross-entropy(0, 1) = 100.'],
    'BCE-2': ['reduction', 'mean divides by the number of elements, weights or not.'],
    'BCE-3': ['value', 'log(1 − x) is log1p(−x): a probability close to 0 keeps its digits.'],
    'BCE-4': ['gradient', 'A clamped logarithm has slope 0, so no gradient is infinite.'],
    'BCE-5': ['errors', 'A probability or target outside [0, 1] is an error, NaN included.'],
    'BCE-6': [
      'binary-cross-entropy-three-ways',
      'Of σ(z) with |z| < 100 it is binary-cross-entropy-with-logits of z; beyond, the clamp shows.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.binary_cross_entropy',
      note: 'the gradient is w(x − y) / max(x(1 − x), 1e−12), 1e−12 rounded to float32',
      differs: [
        {
          where: 'gradient where a logarithm is clamped',
          formula: { derivative: { input: (row) => [isClamped(row) ? floored(row) : undefined] } },
          witness: {
            in: { input: 0, target: 1 },
            of: 'grad:input',
            spec: 0,
            theirs: -1000000003995.8029,
          },
        },
        {
          where: 'gradient of a certain and right prediction',
          formula: { derivative: { input: (row) => [isRight(row) ? floored(row) : undefined] } },
          witness: { in: { input: 0, target: 0 }, of: 'grad:input', spec: 1, theirs: 0 },
        },
        {
          where: 'gradient at x(1 − x) < 1e−12',
          formula: { derivative: { input: (row) => [isFloored(row) ? floored(row) : undefined] } },
          witness: {
            in: { input: 1e-13, target: 1 },
            of: 'grad:input',
            spec: -1e13,
            theirs: -1000000003995.7028,
          },
        },
        {
          where: 'gradient in the target, where no logarithm is clamped',
          formula: {
            derivative: {
              target: ({ input: x, weight: w }) => [[w.times(log1p(x.neg()).minus(log(x)))]],
            },
          },
          witness: { in: { input: 0, target: 1 }, of: 'grad:target', spec: 100, theirs: Infinity },
        },
      ],
    },
    keras: {
      name: 'keras.losses.BinaryCrossentropy',
      note: 'moves probabilities into [1e−7, 1 − 1e−7]; mean over the last axis first',
    },
    tfjs: { name: 'tf.losses.logLoss', note: 'adds 1e−7 to the probability; no clamp' },
    tinygrad: { name: 'Tensor.binary_crossentropy', lacks: ['weight'], note: 'no clamp' },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, binary_cross_entropy_out_cpu'],
});
