/**
 * # Gates: x·g(x), where g goes from 0 to 1
 *
 * With g and (x g(x))′ as local series. Left of their first centre products are 0 to float32, right
 * of the last one x and 1.
 */
import { constant, type Expression, local } from '../kernel/expression.ts';
import type { Scaled } from '../kernel/kernel.ts';
import type { Coefficients, LocalSeries } from '../kernel/local.ts';

export type Range = readonly [from: number, to: number];

/** A local series on a range, with so many centres in a unit. */
export const seriesOn = (
  name: string,
  [from, to]: Range,
  steps: number,
  degrees: LocalSeries['degrees'],
  coefficients: Coefficients,
): LocalSeries => ({ name, steps, from: from * steps, to: to * steps, degrees, coefficients });

/** Coefficients of (x g(x))′, from those of g. */
export const slopeOf =
  (g: Coefficients, steps: number): Coefficients =>
  (k, count, by) => {
    const a = g(k, count + 1, by);
    const products = a.slice(1).map((c, n) => by.plus(by.scale(c, k, steps), a[n]!));
    return products.map((c, n) => by.scale(c, n + 1, 1));
  };

const ends = ({ from, to, steps }: LocalSeries): Range => [from / steps, to / steps];

/** The function of a series, which keeps its values beyond the first and the last centre. */
export function everywhere(series: LocalSeries, x: Expression, precise: boolean): Expression {
  const [from, to] = ends(series);
  const near = x.max(from).min(to);
  return local(series, near, precise, constant(from).max(near));
}

/** x·g(x); at −∞ it rounds to −0. */
export function gated(g: LocalSeries, x: Expression, precise: boolean): Expression {
  const [from, to] = ends(g);
  const right = x.max(from);
  return local(g, constant(to).min(right), precise).times(right);
}

/**
 * (x g(x))′, which has one zero, near −¾. There the error is relative to (x + 1)/4, which is a
 * quarter of the terms that cancel. Left of −1 that is negative, and the error relative to the slope.
 */
export function slopeOfGated(slope: LocalSeries, x: Expression, precise: boolean): Scaled {
  const [from, to] = ends(slope);
  const value = everywhere(slope, x, precise);
  const near = x.max(from).min(to).plus(1).times(0.25);
  return { value, scale: value.abs().max(near) };
}
