/**
 * # Log-sum-exp
 *
 *     y = ln Σ eˣ = m + ln(1 + rest),   ∂y/∂xᵢ = softmax(x)ᵢ
 *
 * −∞ for a row of −∞ only, +∞ for a row with +∞, NaN for a row with NaN; in these the gradient is NaN.
 * Where Σ eˣ is so close to 1 that the two terms cancel, it is ln(1 + d) with d = Σ eˣ − 1 in pairs of
 * doubles.
 */
import { add, type Double, doubleDouble } from '../kernel/double.ts';
import { input } from '../kernel/expression.ts';
import { exp } from '../math/exp.ts';
import { scaled } from '../math/scaled.ts';
import { probability } from '../math/softmax.ts';
import { type Place, rowwise } from '../rowwise.ts';

/** Below this part of its terms the sum has lost too many of its 50 bits. */
const CANCELS = 2 ** -20;
/** e^−100 is beyond what a pair of doubles has next to 1. */
const NOTHING = -100;

const x = input('x');
const power = exp(x);

function value({ row, x }: Place): number {
  if (!Number.isFinite(row.m)) return row.m;
  const plain = row.m + row.log;
  return Math.abs(plain) < CANCELS * row.log ? nearOne(row.length, x) : plain;
}

/** ln(1 + d) to the third power of d, |d| < 2⁻¹²: the next is 2⁻³⁸ of the first. */
function nearOne(length: number, at: (i: number) => number): number {
  let total: Double = [-1, 0];
  for (let i = 0; i < length; i++) {
    if (at(i) > NOTHING) total = add(total, doubleDouble(power, x, at(i)));
  }
  const d = total[0] + total[1];
  return d - (d * d) / 2 + (d * d * d) / 3;
}

export const logSumExp = rowwise({
  id: 'log-sum-exp',
  reduces: true,
  value(place, out) {
    out[place.index] = value(place);
  },
  gradient({ row, at }, u, out) {
    for (let i = 0; i < row.length; i++) out[at(i)] = scaled(probability(row, i), u(i));
  },
});
