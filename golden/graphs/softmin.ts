/** # Softmin: the Softmax of −x */
import { axisOf, softmaxAlong } from './along.ts';
import type { Composition } from './composition.ts';
import { input, neg } from './expression.ts';

export const softmin: Composition = (asked) => softmaxAlong(neg(input('input')), axisOf(asked));
