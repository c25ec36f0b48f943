/**
 * # Hinge loss
 *
 *     max(0, 1 − t x)
 */
import { type Composition, reduced } from './composition.ts';
import { input, max, mul, real, sub } from './expression.ts';

export const missing = () => max(sub(real(1), mul(input('target'), input('input'))), real(0));

export const hingeLoss: Composition = (asked) => reduced(missing(), asked);
