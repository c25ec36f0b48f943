/**
 * # MAPE loss: absolute percentage error
 *
 *     ℓ(x, y) = 100 |y − x| / max(|y|, eps)
 *
 * It is a percentage of the target, so input and target cannot be exchanged, and the slope in y is
 * another: it is 100 sign(y − x) sign(y) x / y² from |y| = eps on. At x = y both slopes are 0. An
 * infinite target has the limit 100. The name is that of mse-loss: PyTorch has none.
 */
import { isNan, magnitude, max, type Real, real } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

function lossOf(x: Real, y: Real, eps: Real): Real {
  // |y − x| / |y| = |1 − x/y|
  if (x.isFinite() && !y.isFinite() && !isNan(y)) return real(100);
  return magnitude(y.minus(x))
    .times(100)
    .div(max(magnitude(y), eps));
}

const signOf = (x: Real): Real => real(x.sign());

const slope = (x: Real, y: Real, eps: Real): Real =>
  signOf(x.minus(y))
    .times(100)
    .div(max(magnitude(y), eps));

function targetSlope(x: Real, y: Real, eps: Real): Real {
  const sign = signOf(y.minus(x)).times(100);
  if (magnitude(y).lt(eps)) return sign.div(eps);
  return sign.times(signOf(y)).times(x).div(y.squared());
}

export const mapeLoss = loss({
  id: 'mape-loss',
  inputs: {
    input: reals('*'),
    target: reals('*', { exact: () => [-4, -2, -1, -0.5, 0.5, 1, 2, 4] }),
  },
  over: '*',
  // Above 0: the least float32.
  params: { eps: number({ default: 1e-7, min: 2 ** -149, max: 2 ** 20, draw: [2 ** -20, 1] }) },

  term: ({ input: x, target: y }, { eps }) => ({ value: lossOf(x, y, eps), weight: real(1) }),
  addends: ({ input: x, target: y }, { eps }) => [lossOf(x, y, eps)],
  derivative: {
    input: ({ input: x, target: y }, { eps }) => [[slope(x, y, eps)]],
    target: ({ input: x, target: y }, { eps }) => [[targetSlope(x, y, eps)]],
  },

  clauses: {
    'MAPE-1': ['value', 'It is a percentage: ℓ(3, 2) is 50.'],
    'MAPE-2': ['value', 'A target of 0 counts as eps in the denominator.'],
    'MAPE-3': [
      'gradient',
      'At x = y the slopes are 0, and where |y| < eps the denominator has none.',
    ],
    'MAPE-4': ['special rows', 'An infinite target costs 100 with the slope 0; ∞/∞ is NaN.'],
    'MAPE-5': ['reduction', 'mean divides by the number of elements.'],
    'MAPE-6': ['parameters', 'eps is the least denominator.'],
    'MAPE-7': ['errors', 'eps is above 0; input and target have one shape.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.MeanAbsolutePercentageError',
      note: 'eps is keras.config.epsilon(); mean over the last axis first',
      differs: [
        {
          where: 'an infinite target',
          formula: { term: ({ target: y }) => (y.isFinite() ? undefined : NaN) },
          witness: { in: { input: 3, target: Infinity }, spec: 100, theirs: NaN },
        },
      ],
    },
  },
  sources: ['Keras keras/src/losses/losses.py, mean_absolute_percentage_error'],
});
