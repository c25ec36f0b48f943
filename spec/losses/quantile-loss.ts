/**
 * # Quantile loss, or pinball loss
 *
 *     ℓ(x, y) = tau (y − x)          where x < y
 *               (1 − tau) (x − y)    elsewhere
 *
 * The expected loss is least where x is the quantile tau of y; tau = ½ is half of l1-loss. At x = y
 * any slope from −tau to 1 − tau is a subgradient in x; it is the middle ½ − tau, as PyTorch has it of
 * the textbook's max(tau (y − x), (tau − 1) (y − x)), which no framework has as a loss of its own.
 */
import { isNan, magnitude, type Real, real, scaled } from '../functions.ts';
import { reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

/** In terms of d = y − x. */
function lossOf(d: Real, tau: Real): Real {
  if (isNan(d)) return magnitude(d);
  const sign = d.sign();
  if (sign === 0) return d.times(tau.minus('0.5'));
  return sign > 0 ? scaled(tau, d) : scaled(real(1).minus(tau), d.neg());
}

/** ∂ℓ/∂d */
function slope(d: Real, tau: Real): Real {
  if (isNan(d)) return real(NaN);
  const sign = d.sign();
  return sign > 0 ? tau : tau.minus(sign === 0 ? '0.5' : 1);
}

export const quantileLoss = loss({
  id: 'quantile-loss',
  inputs: { input: reals('*'), target: reals('*') },
  over: '*',
  params: { tau: number({ default: 0.5, min: 0, max: 1, exact: [0, 0.25, 0.5, 1] }) },

  term: ({ input: x, target: y }, { tau }) => ({
    value: lossOf(y.minus(x), tau),
    weight: real(1),
  }),
  addends: ({ input: x, target: y }, { tau }) => [lossOf(y.minus(x), tau)],
  derivative: {
    input: ({ input: x, target: y }, { tau }) => [[slope(y.minus(x), tau).neg()]],
    target: ({ input: x, target: y }, { tau }) => [[slope(y.minus(x), tau)]],
  },

  clauses: {
    'QNT-1': ['parameters', 'tau weighs what is too low, 1 − tau what is too high.'],
    'QNT-2': [
      'gradient',
      'The slope in x is −tau below the target, 1 − tau above, and ½ − tau at it.',
    ],
    'QNT-3': ['special rows', 'tau = 0 or 1 silences an infinite error on its side.'],
    'QNT-4': ['reduction', 'mean divides by the number of elements.'],
    'QNT-5': ['quantile-loss-of-one-half-is-half-of-l1-loss', 'With tau = ½ it is ½ l1-loss.'],
    'QNT-6': ['errors', 'A tau outside [0, 1] is an error; input and target have one shape.'],
  },

  dialects: {},
  sources: [
    'Koenker and Bassett: Regression Quantiles, Econometrica 46 (1978)',
    'TensorFlow Addons tensorflow_addons/losses/quantiles.py, pinball_loss',
  ],
});
