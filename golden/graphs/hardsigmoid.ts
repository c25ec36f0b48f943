/**
 * # Hard sigmoid
 *
 *     min(max(x + 3, 0), 6) / 6
 */
import type { Composition } from './composition.ts';
import { add, div, input, max, min, real } from './expression.ts';

export const hardsigmoid: Composition = () =>
  div(min(max(add(input('input'), real(3)), real(0)), real(6)), real(6));
