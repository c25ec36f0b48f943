/**
 * # A number in two parts
 *
 * High has the first 29 bits, so that its product with a float32 is exact in float64; low has the
 * rest, 24 bits, so that its product is exact, too. Veltkamp's splitting.
 */
import { twoProduct } from '../kernel/double.ts';

const SPLIT = 2 ** 24 + 1;

export interface Parts {
  readonly high: number;
  readonly low: number;
}

/** For |x| < 2⁹⁰⁰. */
export function parts(x: number): Parts {
  const shifted = SPLIT * x;
  const high = shifted - (shifted - x);
  return { high, low: x - high };
}

/** Whether the product with any float32 is exact. */
export const isShort = (x: number): boolean => parts(x).low === 0;

/** 1/x in three parts, of which high and low have products with float32 that are exact. */
export function reciprocal(x: number): Parts & { readonly rest: number } {
  const inverse = 1 / x;
  const [product, lost] = twoProduct(inverse, x);
  return { ...parts(inverse), rest: (1 - product - lost) / x };
}
