/**
 * # What a candidate computed, and what is calculated from it
 *
 * A tensor, and for every element where it may lie. Sums and other functions of answers are calculated
 * in float64, of the numbers and of the ends of their ranges alike.
 */
import type { Tensor } from '../spec/tensor.ts';
import { formatOf } from './payload.ts';
import { largest, type Range } from './range.ts';

/** A tensor that a candidate computed, and where its elements may lie, if that can be told. */
export interface Computed {
  readonly tensor: Tensor;
  readonly ranges: readonly (Range | undefined)[];
}

export const isComputed = (t: Tensor | Computed): t is Computed => 'ranges' in t;

/**
 * A function of the i-th elements of tensors that rises in all of them or falls in all of them, in
 * float64: rounding never decreases either, so ends become ends.
 */
export function monotone(
  f: (values: readonly number[], i: number) => number,
  ...parts: readonly Computed[]
): Computed {
  const { tensor } = parts[0]!;
  const through = (values: (part: Computed) => number, i: number) => f(parts.map(values), i);
  return {
    tensor: {
      ...tensor,
      data: Array.from(tensor.data, (_, i) => through((p) => p.tensor.data[i]!, i)),
    },
    ranges: Array.from(tensor.data, (_, i) => {
      if (!parts.every((p) => isOrdinary(p, i))) return undefined;
      const [lo, hi] = [through((p) => p.ranges[i]!.lo, i), through((p) => p.ranges[i]!.hi, i)];
      return { lo: Math.min(lo, hi), hi: Math.max(lo, hi), scale: 0 };
    }),
  };
}

/** Neither an answer that may be infinite nor an unknown one can be calculated with. */
export function isOrdinary({ tensor, ranges }: Computed, place: number): boolean {
  const range = ranges[place];
  const most = largest(formatOf(tensor.dtype)!);
  return range !== undefined && !(range.lo < -most || range.hi > most);
}

export const isWhollyOrdinary = (computed: Computed): boolean =>
  computed.ranges.every((_, place) => isOrdinary(computed, place));

/** The sums of some elements each. */
export function summed(computed: Computed, groups: readonly (readonly number[])[]): Computed {
  const { tensor, ranges } = computed;
  const total = (group: readonly number[], of: (place: number) => number) =>
    group.reduce((sum, place) => sum + of(place), 0);
  return {
    tensor: {
      ...{ dtype: tensor.dtype, shape: [groups.length] },
      data: groups.map((group) => total(group, (place) => tensor.data[place]!)),
    },
    ranges: groups.map((group) => {
      if (!group.every((place) => isOrdinary(computed, place))) return undefined;
      const [lo, hi, scale] = (['lo', 'hi', 'scale'] as const).map((end) =>
        total(group, (place) => ranges[place]![end]),
      );
      return { lo: lo!, hi: hi!, scale: scale! };
    }),
  };
}

/** What is allowed on both sides of a number that is known. */
export const around = (exact: number, { tensor, ranges }: Computed): Computed => ({
  tensor,
  ranges: ranges.map((range) => {
    const by = range && (range.hi - range.lo) / 2;
    return range && { lo: exact - by!, hi: exact + by!, scale: range.scale };
  }),
});
