/**
 * # From samples to ratios
 *
 * The minimum is what the code costs when nothing disturbs it, and the figure to trust on a shared
 * machine; how far the median is from it shows the disturbance.
 */
export interface Timing {
  /** Nanoseconds per element. */
  readonly min: number;
  readonly median: number;
  readonly samples: number;
}

export interface Ratio {
  readonly min: number;
  readonly median: number;
}

export function timingOf(samples: readonly number[]): Timing {
  if (samples.length === 0) throw new RangeError('a timing needs at least one sample');
  const sorted = samples.toSorted((a, b) => a - b);
  return { min: sorted[0]!, median: middleOf(sorted), samples: sorted.length };
}

/** The median of numbers in order, of one at least. */
export function middleOf(sorted: readonly number[]): number {
  const at = (sorted.length - 1) / 2;
  return (sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2;
}

/** How many times as long as ours a peer takes: above 1 ours is faster. */
export const ratioOf = (ours: Timing, peer: Timing): Ratio => ({
  min: peer.min / ours.min,
  median: peer.median / ours.median,
});
