/**
 * # Mish
 *
 *     x tanh(softplus(x))
 */
import type { Composition } from './composition.ts';
import { input, mul, softplus, tanh } from './expression.ts';

export const mish: Composition = () => mul(input('input'), tanh(softplus(input('input'))));
