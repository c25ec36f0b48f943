/**
 * # MSLE loss: squared logarithmic error
 *
 *     ℓ(x, y) = (log(1 + max(x, eps)) − log(1 + max(y, eps)))²
 *
 * Computed as the logarithm of a quotient, (1 + a)/(1 + b) = 1 + (a − b)/(1 + b), so that close
 * numbers keep their digits. What is clamped has the slope 0; at eps itself it is not. At +∞ the slope
 * is its limit 0. With eps = 0 it is scikit-learn's, for numbers that are not negative. The name is
 * that of mse-loss: PyTorch has none.
 */
import { isNan, log1p, max, type Real, real } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

const isInfinite = (x: Real): boolean => !x.isFinite() && !isNan(x);

/** log(1 + a) − log(1 + b) for numbers that are not both infinite. */
const difference = (a: Real, b: Real): Real =>
  a.lt(b) ? difference(b, a).neg() : log1p(a.minus(b).div(b.plus(1)));

/** +∞: it no longer depends on the infinite one, and falls as the other rises. */
const infinite = (far: Real, near: Real): Real =>
  far
    .through(
      () => real(Infinity),
      () => real(0),
    )
    .plus(
      near.through(
        () => real(0),
        () => real(-Infinity),
      ),
    );

function lossOf(x: Real, y: Real, eps: Real): Real {
  const [a, b] = [max(x, eps), max(y, eps)];
  if (isInfinite(a) && b.isFinite()) return infinite(a, b);
  if (isInfinite(b) && a.isFinite()) return infinite(b, a);
  return difference(a, b).squared();
}

/** ∂ℓ/∂x */
function slope(x: Real, y: Real, eps: Real): Real {
  const [a, b] = [max(x, eps), max(y, eps)];
  if (x.lt(eps) || (isInfinite(a) && b.isFinite())) return real(0);
  return difference(a, b).times(2).div(a.plus(1));
}

export const msleLoss = loss({
  id: 'msle-loss',
  inputs: {
    input: reals('*', { draw: [-1, 2 ** 20] }),
    target: reals('*', { draw: [-1, 2 ** 20] }),
  },
  over: '*',
  params: { eps: number({ default: 1e-7, min: 0, max: 2 ** 20, draw: [0, 1] }) },

  term: ({ input: x, target: y }, { eps }) => ({ value: lossOf(x, y, eps), weight: real(1) }),
  addends: ({ input: x, target: y }, { eps }) => [lossOf(x, y, eps)],
  derivative: {
    input: ({ input: x, target: y }, { eps }) => [[slope(x, y, eps)]],
    target: ({ input: x, target: y }, { eps }) => [[slope(y, x, eps)]],
  },

  clauses: {
    'MSLE-1': ['value', 'Close numbers keep their digits: the logarithms are not subtracted.'],
    'MSLE-2': ['parameters', 'Both are at least eps: a negative number counts as eps.'],
    'MSLE-3': ['gradient', 'Below eps the slope is 0, at eps that of the logarithm.'],
    'MSLE-4': ['special rows', 'An infinite input has an infinite loss and the slope 0.'],
    'MSLE-5': ['mean-is-sum-over-denominator', 'mean divides by the number of elements.'],
    'MSLE-6': ['errors', 'A negative eps is an error; input and target have one shape.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.MeanSquaredLogarithmicError',
      note: 'eps is keras.config.epsilon(); mean over the last axis first',
    },
  },
  sources: ['Keras keras/src/losses/losses.py, mean_squared_logarithmic_error'],
});
