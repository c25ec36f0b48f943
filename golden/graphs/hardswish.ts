/**
 * # Hard Swish
 *
 *     x · hardsigmoid(x)
 */
import type { Composition } from './composition.ts';
import { input, mul } from './expression.ts';
import { hardsigmoid } from './hardsigmoid.ts';

export const hardswish: Composition = (asked) => mul(input('input'), hardsigmoid(asked));
