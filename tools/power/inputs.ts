/** # What the mistakes are shown: two ways to choose inputs */
import { sourceOf } from '../bench/draw.ts';

export interface Inputs {
  readonly name: string;
  readonly how: string;
  readonly numbers: readonly number[];
}

/** The seed of `check`. */
export const SEED = 20260101;

/** Odd, so that the low bits are met in all their ways. */
const STRIDE = 524_309;
const [END, STEP] = [110, 1 / 16];

/** So many draws of N(0, 1), by the method of Box and Muller. */
export function normals(count: number, seed: number): readonly number[] {
  const { uniform } = sourceOf(seed);
  return Array.from({ length: count }, () => {
    const [radius, angle] = [uniform(2 ** -24, 1), uniform(0, 1)];
    return Math.fround(Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle));
  });
}

/** Every n-th bit pattern that is a finite number. */
export function strided(stride: number): readonly number[] {
  const patterns = Uint32Array.from({ length: Math.ceil(2 ** 32 / stride) }, (_, i) => i * stride);
  return Array.from(new Float32Array(patterns.buffer)).filter(Number.isFinite);
}

export const dense = (end: number, step: number): readonly number[] =>
  Array.from({ length: (2 * end) / step + 1 }, (_, i) => -end + i * step);

const draws = normals(60, SEED);
const everywhere = [...strided(STRIDE), ...dense(END, STEP)];

export const distributions: readonly Inputs[] = [
  {
    name: `${draws.length} draws of N(0, 1)`,
    how: `what inputs of ONNX's node tests are like; seed ${SEED}`,
    numbers: draws,
  },
  {
    name: `${everywhere.length.toLocaleString('en')} numbers from all of float32`,
    how: `every ${STRIDE.toLocaleString('en')}th bit pattern that is a finite number, and -${END} to ${END} in steps of ${STEP}`,
    numbers: everywhere,
  },
];
