/**
 * # Log-cosh loss
 *
 *     ℓ(x, y) = log cosh d = |d| + log(1 + e^−2|d|) − log 2        d = x − y
 *
 * Close to d²/2 near 0 and to |d| − log 2 far away. Near 0 the sum on the right loses what it is made
 * of, and ℓ is log(1 + 2 sinh²(d/2)) instead. The slope is tanh d. The function alone is called
 * log cosh; the loss, of input and target, is log-cosh-loss here.
 */
import { exp, expm1, isTop, log, log1p, magnitude, type Real, real, tanh } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';

/** Below 1, 2 sinh²(d/2) = m² / (2 (1 + m)), where m = e^−|d| − 1. */
function logCosh(d: Real): Real {
  const size = magnitude(d);
  if (!size.lt(1)) return size.plus(log1p(exp(size.times(-2)))).minus(log(2));
  const m = expm1(size.neg());
  return log1p(m.squared().div(m.plus(1).times(2)));
}

/** Where log 2 is as good as nothing beside |d|. */
const FAR = 2 ** 46;

export const logCoshLoss = loss({
  id: 'log-cosh-loss',
  inputs: {
    input: reals('*', { exact: () => [0, FAR, -FAR, 2 * FAR] }),
    target: reals('*', { exact: () => [0, FAR, -FAR, 2 * FAR] }),
  },
  over: '*',
  params: {},

  term: ({ input: x, target: y }) => ({ value: logCosh(x.minus(y)), weight: real(1) }),
  addends: ({ input: x, target: y }) => [logCosh(x.minus(y))],
  derivative: {
    input: ({ input: x, target: y }) => [[tanh(x.minus(y))]],
    target: ({ input: x, target: y }) => [[tanh(y.minus(x))]],
  },

  clauses: {
    'LCH-1': ['value', 'A small error keeps its digits: ℓ(2^−20, 0) is 2^−41, not 0.'],
    'LCH-2': ['value', 'A large error overflows nothing: ℓ(1000, 0) is 1000 − log 2.'],
    'LCH-3': ['gradient', 'The slope is tanh(x − y).'],
    'LCH-4': ['special rows', 'An infinite error costs +∞ with the slope ±1; ∞ − ∞ is NaN.'],
    'LCH-5': ['reduction', 'mean divides by the number of elements.'],
    'LCH-6': ['errors', 'Input and target have one shape; neither is broadcast.'],
  },

  dialects: {
    jax: {
      name: 'optax.losses.log_cosh',
      lacks: ['reduction'],
      note: 'the sum log(e^d + e^−d) − log 2 loses its digits near 0',
    },
    keras: {
      name: 'keras.losses.LogCosh',
      note: 'mean over the last axis first; the sum x + softplus(−2x) − log 2 loses its digits near 0',
      differs: [
        {
          where: 'an error of −∞',
          formula: { term: ({ input: x, target: y }) => (isTop(y.minus(x)) ? NaN : undefined) },
          witness: { in: { input: -Infinity, target: 0 }, spec: Infinity, theirs: NaN },
        },
      ],
    },
  },
  sources: ['Keras keras/src/losses/losses.py, log_cosh', 'optax/losses/_regression.py, log_cosh'],
});
