/**
 * # Formulas in place of right answers
 *
 * In float64 and rounded once, so that what is wrong with a formula is all that is wrong with the
 * answer; formulas that are wrong because of float32 round for themselves. Where a formula returns
 * undefined, the right number stays.
 */
import type { Candidate, Payload, Reply, Request } from '../../properties/candidate.ts';
import { sizeOf } from '../../spec/tensor.ts';
import { changing, hasClasses, numbersOf, right, withParams } from '../planted.ts';

export type Numbers = { readonly [name: string]: number };
type Maybe = number | undefined;

export const settingsOf = ({ params }: Request): Numbers => params as Numbers;
export const dataOf = (t: Payload | undefined): readonly number[] =>
  t ? Array.from(t.data as Float32Array, Number) : [];
export const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);

/** Everything that a formula for one element may want. */
export interface Element extends Numbers {
  readonly x: number;
  readonly t: number;
  /** The weights of the element, 1 where there are none; NaN where they are broadcast. */
  readonly w: number;
  readonly v: number;
  readonly i: number;
  /** The right number. */
  readonly y: number;
}

function elementOf(r: Request, i: number, y: number): Element {
  const { input, target, weight, posWeight } = r.in;
  const aligned = (t: Payload | undefined): number => {
    if (!t) return 1;
    return t.data.length === input?.data.length ? Number(t.data[i]) : Number.NaN;
  };
  return {
    ...{ x: Number(input?.data[i]), t: Number(target?.data[i]), i, y },
    ...{ w: aligned(weight), v: aligned(posWeight) },
  };
}

/** A formula, where the weights of elements are known. */
const known =
  (f: (e: Element, p: Numbers, r: Request) => Maybe) =>
  (e: Element, r: Request): Maybe =>
    Number.isNaN(e.w) || Number.isNaN(e.v) ? undefined : f(e, settingsOf(r), r);

/** The cotangent of the i-th result; the only one where the result is one number. */
export const cotangent = ({ grad_out }: Request, i: number): number =>
  grad_out ? Number(grad_out.data[grad_out.data.length === 1 ? 0 : i]) : 1;

// Activations --------------------------------------------------------------------------------------

/** y = f(x; θ) at every element. */
export const values = (op: string, f: (x: number, p: Numbers, y: number) => Maybe): Candidate =>
  changing(op, (reply, r) =>
    numbersOf(
      reply,
      (name) => name === 'out',
      (y, i) => f(Number(r.in.input!.data[i]), settingsOf(r), y) ?? y,
    ),
  );

/** dy/dx = f(x; θ) at every element, times the cotangent. */
export const slopes = (op: string, f: (x: number, p: Numbers) => Maybe): Candidate =>
  changing(op, (reply, r) =>
    numbersOf(
      reply,
      (name) => name === 'grad:input',
      (g, i) => {
        const slope = f(Number(r.in.input!.data[i]), settingsOf(r));
        return slope === undefined ? g : slope * cotangent(r, i);
      },
    ),
  );

/** The lines of a tensor along an axis, as places. */
export function linesOf(shape: readonly number[], dim: number): readonly (readonly number[])[] {
  const axis = dim < 0 ? dim + shape.length : dim;
  const length = shape[axis] ?? 1;
  const inner = sizeOf(shape.slice(axis + 1));
  return Array.from({ length: length === 0 ? 0 : sizeOf(shape) / length }, (_, line) => {
    const start = Math.floor(line / inner) * length * inner + (line % inner);
    return Array.from({ length }, (__, k) => start + k * inner);
  });
}

/** Results of lines along `dim`: a vector each, or a number each where there is one per line. */
export const rows = (
  op: string,
  f: (row: readonly number[], y: readonly number[]) => readonly number[] | undefined,
): Candidate =>
  changing(op, (reply, r) => {
    const { input } = r.in;
    if (!reply.out) return reply;
    const data = Float32Array.from(dataOf(reply.out));
    const isOneEach = data.length !== input!.data.length || reply.out.shape.length === 0;
    linesOf(input!.shape, Number(r.params.dim ?? -1)).forEach((places, line) => {
      const at = isOneEach ? [line] : places;
      const row = places.map((place) => Number(input!.data[place]));
      const changed = f(
        row,
        at.map((place) => data[place]!),
      );
      changed?.forEach((y, k) => {
        data[at[k]!] = y;
      });
    });
    return { ...reply, out: { ...reply.out, data } };
  });

/** Gradients of lines along `dim`, from the row and the cotangents of its results. */
export const rowSlopes = (
  op: string,
  f: (row: readonly number[], u: readonly number[]) => readonly number[] | undefined,
): Candidate =>
  changing(op, (reply, r) => {
    const gradient = reply['grad:input'];
    if (!gradient) return reply;
    const data = Float32Array.from(dataOf(gradient));
    for (const places of linesOf(gradient.shape, Number(r.params.dim ?? -1))) {
      const row = places.map((place) => Number(r.in.input!.data[place]));
      const u = places.map((place) => (r.grad_out ? Number(r.grad_out.data[place]) : 1));
      f(row, u)?.forEach((g, k) => {
        data[places[k]!] = g;
      });
    }
    return { ...reply, 'grad:input': { ...gradient, data } };
  });

// Losses -------------------------------------------------------------------------------------------

/** The reply to the same question without reduction. */
export const terms = (r: Request): readonly number[] =>
  dataOf(right({ ...withParams(r, { reduction: 'none' }), want: ['out'], grad_out: null }).out);

const withOut = (reply: Reply, data: readonly number[]): Reply => ({
  ...reply,
  out: { ...reply.out!, data: Float32Array.from(data) },
});

/** What `mean` divides by, for losses without class weights. */
const countOf = (r: Request, n: number): number => {
  const { weight, input } = r.in;
  const isByWeight = weight !== undefined && ['l1-loss', 'mse-loss'].includes(r.op);
  if (isByWeight) return sum(dataOf(weight)) * (n / sizeOf(weight.shape));
  return r.params.reduction === 'batchmean' ? (input!.shape[0] ?? 1) : n;
};

/** Sums of terms that float32 can hold; others are left to those who can add them up. */
const reduced = (
  reply: Reply,
  { params }: Request,
  all: readonly number[],
  mean: (total: number) => number,
): Reply => {
  if (params.reduction === 'none') return withOut(reply, all);
  return withOut(reply, [params.reduction === 'sum' ? sum(all) : mean(sum(all))]);
};

/** One term each by a formula; then the reduction. Where no term is another, neither is the answer. */
export const losses = (op: string, f: (e: Element, p: Numbers, r: Request) => Maybe): Candidate =>
  changing(op, (reply, r) => {
    const due = reply.out ? terms(r) : [];
    const came = due.map((y, i) => known(f)(elementOf(r, i, y), r));
    if (came.every((y) => y === undefined) || due.includes(Infinity)) return reply;
    const all = due.map((y, i) => came[i] ?? y);
    return reduced(reply, r, all, (total) => total / countOf(r, all.length));
  });

/** Slopes of losses on single elements by a formula, through the reduction. */
export const lossSlopes = (
  op: string,
  input: string,
  f: (e: Element, p: Numbers, r: Request) => Maybe,
): Candidate =>
  changing(op, (reply, r) =>
    numbersOf(
      reply,
      (name) => name === `grad:${input}`,
      (g, i) => {
        const slope = known(f)(elementOf(r, i, g), r);
        if (slope === undefined) return g;
        const n = r.in.input!.data.length;
        const isWhole = r.params.reduction === 'none' || r.params.reduction === 'sum';
        return (slope * cotangent(r, i)) / (isWhole ? 1 : countOf(r, n));
      },
    ),
  );

// Cross-entropy ------------------------------------------------------------------------------------

/** One sample of cross-entropy, or of nll-loss. */
export interface Sample {
  readonly x: readonly number[];
  /** The class, undefined where the target is a distribution. */
  readonly y: number | undefined;
  readonly q: readonly number[];
  readonly w: readonly number[];
  readonly epsilon: number;
  readonly isIgnored: boolean;
  /** ln Σ e^x less x_c, with all its digits. */
  readonly surprise: readonly number[];
  /** Where each class of the sample lies. */
  readonly places: readonly number[];
}

/** The value of a sample, and its share of what `mean` divides by. */
export type Parts = readonly [value: number, weight: number];

/** ln Σ e^x − x_c for every c. */
export function surprises(x: readonly number[]): readonly number[] {
  const m = x.reduce((a, b) => Math.max(a, b), -Infinity);
  const at = x.indexOf(m);
  const rest = sum(x.filter((_, c) => c !== at).map((xc) => Math.exp(xc - m)));
  return x.map((xc) => m - xc + Math.log1p(rest));
}

export function samplesOf(r: Request): readonly Sample[] {
  const { input, target, weight } = r.in;
  const axis = input!.shape.length > 1 ? 1 : 0;
  const lines = linesOf(input!.shape, axis);
  return lines.map((places, i): Sample => {
    const x = places.map((place) => Number(input!.data[place]));
    const y = hasClasses(r) ? Number(target!.data[i]) : undefined;
    return {
      ...{ x, y, places, surprise: r.op === 'nll-loss' ? x.map((xc) => -xc) : surprises(x) },
      q: places.map((place, c) => (y === undefined ? Number(target!.data[place]) : +(c === y))),
      w: places.map((_, c) => (weight ? Number(weight.data[c]) : 1)),
      epsilon: Number(r.params.labelSmoothing ?? 0),
      isIgnored: y !== undefined && y === r.params.ignoreIndex,
    };
  });
}

/** Σ_c a_c s_c, where an a_c of 0 silences. */
export const weigh = (a: readonly number[], s: readonly number[]): number =>
  sum(a.map((ac, c) => (ac === 0 ? 0 : ac * s[c]!)));

/** a_c = w_c ((1 − ε) q_c + ε / C) */
export const coefficient = ({ w, q, epsilon, x }: Sample, c: number): number =>
  w[c]! * ((1 - epsilon) * q[c]! + epsilon / x.length);

/** Coefficients by a formula. */
export const withCoefficients =
  (a: (s: Sample, c: number, r: Request) => number) =>
  (s: Sample, r: Request): Parts => {
    if (s.isIgnored) return [0, 0];
    const value = weigh(
      s.x.map((_, c) => a(s, c, r)),
      s.surprise,
    );
    return [value, s.y === undefined ? 1 : s.w[s.y]!];
  };
/** As it should be. */
export const rightly = withCoefficients(coefficient);

const meanOf = (parts: readonly Parts[]): number =>
  sum(parts.map(([value]) => value)) / sum(parts.map(([, weight]) => weight));

/** The answer from what its samples are, of finite numbers unless something is said of others. */
export const samples = (
  op: string,
  f: (s: Sample, r: Request) => Parts | undefined,
  mean: (parts: readonly Parts[], r: Request) => number = meanOf,
): Candidate =>
  changing(op, (reply, r) => {
    const all = reply.out ? samplesOf(r) : [];
    const due = reply.out ? terms(r) : [];
    const came = all.map((s) => f(s, r));
    const isSame = came.every((parts) => parts === undefined);
    if (isSame && (mean === meanOf || r.params.reduction !== 'mean')) return reply;
    if (due.includes(Infinity)) return reply;
    const parts = all.map((s, i): Parts => came[i] ?? [due[i]!, rightly(s, r)[1]]);
    const values = parts.map(([value]) => value);
    return reduced(reply, r, values, () => mean(parts, r));
  });
