/**
 * Every operator against MPFR. Nothing is shared: other arithmetic, other formulas (the textbook ones,
 * with 500 to 2000 bits, where what cancels here does not matter), other indexing of tensors, and
 * MPFR's own rounding to the format. The comparison is of the floats.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floats, fromRank, rank } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import {
  bfloat16,
  type Format,
  float16,
  float32,
  float64,
  fromBits,
  roundNumber,
  toBits,
} from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { type Answer, evaluate, gradient, Uncertified } from '../../spec/oracle/index.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { type Float, isExact, mpfr, nearest, nearestTwo, read } from './mpfr.ts';

// Textbook ---------------------------------------------------------------------------------------

const sum = (xs: readonly Float[]): Float => xs.reduce((a, b) => a.plus(b), read(0));
const largest = (xs: readonly Float[]): Float => xs.reduce((a, b) => (a.lt(b) ? b : a));
const atLeast = (x: Float, least: Float): Float => (x.lt(least) ? least : x);

const sigmoid = (x: Float): Float => read(1).div(x.neg().exp().plus(1));
const softplus = (x: Float): Float =>
  x.sign() > 0 ? x.plus(softplus(x.neg())) : x.exp().plus(1).log();
const lse = (xs: readonly Float[]): Float => {
  const m = largest(xs);
  return m.plus(sum(xs.map((x) => x.minus(m).exp())).log());
};
const softmax = (xs: readonly Float[]): readonly Float[] =>
  xs.map((x) => read(1).div(sum(xs.map((y) => y.minus(x).exp()))));
/** x log y with 0 log 0 = 0. */
const xLog = (x: Float, y: Float): Float => (x.sign() === 0 ? read(0) : x.times(y.log()));

// Tensors ----------------------------------------------------------------------------------------

type Row = readonly Float[];
type Slopes = readonly (Float | undefined)[];
type Given = { readonly [name: string]: number | string | boolean };
/** Results and gradients of a case; `u` is the cotangent of a result, 1 if none was given. */
interface Truth {
  readonly out: readonly Float[];
  readonly grad: { readonly [input: string]: readonly Float[] };
}
type Textbook = (t: Tensors, p: Given, u: (i: number) => Float) => Truth;

const all = (t: Tensor | undefined): Row => Array.from(t?.data ?? [], (x) => read(x));
const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Where the elements of every row along an axis lie. */
function rowsAlong(shape: readonly number[], axis: number): readonly (readonly number[])[] {
  const [length, inner] = [shape[axis] ?? 1, size(shape.slice(axis + 1))];
  const outer = size(shape.slice(0, axis));
  const rows: number[][] = [];
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++)
      rows.push(Array.from({ length }, (_, c) => (o * length + c) * inner + i));
  return rows;
}
/** Adds up values where they belong; what does not depend on an input adds nothing, not even 0/0. */
function scatter(n: number, rows: readonly (readonly number[])[], values: readonly Slopes[]): Row {
  const out: Float[] = Array.from({ length: n }, () => read(0));
  for (const [r, row] of rows.entries())
    for (const [c, place] of row.entries()) {
      const value = values[r]![c];
      if (value) out[place] = out[place]!.plus(value);
    }
  return out;
}

const elementwise =
  (f: (x: Float, p: Given) => Float, slope: (x: Float, p: Given) => Float): Textbook =>
  ({ input }, p, u) => ({
    out: all(input).map((x) => f(x, p)),
    grad: { input: all(input).map((x, i) => u(i).times(slope(x, p))) },
  });

/** `f` gives the results of a row, `pull` its gradient from theirs. */
const rowwise =
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
const paired =
  (term: (x: Float, y: Float, w: Float, v: Float, p: Given) => Omit<Term, 'weight'>): Textbook =>
  ({ input, target, weight, posWeight }, p, u) => {
    const { shape, data } = target!;
    const at = (t: Tensor | undefined, i: number): Float =>
      t ? read(broadcast(t, shape, i)) : read(1);
    const terms = Array.from(data, (y, i) => ({
      ...term(read(input!.data[i]!), read(y), at(weight, i), at(posWeight, i), p),
      weight: read(1),
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

/** Element i of a tensor that is broadcast to a shape. */
function broadcast(t: Tensor, shape: readonly number[], i: number): number {
  let [rest, place, stride] = [i, 0, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = t.shape[axis - shape.length + t.shape.length];
    const index = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
    if (length === undefined) continue;
    if (length > 1) place += index * stride;
    stride *= length;
  }
  return t.data[place]!;
}

/** A loss of rows with a class or a row of probabilities. */
const classified =
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

// Operators --------------------------------------------------------------------------------------

const isLinear = (x: Float, { beta, threshold }: Given): boolean =>
  read(threshold as number).lt(x.times(beta as number));

/** −Σ_k p_k ln(clamp([k = y], eps, 1)), with its slopes. */
function reverse(x: Row, y: number, { eps, probabilityEps }: Given): readonly [Float, Row] {
  const s = softmax(x);
  const least = read(probabilityEps as number);
  const labels = s.map((_, k) => read(k === y ? 1 : (eps as number)).log());
  const value = sum(s.map((sk, k) => atLeast(sk, least).times(labels[k]!))).neg();
  // ∂s_k/∂x_j = s_k ([k = j] − s_j), and nothing where p_k is clamped
  const slopes = s.map((sj, j) =>
    sum(
      s.map((sk, k) =>
        sk.lt(least) ? read(0) : labels[k]!.times(sk).times(read(k === j ? 1 : 0).minus(sj)),
      ),
    ).neg(),
  );
  return [value, slopes];
}

const minus = (x: Row, y: number): Row => x.map((xc, c) => (c === y ? xc.minus(1) : xc));

const textbook: { readonly [id: string]: Textbook } = {
  relu: elementwise(
    (x) => (x.sign() > 0 ? x : read(0)),
    (x) => read(x.sign() > 0 ? 1 : 0),
  ),
  sigmoid: elementwise(sigmoid, (x) => sigmoid(x).times(read(1).minus(sigmoid(x)))),
  logsigmoid: elementwise(
    (x) => softplus(x.neg()).neg(),
    (x) => read(1).minus(sigmoid(x)),
  ),
  tanh: elementwise(
    (x) => x.tanh(),
    (x) => read(1).minus(x.tanh().times(x.tanh())),
  ),
  softplus: elementwise(
    (x, p) => (isLinear(x, p) ? x : softplus(x.times(p.beta as number)).div(p.beta as number)),
    (x, p) => (isLinear(x, p) ? read(1) : sigmoid(x.times(p.beta as number))),
  ),
  softmax: rowwise(softmax, (x, u) => {
    const p = softmax(x);
    const common = sum(p.map((pk, k) => pk.times(u[k]!)));
    return p.map((pj, j) => pj.times(u[j]!.minus(common)));
  }),
  'log-softmax': rowwise(
    (x) => x.map((xi) => xi.minus(lse(x))),
    (x, u) => softmax(x).map((p, j) => u[j]!.minus(p.times(sum(u)))),
  ),
  'log-sum-exp': rowwise(
    (x) => [lse(x)],
    (x, [u]) => softmax(x).map((p) => p.times(u!)),
  ),
  linear: ({ input, weight, bias }, _, u) => {
    const [x, w, b] = [all(input), all(weight), all(bias)];
    const [C, D] = weight!.shape as [number, number];
    const N = D === 0 ? 0 : x.length / D;
    const range = (n: number) => Array.from({ length: n }, (_, i) => i);
    const cell = (n: number, c: number) =>
      sum(range(D).map((d) => x[n * D + d]!.times(w[c * D + d]!))).plus(b[c] ?? 0);
    return {
      out: range(N).flatMap((n) => range(C).map((c) => cell(n, c))),
      grad: {
        input: range(N * D).map((i) =>
          sum(range(C).map((c) => u(Math.floor(i / D) * C + c).times(w[c * D + (i % D)]!))),
        ),
        weight: range(C * D).map((i) =>
          sum(range(N).map((n) => u(n * C + Math.floor(i / D)).times(x[n * D + (i % D)]!))),
        ),
        bias: range(C).map((c) => sum(range(N).map((n) => u(n * C + c)))),
      },
    };
  },
  'nll-loss': classified((x, y, w) => ({
    value: w[y as number]!.times(x[y as number]!).neg(),
    weight: w[y as number]!,
    slopes: { input: x.map((_, c) => (c === y ? w[c]!.neg() : undefined)) },
  })),
  'cross-entropy': classified((x, y, w, { labelSmoothing }) => {
    const logs = x.map((xc) => xc.minus(lse(x)));
    const epsilon = read(labelSmoothing as number);
    const q = typeof y === 'number' ? x.map((_, c) => read(c === y ? 1 : 0)) : y;
    const hard = sum(q.map((qc, c) => qc.times(w[c]!).times(logs[c]!))).neg();
    const smooth = sum(w.map((wc, c) => wc.times(logs[c]!)))
      .neg()
      .div(x.length);
    const a = q.map((qc, c) =>
      w[c]!.times(qc.minus(qc.times(epsilon)).plus(epsilon.div(x.length))),
    );
    return {
      value: hard.minus(hard.times(epsilon)).plus(smooth.times(epsilon)),
      ...(typeof y === 'number' ? { weight: w[y]! } : {}),
      slopes: {
        input: softmax(x).map((p, j) => p.times(sum(a)).minus(a[j]!)),
        target: logs.map((log, c) => log.times(w[c]!).times(epsilon.minus(1))),
      },
    };
  }),
  'binary-cross-entropy': paired((x, y, w) => {
    const clamped = (p: Float): Float => atLeast(p.log(), read(-100));
    const [no, rest] = [read(1).minus(x), read(1).minus(y)];
    const slope = (a: Float, p: Float): Float => (p.log().lt(-100) ? read(0) : a.div(p));
    return {
      value: w.times(y.times(clamped(x)).plus(rest.times(clamped(no)))).neg(),
      slopes: {
        input: [w.times(slope(rest, no).minus(slope(y, x)))],
        target: [w.times(clamped(no).minus(clamped(x)))],
      },
    };
  }),
  'binary-cross-entropy-with-logits': paired((x, y, w, v) => {
    const rest = read(1).minus(y);
    const yes = v.times(softplus(x.neg()));
    return {
      value: w.times(y.times(yes).plus(rest.times(softplus(x)))),
      slopes: {
        input: [w.times(rest.times(sigmoid(x)).minus(v.times(y).times(sigmoid(x.neg()))))],
        target: [w.times(yes.minus(softplus(x)))],
      },
    };
  }),
  'kl-div': paired((x, y, _w, _v, { logTarget }) => {
    if (!logTarget)
      return {
        value: xLog(y, y).minus(y.times(x)),
        slopes: { input: [y.neg()], target: [y.log().plus(1).minus(x)] },
      };
    const [p, off] = [y.exp(), y.minus(x)];
    return {
      value: p.times(off),
      slopes: { input: [p.neg()], target: [p.times(off.plus(1))] },
    };
  }),
  'reverse-cross-entropy': classified((x, y, _, p) => {
    const [value, input] = reverse(x, y as number, p);
    return { value, slopes: { input } };
  }),
  'symmetric-cross-entropy': classified((x, y, _, p) => {
    const [value, slopes] = reverse(x, y as number, p);
    const cross = lse(x).minus(x[y as number]!);
    return {
      value: cross.times(p.a as number).plus(value.times(p.b as number)),
      slopes: {
        input: minus(softmax(x), y as number).map((c, j) =>
          c.times(p.a as number).plus(slopes[j]!.times(p.b as number)),
        ),
      },
    };
  }),
};

// Comparison -------------------------------------------------------------------------------------

interface Tally {
  /** Floats compared. */
  compared: number;
  /** Where MPFR is at a tie and cannot tell what breaks it: either neighbour is accepted. */
  ties: number;
  /** Cases that the oracle refuses to answer. */
  refused: number;
}
const nothing = (): Tally => ({ compared: 0, ties: 0, refused: 0 });

/** The float nearest to a truth, or the two that it may be. */
function roundings(truth: () => Truth, pick: (t: Truth) => Row, format: Format, bits: number) {
  return mpfr(bits, () => {
    const [all, exact] = isExact(() => pick(truth()));
    return all.map((x) => {
      const at = nearest(x, format);
      return exact ? [at, at] : nearestTwo(x, format);
    });
  });
}

/** Zeros are compared without their sign: that of a sum that cancels is noise. */
const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

function compare(
  what: string,
  answer: () => Answer,
  truth: () => Truth,
  pick: (t: Truth) => Row,
  format: Format,
  tally: Tally,
): void {
  let cells: Answer['cells'];
  try {
    ({ cells } = answer());
  } catch (reason) {
    if (!(reason instanceof Uncertified)) throw reason;
    tally.refused++;
    return;
  }
  const bits = format === float64 ? 2600 : 500;
  let due = roundings(truth, pick, format, bits);
  if (due.some(([a, b]) => !same(a!, b!))) due = roundings(truth, pick, format, 8 * bits);
  if (due.length !== cells.length)
    throw new Error(`${what}: ${cells.length} elements, not ${due.length}`);
  for (const [i, [a, b]] of due.entries()) {
    const { value } = cells[i]!;
    tally.compared++;
    if (!same(a!, b!)) tally.ties++;
    if (!same(value, a!) && !same(value, b!))
      throw new Error(`${what}: element ${i} is ${value}, MPFR says ${a}`);
  }
}

const operators = Object.values(spec) as readonly Op[];
const used = (p: Case['settings'], op: Op): Given => ({
  ...Object.fromEntries(Object.entries(op.params).map(([name, param]) => [name, param.default])),
  ...p,
});

function compareValues(op: Op, c: Case, format: Format, tally: Tally, book = textbook[op.id]!) {
  const { tensors, settings } = c;
  const truth = () => book(tensors, used(settings, op), () => read(1));
  compare(
    op.id,
    () => evaluate(op, tensors, settings, format),
    truth,
    (t) => t.out,
    format,
    tally,
  );
}

function compareGradients(op: Op, c: Case, format: Format, tally: Tally, book = textbook[op.id]!) {
  const { tensors, settings } = c;
  const { shape, cells } = evaluate(op, tensors, settings, format);
  // Cotangents of both signs, none of them 1.
  const cotangent = tensor(
    shape,
    cells.map((_, i) => (i % 2 ? -1.5 : 0.75)),
  );
  const truth = () => book(tensors, used(settings, op), (i) => read(cotangent.data[i] ?? 1));
  const [inputs, isInfinite] = mpfr(500, () => {
    const { out, grad } = truth();
    return [Object.keys(grad), out.some((x) => !x.isFinite() && !x.isNan())];
  });
  // A mean with Σ w = 0 under something is ±∞ and has no derivative.
  if (isInfinite) return;
  for (const wrt of inputs) {
    if (!tensors[wrt]) continue;
    const answer = () => gradient(op, tensors, settings, { wrt, cotangent, format });
    compare(`${op.id} grad:${wrt}`, answer, truth, (t) => t.grad[wrt]!, format, tally);
  }
}

/** Numbers that both sides can take: e^y of a log-target must stay a number. */
const drawn = (op: Op, format: Format) =>
  cases(op, floats(format), { elements: 4, axis: 3 }, floats()).map((c) => {
    if (c.settings.logTarget !== true) return c;
    const target = c.tensors.target!;
    return {
      ...c,
      tensors: {
        ...c.tensors,
        target: { ...target, data: Array.from(target.data, (y) => Math.min(y, 80)) },
      },
    };
  });

const check = (
  run: typeof compareValues,
  op: Op,
  format: Format,
  numRuns: number,
  book = textbook[op.id]!,
): Tally => {
  const tally = nothing();
  fc.assert(
    fc.property(drawn(op, format), (c) => run(op, c, format, tally, book)),
    { seed, numRuns },
  );
  return tally;
};

test('every operator has a textbook formula here', () =>
  expect(Object.keys(textbook).sort()).toEqual(operators.map((op) => op.id).sort()));

const named = operators.map((op) => [op.id, op] as const);

/** Most of them were answered, and at few did MPFR not know the side. */
function expectMany({ compared, ties, refused }: Tally, cases: number): void {
  expect(compared).toBeGreaterThanOrEqual(cases - refused);
  expect(ties).toBeLessThanOrEqual(compared / 20);
  expect(refused).toBeLessThanOrEqual(Math.max(1, cases / 50));
}

describe.each([
  [float32, 1000, 60],
  [float16, 100, 25],
  [bfloat16, 100, 25],
  [float64, 30, 8],
] as const)('$name', (format, forValues, forGradients) => {
  test.each(named)('%s', (_, op) =>
    expectMany(check(compareValues, op, format, forValues), forValues),
  );
  test.each(named)('%s, gradients', (_, op) =>
    expectMany(check(compareGradients, op, format, forGradients), forGradients),
  );
});

// Hard points ------------------------------------------------------------------------------------

/** The part of an ulp by which a number misses the midpoint between two floats. */
function offMidpoint(x: number, format: Format): number {
  const from = Math.abs(roundNumber(x, format));
  const gap = fromBits(toBits(from, format) + 1n, format) - from;
  return Math.abs(Math.abs(Math.abs(x) - from) / gap - 0.5);
}

describe('of thousands of points those whose results are closest to a midpoint', () => {
  const elementwise = operators.filter((op) => op.kind === 'elementwise');
  test.each(elementwise.map((op) => [op.id, op] as const))('%s', (_, op) => {
    const points = fc
      .sample(cases(op, floats(), { elements: 1, axis: 1 }, floats()), { seed, numRuns: 2000 })
      .map((c) => {
        const [cell] = evaluate(op, c.tensors, c.settings).cells;
        return { c, off: offMidpoint(Number(cell!.lo), float32) };
      })
      .sort((a, b) => a.off - b.off)
      .slice(0, 100);
    const tally = nothing();
    for (const { c } of points) {
      compareValues(op, c, float32, tally);
      compareGradients(op, c, float32, tally);
    }
    expectMany(tally, points.length);
  });
});

describe('rows that are nearly constant, or nearly one-hot', () => {
  const row = fc
    .record({
      x: floats()([-30, 30], []),
      others: fc.array(
        fc.oneof(
          fc.integer({ min: -3, max: 3 }).map((steps) => ({ steps, less: 0 })),
          fc.double({ min: 15, max: 110, noNaN: true }).map((less) => ({ steps: 0, less })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ x, others }) => [
      x,
      ...others.map(({ steps, less }) =>
        Math.fround(fromRank(rank(x, float32) + BigInt(steps), float32) - less),
      ),
    ]);
  const ofRows = operators.filter(
    (op) => /softmax|log-sum-exp|cross-entropy$/.test(op.id) && !/binary/.test(op.id),
  );
  test.each(ofRows.map((op) => [op.id, op] as const))('%s', (_, op) => {
    const tally = nothing();
    fc.assert(
      fc.property(row, fc.boolean(), (data, isTurned) => {
        const input = tensor([data.length], isTurned ? data.toReversed() : data);
        const target = tensor([], [0], 'i64');
        const tensors: Tensors = op.kind === 'loss' ? { input, target } : { input };
        compareValues(op, { tensors, settings: {} }, float32, tally);
        compareGradients(op, { tensors, settings: {} }, float32, tally);
      }),
      { seed, numRuns: 100 },
    );
    expectMany(tally, 200);
  });
});

// Wrong formulas ---------------------------------------------------------------------------------

describe('a wrong textbook is noticed', () => {
  /** What the comparison says when results or gradients are spoilt. */
  const said = (
    id: string,
    run: typeof compareValues,
    spoil: (t: Truth, p: Given, t_: Tensors) => Truth,
  ) => {
    const op = operators.find((o) => o.id === id)!;
    const book: Textbook = (t, p, u) => spoil(textbook[id]!(t, p, u), p, t);
    try {
      check(run, op, float32, 200, book);
    } catch (reason) {
      return String((reason as Error).cause);
    }
    return 'nothing';
  };
  const scaledBy =
    (factor: number) =>
    ({ out, grad }: Truth): Truth => ({
      out: out.map((x) => x.times(factor)),
      grad: Object.fromEntries(
        Object.entries(grad).map(([name, g]) => [name, g.map((x) => x.times(factor))]),
      ),
    });
  test.each(named)('%s: every result larger by 2^−24 of itself', (id) => {
    expect(said(id, compareValues, scaledBy(1 + 2 ** -24))).toMatch('MPFR says');
    expect(said(id, compareGradients, scaledBy(1 + 2 ** -24))).toMatch('MPFR says');
  });
  test.each(named)('%s: the other sign in the gradient', (id) => {
    expect(said(id, compareGradients, scaledBy(-1))).toMatch('MPFR says');
  });
  test('cross-entropy: a weighted mean that divides by N', () => {
    const wrong = (
      truth: Truth,
      { reduction }: Given,
      { input, target, weight }: Tensors,
    ): Truth => {
      if (reduction !== 'mean' || !weight || target!.dtype !== 'i64') return truth;
      const total = sum(Array.from(target!.data, (y) => read(weight.data[y] ?? 0)));
      const n =
        input!.data.length / (input!.shape.length > 1 ? input!.shape[1]! : input!.shape[0]!);
      return { ...truth, out: truth.out.map((x) => x.times(total).div(n)) };
    };
    expect(said('cross-entropy', compareValues, wrong)).toMatch('MPFR says');
  });
  test('and a right one is not', () =>
    expect(said('cross-entropy', compareValues, (t) => t)).toBe('nothing'));
});
