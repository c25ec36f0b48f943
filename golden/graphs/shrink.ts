/**
 * # Shrink
 *
 *     x ∓ bias where |x| > lambd, else 0
 *
 * ONNX Runtime's float64 Shrink takes its bias away in float32.
 */
import { type Composition, numberIn } from './composition.ts';
import { abs, add, greater, input, real, where } from './expression.ts';

export const shrink: Composition = (asked) => {
  const x = input('input');
  const bias = numberIn(asked, 'bias');
  const moved = add(x, where(greater(x, real(0)), real(-bias), real(bias)));
  return where(greater(abs(x), real(numberIn(asked, 'lambd'))), moved, real(0));
};
