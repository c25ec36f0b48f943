/**
 * # Sparse sigmoid
 *
 *     min(max((x + 1) / 2, 0), 1)
 */
import type { Composition } from './composition.ts';
import { add, div, input, max, min, real } from './expression.ts';

export const sparseSigmoid: Composition = () =>
  min(max(div(add(input('input'), real(1)), real(2)), real(0)), real(1));
