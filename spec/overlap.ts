/**
 * # How far two sets overlap
 *
 * Memberships p and t from 0 to 1, all of one class of one sample, over however many axes:
 *
 *     both = Σ p t,   extra = Σ p (1 − t),   missed = Σ t (1 − p)
 */
import { type Real, real, sum } from './functions.ts';
import { reals } from './input.ts';

const memberships = () => reals('N C *', { min: 0, max: 1, exact: () => [0, 1] });
export const sets = { input: memberships(), target: memberships() };

type Nested = Real | readonly Nested[];

/** What lies along `*`: a number, a row, or rows of rows. */
export const flat = (x: Nested): readonly Real[] =>
  Array.isArray(x) ? x.flatMap(flat) : [x as Real];

export const not = (p: Real): Real => real(1).minus(p);

export interface Overlap {
  readonly both: Real;
  readonly extra: readonly Real[];
  readonly missed: readonly Real[];
}
export const overlap = (p: readonly Real[], t: readonly Real[]): Overlap => ({
  both: sum(p.map((pi, i) => pi.times(t[i]!))),
  extra: p.map((pi, i) => pi.times(not(t[i]!))),
  missed: t.map((ti, i) => ti.times(not(p[i]!))),
});
