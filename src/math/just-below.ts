/**
 * # Just below
 *
 * Some results are less than y by a part that pairs of doubles cannot see, and y, or its product
 * with a cotangent, may be a tie. Where the part is below 2⁻⁷⁹, the formula may as well have
 * y − 2⁻⁸²·y: quotients of 77 bits by 48 are further than 2⁻⁷⁸ of them from any midpoint of two
 * float32 that they are not at, and products of 72 bits are, too.
 */
import type { Expression } from '../kernel/expression.ts';

export const LITTLE = 2 ** -82;

export const justBelow = (y: Expression): Expression => y.minus(y.times(LITTLE));
