/** Inputs for tests of src/: bit patterns, not a bell curve. */

/** Every `stride`-th of the 2³² float32 that is not NaN. */
export function patterns(stride: number): Float32Array {
  const bits = Uint32Array.from({ length: Math.ceil(2 ** 32 / stride) }, (_, i) => i * stride);
  return new Float32Array(bits.buffer).filter((x) => !Number.isNaN(x));
}

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** ±0, ±∞, NaN, the ends of the formats, and where the activations saturate or switch. */
export const edges: Float32Array = Float32Array.from(
  [
    [0, Infinity, NaN, 2 ** -149, 2 ** -126, 2 ** -126 - 2 ** -149, (2 - 2 ** -23) * 2 ** 127],
    [2 ** -25, 2 ** -24, 2 ** -12, 0.5, 1, Math.LN2, 8, 9.01, 9.02, 16.63, 16.64, 17.32, 17.33],
    [22, 44, 52, 87.33, 87.34, 88.72, 88.73, 103.27, 103.28, 103.97, 103.98, 104, 110, 250, 1000],
  ]
    .flat()
    .flatMap((x) => [x, -x])
    .flatMap((x) => [x, neighbour(x, 1), neighbour(x, -1)]),
);

function neighbour(x: number, step: number): number {
  float[0] = x;
  if (x === 0 || !Number.isFinite(float[0])) return x;
  bits[0]! += step;
  return float[0];
}

/** Numbers in [0, 1), the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
