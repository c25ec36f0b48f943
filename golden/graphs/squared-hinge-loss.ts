/**
 * # Squared hinge loss
 *
 *     max(0, 1 − t x)²
 */
import { type Composition, reduced } from './composition.ts';
import { mul } from './expression.ts';
import { missing } from './hinge-loss.ts';

export const squaredHingeLoss: Composition = (asked) => {
  const z = missing();
  return reduced(mul(z, z), asked);
};
