/**
 * # Log-sigmoid
 *
 *     −softplus(−x)
 */
import type { Composition } from './composition.ts';
import { input, neg, softplus } from './expression.ts';

export const logsigmoid: Composition = () => neg(softplus(neg(input('input'))));
