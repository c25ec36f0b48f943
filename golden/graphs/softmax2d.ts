/** # Softmax along the third axis from the last */
import { softmaxAlong } from './along.ts';
import type { Composition } from './composition.ts';
import { input } from './expression.ts';

export const softmax2d: Composition = () => softmaxAlong(input('input'), -3);
