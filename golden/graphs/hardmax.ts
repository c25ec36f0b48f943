/** # Hardmax: ONNX Runtime's own has no float64 kernel */
import { oneHotAlong } from './along.ts';
import type { Composition } from './composition.ts';
import { input } from './expression.ts';

export const hardmax: Composition = (asked) => oneHotAlong(input('input'), asked);
