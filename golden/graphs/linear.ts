/**
 * # Linear
 *
 *     x Wᵀ + b
 *
 * Gemm takes matrices only; MatMul takes any number of axes before the last.
 */
import type { Composition } from './composition.ts';
import { add, apply, input } from './expression.ts';

export const linear: Composition = ({ in: given }) => {
  const product = apply('MatMul', [input('input'), apply('Transpose', [input('weight')])]);
  return given.bias === undefined ? product : add(product, input('bias'));
};
