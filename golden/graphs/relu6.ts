/**
 * # ReLU6
 *
 *     min(max(x, 0), 6)
 */
import type { Composition } from './composition.ts';
import { input, max, min, real } from './expression.ts';

export const relu6: Composition = () => min(max(input('input'), real(0)), real(6));
