/**
 * # MSE loss
 *
 *     w (x − t)²
 */
import { type Composition, weightedMean } from './composition.ts';
import { input, mul, sub } from './expression.ts';

export const mseLoss: Composition = (asked) => {
  const d = sub(input('input'), input('target'));
  return weightedMean(mul(d, d), asked);
};
