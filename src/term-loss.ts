/**
 * # Losses of terms that are computed one by one
 *
 * In float64, each result rounded once: for terms of vectors, and of more than a number and its
 * target. places.ts says what a term may see. mean divides by the number of terms, or by what the
 * loss says.
 */
import { newTotals, scaled, sum } from './math/scaled.ts';
import { type Accuracy, type Arrays, type Operator, operator, type Plan } from './operator.ts';
import type { Parameters } from './parameters.ts';
import { type Given, type Kind, layoutOf, type Place } from './places.ts';
import { type Reduction, reduction, type Share } from './reduction.ts';
import type { Classes, Floats } from './tensor.ts';

export interface Reducing {
  readonly reduction: Reduction;
}
type One = 'number' | 'stretched' | 'class';

/** What a term sees: a number or a vector of each input. */
export type Seen<K> = {
  readonly [N in keyof K]: K[N] extends One ? number : ArrayLike<number>;
};
/** ∂ℓ by the name of the input. */
export type Slopes<K, D extends keyof K> = Pick<Seen<K>, D>;

/** The tensors of inputs, of which `O` may be absent. */
export type Tensors<K, O extends keyof K> = {
  readonly [N in Exclude<keyof K, O>]: K[N] extends 'class' | 'classes' ? Classes : Floats;
} & { readonly [N in O]?: Floats | undefined };
export type Gradients<D extends string> = { readonly [N in D]: Floats };

interface Description<P, K, D extends keyof K, O extends keyof K> {
  readonly id: string;
  readonly accuracy?: Accuracy | undefined;
  /** Beside `reduction`. */
  readonly parameters: Parameters<P>;
  readonly inputs: K;
  readonly differentiable: readonly D[];
  /** 1 everywhere where they are absent. */
  readonly optional?: readonly O[];
  /** Throws if what is given makes no sense. */
  readonly refuse?: (places: { readonly [N in keyof K]: Place }, params: P) => void;
  readonly value: (seen: Seen<K>, params: P) => number;
  readonly slopes: (seen: Seen<K>, params: P) => Slopes<K, D>;
  /** A term's part of the denominator, 1 if nothing is said. */
  readonly weight?: (seen: Seen<K>, params: P) => number;
}

export function termLoss<
  P extends object,
  const K extends { readonly [name: string]: Kind },
  D extends keyof K & string,
  O extends keyof K & string = never,
>(description: Description<P, K, D, O>): Operator<Tensors<K, O>, P & Reducing, Gradients<D>> {
  const { id, accuracy, inputs, differentiable, parameters } = description;
  return operator<Tensors<K, O>, P & Reducing, Gradients<D>>({
    ...{ id, accuracy },
    inputs: Object.keys(inputs) as (keyof Tensors<K, O> & string)[],
    differentiable,
    parameters: { ...parameters, reduction } as Parameters<P & Reducing>,
    // Names are known to the caller alone; here inputs are a record of anything.
    plan: (given, params) => planOf(description as never, given as Record<string, Given>, params),
  });
}

type Places = Readonly<Record<string, Place>>;
type Any = Description<object, Readonly<Record<string, Kind>>, string, string>;

function planOf<D extends string>(
  loss: Any,
  given: Readonly<Record<string, Given | undefined>>,
  params: Reducing,
): Plan<Gradients<D>> {
  const { shape, count, places } = layoutOf(loss.id, loss.inputs, given, loss.optional ?? []);
  loss.refuse?.(places, params);
  const { weight } = loss;
  const none = params.reduction === 'none';
  const seen = seer(places);
  const value = (i: number) => loss.value(seen(i), params);
  const parts = (): number => (weight ? sum(count, (i) => weight(seen(i), params)) : count);
  const divisor = (): number => (params.reduction === 'mean' ? parts() : 1);
  return {
    shape: none ? shape : [],
    shapes: Object.fromEntries(
      loss.differentiable.map((name) => [name, places[name]!.shape]),
    ) as Plan<Gradients<D>>['shapes'],
    value(out) {
      if (none) for (let i = 0; i < count; i++) out[i] = value(i);
      else out[0] = sum(count, value) / divisor();
    },
    gradient(cotangent, out: Arrays<Record<string, Floats>>) {
      const by = divisor();
      const sinks = loss.differentiable.map((name) => sinkOf(name, places[name]!, out[name]!));
      for (let i = 0; i < count; i++) {
        const u = cotangent?.[none ? i : 0] ?? 1;
        const slopes = loss.slopes(seen(i), params);
        for (const { name, take } of sinks) take(i, slopes[name]!, (s) => scaled(s, u) / by);
      }
      for (const { finish } of sinks) finish();
    },
  };
}

/** What terms see; one object for all, as nobody keeps it. */
function seer(places: Places): (term: number) => Seen<Any['inputs']> {
  const seen: Record<string, number | ArrayLike<number>> = {};
  const entries = Object.entries(places);
  return (term) => {
    for (const [name, { data, length, start }] of entries) {
      const from = start(term);
      seen[name] = length === undefined ? data[from]! : data.subarray(from, from + length);
    }
    return seen as Seen<Any['inputs']>;
  };
}

/** Takes the slopes of terms; elements that terms share are added up. */
interface Sink {
  readonly name: string;
  readonly take: (term: number, slopes: number | ArrayLike<number>, share: Share) => void;
  readonly finish: () => void;
}

function sinkOf(name: string, { start, isShared }: Place, out: Float32Array): Sink {
  const totals = isShared ? newTotals(out.length) : undefined;
  const put = (i: number, share: number): void => {
    if (totals) totals.add(i, share);
    else out[i] = share;
  };
  return {
    name,
    take(term, slopes, share) {
      const first = start(term);
      if (typeof slopes === 'number') put(first, share(slopes));
      else for (let d = 0; d < slopes.length; d++) put(first + d, share(slopes[d]!));
    },
    finish() {
      if (totals) for (let i = 0; i < out.length; i++) out[i] = totals.value(i);
    },
  };
}
