/**
 * # Tversky loss
 *
 *     1 − (I + s) / (I + α Σ p (1 − t) + β Σ t (1 − p) + s),   I = Σ p t
 */
import { type Composition, numberIn, reduced } from './composition.ts';
import { add, div, mul, real, sub } from './expression.ts';
import { overlap } from './overlap.ts';

export const tverskyLoss: Composition = (asked) => {
  const { both, extra, missed } = overlap();
  const [alpha, beta, smooth] = ['alpha', 'beta', 'smooth'].map((name) =>
    real(numberIn(asked, name)),
  );
  const right = add(both, smooth!);
  const whole = add(right, add(mul(alpha!, extra), mul(beta!, missed)));
  return reduced(sub(real(1), div(right, whole)), asked);
};
