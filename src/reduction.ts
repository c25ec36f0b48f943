/**
 * # Reductions
 *
 *     none   value₁, value₂, …
 *     sum    Σ value
 *     mean   Σ value / denominator
 *
 * A loss says what its terms and its denominator are. The mean of nothing is 0/0 = NaN, its sum 0.
 */
import { scaled, sum } from './math/scaled.ts';
import type { Arrays, Plan } from './operator.ts';
import { choice } from './parameters.ts';
import type { Shape } from './tensor.ts';

export type Reduction = 'mean' | 'sum' | 'none';

export const reduction = choice<Reduction>('mean', 'sum', 'none');

/** What a term's derivative contributes to a gradient: times the cotangent, by the denominator. */
export type Share = (derivative: number) => number;

export interface Terms<D> {
  /** The shape of the result under `none`: one term for each of its elements. */
  readonly shape: Shape;
  readonly count: number;
  readonly value: (term: number) => number;
  readonly denominator: () => number;
  readonly shapes: Plan<D>['shapes'];
  /** Writes what of a term's part of the gradients is not 0. */
  readonly gradient: (term: number, share: Share, out: Arrays<D>) => void;
}

/** `reduction` is none, sum, or a mean. */
export function reduced<D>(terms: Terms<D>, reduction: string): Plan<D> {
  const { count, shapes } = terms;
  const none = reduction === 'none';
  const divides = !none && reduction !== 'sum';
  return {
    shape: none ? terms.shape : [],
    shapes,
    value(out) {
      if (none) for (let i = 0; i < count; i++) out[i] = terms.value(i);
      else out[0] = sum(count, terms.value) / (divides ? terms.denominator() : 1);
    },
    gradient(cotangent, out) {
      for (const name in shapes) out[name].fill(0);
      const denominator = divides ? terms.denominator() : 1;
      for (let i = 0; i < count; i++) {
        const g = cotangent?.[none ? i : 0] ?? 1;
        terms.gradient(i, (derivative) => scaled(derivative, g) / denominator, out);
      }
    },
  };
}
