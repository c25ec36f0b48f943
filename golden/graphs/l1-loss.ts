/**
 * # L1 loss
 *
 *     w |x − t|
 */
import { type Composition, weightedMean } from './composition.ts';
import { abs, input, sub } from './expression.ts';

export const l1Loss: Composition = (asked) =>
  weightedMean(abs(sub(input('input'), input('target'))), asked);
