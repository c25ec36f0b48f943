/** A number as people read it, and its bits as a float32. */
import { float32, toBits } from '../../spec/format.ts';

export const numberText = (x: number): string =>
  `${Object.is(x, -0) ? '-0' : x} (${toBits(x, float32).toString(16).padStart(8, '0')})`;
