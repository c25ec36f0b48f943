/**
 * # Numbers from a seed
 *
 *     sₙ₊₁ = 1664525 sₙ + 1013904223 mod 2³²
 *
 * The same on every engine: nothing but integers and powers of two. The multiplier is the one of
 * Numerical Recipes; its upper bits are random enough for inputs that are only to be unlike.
 */
export interface Source {
  /** A float32 in [low, high). */
  readonly uniform: (low: number, high: number) => number;
  /** An integer in [0, n). */
  readonly below: (n: number) => number;
}

export function sourceOf(seed: number): Source {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    uniform: (low, high) => Math.fround(low + (high - low) * next()),
    below: (n) => Math.floor(n * next()),
  };
}
