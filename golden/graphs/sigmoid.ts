/**
 * # Sigmoid
 *
 *     1 / (1 + e⁻ˣ)
 *
 * ONNX Runtime's own float64 Sigmoid loses all digits towards −37. This form overflows into 0 below
 * −709 only.
 */
import type { Composition } from './composition.ts';
import { add, div, exp, input, neg, real } from './expression.ts';

export const sigmoid: Composition = () => div(real(1), add(real(1), exp(neg(input('input')))));
