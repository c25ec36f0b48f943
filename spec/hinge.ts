/**
 * # Hinges: max(z, 0), and its slope where z = 0
 *
 * A margin that is just kept is still pushed at by most losses: the slope at 0 is 1, that of the
 * branch at whose end it lies. The strict hinge has 0 there. Of NaN value and slope are NaN.
 */
import { isNan, type Real, real } from './functions.ts';

const unknown = (z: Real): Real =>
  z.through(
    () => real(NaN),
    () => real(NaN),
  );

/** max(z, 0), with the slope 1 at 0. */
export const hinge = (z: Real): Real => (isNan(z) ? unknown(z) : z.sign() < 0 ? real(0) : z);

/** max(z, 0), with the slope 0 at 0. */
export const strictHinge = (z: Real): Real => (isNan(z) ? unknown(z) : z.sign() > 0 ? z : real(0));

/** a times the slope of `hinge` in z, as addends: none where it is 0. */
export const hinged = (z: Real, ...addends: readonly Real[]): readonly Real[] =>
  isNan(z) ? [real(NaN)] : z.sign() < 0 ? [] : addends;

/** The same of `strictHinge`. */
export const strictlyHinged = (z: Real, ...addends: readonly Real[]): readonly Real[] =>
  isNan(z) ? [real(NaN)] : z.sign() > 0 ? addends : [];
