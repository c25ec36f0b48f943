/**
 * # Textbook formulas on tensors
 *
 * Nothing of it is shared with `spec/`: other arithmetic, and other indexing of tensors.
 */
import type { Tensor, Tensors } from '../../../spec/tensor.ts';
import { type Float, read } from '../mpfr.ts';
import { sum } from './formulas.ts';

export type Row = readonly Float[];
type Slopes = readonly (Float | undefined)[];
export type Given = { readonly [name: string]: number | string | boolean };
/** Results and gradients of a case; `u` is the cotangent of a result, 1 if none was given. */
export interface Truth {
  readonly out: readonly Float[];
  readonly grad: { readonly [input: string]: readonly Float[] };
}
export type Textbook = (t: Tensors, p: Given, u: (i: number) => Float) => Truth;

export const all = (t: Tensor | undefined): Row => Array.from(t?.data ?? [], (x) => read(x));
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Where the elements of every row along an axis lie. */
export function rowsAlong(shape: readonly number[], axis: number): readonly (readonly number[])[] {
  const [length, inner] = [shape[axis] ?? 1, size(shape.slice(axis + 1))];
  const outer = size(shape.slice(0, axis));
  const rows: number[][] = [];
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++)
      rows.push(Array.from({ length }, (_, c) => (o * length + c) * inner + i));
  return rows;
}
/** Adds up values where they belong; what does not depend on an input adds nothing, not even 0/0. */
export function scatter(
  n: number,
  rows: readonly (readonly number[])[],
  values: readonly Slopes[],
): Row {
  const out: Float[] = Array.from({ length: n }, () => read(0));
  for (const [r, row] of rows.entries())
    for (const [c, place] of row.entries()) {
      const value = values[r]![c];
      if (value) out[place] = out[place]!.plus(value);
    }
  return out;
}

export const elementwise =
  (f: (x: Float, p: Given) => Float, slope: (x: Float, p: Given) => Float): Textbook =>
  ({ input }, p, u) => ({
    out: all(input).map((x) => f(x, p)),
    grad: { input: all(input).map((x, i) => u(i).times(slope(x, p))) },
  });

/** `f` gives the results of a row, `pull` its gradient from theirs. */
export const rowwise =
  (f: (x: Row) => Row, pull: (x: Row, u: Row) => Row): Textbook =>
  ({ input }, { dim }, u) => {
    const x = all(input);
    const { shape } = input!;
    const rows = rowsAlong(
      shape,
      (dim as number) < 0 ? (dim as number) + Math.max(1, shape.length) : (dim as number),
    );
    const results = rows.map((row) => f(row.map((i) => x[i]!)));
    const isWhole = results.every((r, i) => r.length === rows[i]!.length);
    const places = isWhole ? rows : rows.map((_, i) => [i]);
    const pulled = rows.map((row, r) =>
      pull(
        row.map((i) => x[i]!),
        places[r]!.map(u),
      ),
    );
    const n = isWhole ? x.length : rows.length;
    return { out: scatter(n, places, results), grad: { input: scatter(x.length, rows, pulled) } };
  };

/** A term of a loss, its share of the denominator of mean, and its slopes by input. */
interface Term {
  readonly value: Float;
  readonly weight: Float;
  readonly slopes: { readonly [input: string]: Slopes };
}

/** Sums up terms; `places` says where a term's slopes belong. */
function reduced(
  terms: readonly Term[],
  { reduction }: Given,
  shape: readonly number[],
  u: (i: number) => Float,
  places: { readonly [input: string]: readonly (readonly number[])[] },
  sizes: { readonly [input: string]: number },
): Truth {
  const by =
    reduction === 'mean'
      ? sum(terms.map((t) => t.weight))
      : read(reduction === 'batchmean' ? (shape[0] ?? 1) : 1);
  const isNone = reduction === 'none';
  const values = terms.map((t) => t.value);
  const grad = Object.entries(places).map(([name, rows]) => [
    name,
    scatter(
      sizes[name]!,
      rows,
      terms.map((t, i) => t.slopes[name]!.map((s) => s?.times(u(isNone ? i : 0)).div(by))),
    ),
  ]);
  return { out: isNone ? values : [sum(values).div(by)], grad: Object.fromEntries(grad) };
}

/** A loss of pairs of elements. */
export const paired =
  (
    term: (
      x: Float,
      y: Float,
      w: Float,
      v: Float,
      p: Given,
    ) => Omit<Term, 'weight'> & { weight?: Float },
  ): Textbook =>
  ({ input, target, weight, posWeight }, p, u) => {
    const { shape, data } = target!;
    const at = (t: Tensor | undefined, i: number): Float =>
      t ? read(broadcast(t, shape, i)) : read(1);
    const terms = Array.from(data, (y, i) => ({
      weight: read(1),
      ...term(read(input!.data[i]!), read(y), at(weight, i), at(posWeight, i), p),
    }));
    const places = terms.map((_, i) => [i]);
    const n = data.length;
    return reduced(
      terms,
      p,
      input!.shape,
      u,
      { input: places, target: places },
      { input: n, target: n },
    );
  };

/** A loss of pairs of elements and one of a third input, which is broadcast and has slopes too. */
export const stretched =
  (
    name: string,
    term: (x: Float, y: Float, z: Float, p: Given) => Omit<Term, 'weight'>,
  ): Textbook =>
  ({ input, target, ...others }, p, u) => {
    const third = others[name]!;
    const { shape, data } = target!;
    const places = Array.from(data, (_, i) => [i]);
    const thirdPlaces = places.map(([i]) => [placeOf(third, shape, i!)]);
    const terms = Array.from(data, (y, i) => ({
      weight: read(1),
      ...term(read(input!.data[i]!), read(y), read(third.data[thirdPlaces[i]![0]!]!), p),
    }));
    return reduced(
      terms,
      p,
      shape,
      u,
      { input: places, target: places, [name]: thirdPlaces },
      { input: data.length, target: data.length, [name]: third.data.length },
    );
  };

/** Element i of a tensor that is broadcast to a shape. */
const broadcast = (t: Tensor, shape: readonly number[], i: number): number =>
  t.data[placeOf(t, shape, i)]!;

/** Where that lies. */
function placeOf(t: Tensor, shape: readonly number[], i: number): number {
  let [rest, place, stride] = [i, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = t.shape[axis - shape.length + t.shape.length];
    const index = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
    if (length === undefined) continue;
    if (length > 1) place += index * stride;
    stride *= length;
  }
  return place;
}

/** A loss of rows with a class or a row of probabilities. */
export const classified =
  (
    term: (x: Row, y: number | Row, w: Row, p: Given) => Omit<Term, 'weight'> & { weight?: Float },
  ): Textbook =>
  ({ input, target, weight }, p, u) => {
    const rows = rowsAlong(input!.shape, input!.shape.length > 1 ? 1 : 0);
    const [x, w] = [all(input), all(weight)];
    const isIndex = target!.dtype === 'i64';
    const terms = rows.map((row, r) => {
      const logits = row.map((i) => x[i]!);
      const y = isIndex ? target!.data[r]! : row.map((i) => read(target!.data[i]!));
      const weights = logits.map((_, c) => w[c] ?? read(1));
      if (y === p.ignoreIndex) return { value: read(0), weight: read(0), slopes: { input: [] } };
      return { weight: read(1), ...term(logits, y, weights, p) };
    });
    const places = isIndex ? { input: rows } : { input: rows, target: rows };
    const n = x.length;
    return reduced(terms, p, input!.shape, u, places, { input: n, target: n });
  };

/** One table for each group of operators, in a file of its own in `table/`. */
export type Table = { readonly [id: string]: Textbook };
