/**
 * # How far a number is from what a person would write
 *
 * Special values, then numbers with places or a large exponent, then whole ones, each by size. Every
 * part is a whole number from 0 on and earlier ones outweigh later ones, so that a chain of ever
 * simpler numbers has an end.
 */
import { decompose } from '../../spec/exact.ts';

export type Complexity = readonly number[];

export function complexity(x: number): Complexity {
  if (!Number.isFinite(x)) return [4, 0, 0];
  if (x === 0) return Object.is(x, -0) ? [1, 0, 0] : [0, 0, 0];
  if (Number.isInteger(x) && Math.abs(x) <= 2 ** 20) return [2, Math.abs(x), 0];
  const { mantissa, exponent } = decompose(x);
  const digits = mantissa.toString(2);
  const odd = digits.replace(/0+$/, '');
  return [3, odd.length, Math.abs(exponent + digits.length - odd.length)];
}

export function isLess(a: Complexity, b: Complexity): boolean {
  const k = a.findIndex((ai, i) => ai !== b[i]);
  return k >= 0 && a[k]! < b[k]!;
}

export const isSimpler = (a: number, b: number): boolean => isLess(complexity(a), complexity(b));
