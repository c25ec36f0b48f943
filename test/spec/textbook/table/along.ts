/** # Along an axis: kin of softmax, sparse and gated ones */
import { type Float, read } from '../../mpfr.ts';
import {
  all,
  type Given,
  type Row,
  rowsAlong,
  scatter,
  type Table,
  type Textbook,
} from '../book.ts';
import { atLeast, sigmoid, softmax, sum } from '../formulas.ts';

type Rows = { readonly x: Row; readonly noise: Row };

/** Rows of inputs in, rows of results out, which may be shorter; `pull` is the gradient of `input`. */
const along =
  (
    axisOf: (rank: number, p: Given) => number,
    f: (row: Rows, p: Given) => Row,
    pull?: (row: Rows, u: Row, p: Given) => Row,
  ): Textbook =>
  ({ input, noise }, p, u) => {
    const [x, g, { shape }] = [all(input), all(noise), input!];
    const axis = axisOf(Math.max(1, shape.length), p);
    const rows = rowsAlong(shape, axis);
    const given = rows.map((row) => ({
      x: row.map((i) => x[i]!),
      noise: row.map((i) => g[i] ?? read(0)),
    }));
    const results = given.map((row) => f(row, p));
    const length = results[0]?.length ?? 0;
    const places = rowsAlong(shape.length === 0 ? [1] : shape.with(axis, length), axis);
    const pulled = given.map((row, r) => pull?.(row, places[r]!.map(u), p) ?? []);
    return {
      out: scatter(rows.length * length, places, results),
      grad: pull ? { input: scatter(x.length, rows, pulled) } : {},
    };
  };

const byDim = (rank: number, { dim }: Given): number =>
  (dim as number) < 0 ? (dim as number) + rank : (dim as number);

const ofSoftmax = (p: Row, u: Row): Row => {
  const common = sum(p.map((pk, k) => pk.times(u[k]!)));
  return p.map((pj, j) => pj.times(u[j]!.minus(common)));
};
const minus = (x: Row): Row => x.map((xi) => xi.neg());

/** 1 at the first largest. */
const oneHot = (x: Row): Row => {
  const first = x.findIndex((xi) => !x.some((xj) => xi.lt(xj)));
  return x.map((_, i) => read(i === first ? 1 : 0));
};

const heated = ({ x, noise }: Rows, { tau }: Given): Row =>
  softmax(x.map((xi, i) => xi.plus(noise[i]!).div(tau as number)));

const falling = (x: Row): Row => x.toSorted((a, b) => (a.lt(b) ? 1 : b.lt(a) ? -1 : 0));
const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Martins and Astudillo, algorithm 1. */
function sparsemax(x: Row): Row {
  const z = falling(x);
  const fits = (k: number) => sum(z.slice(0, k).map((zj) => zj.minus(z[k - 1]!))).lt(1);
  const k = range(z.length).findLast(fits)!;
  const tau = sum(z.slice(0, k)).minus(1).div(k);
  return x.map((xi) => atLeast(xi.minus(tau), read(0)));
}

/** Peters, Niculae and Martins, algorithm 2; the roots of the results. */
function roots(x: Row): Row {
  const z = falling(x).map((zi) => zi.div(2));
  const threshold = (k: number): Float => {
    const mean = sum(z.slice(0, k)).div(k);
    const spread = sum(z.slice(0, k).map((zi) => zi.minus(mean).times(zi.minus(mean))));
    return mean.minus(atLeast(read(1).minus(spread).div(k), read(0)).sqrt());
  };
  const k = range(z.length).findLast((k) => !z[k - 1]!.lt(threshold(k)))!;
  const tau = threshold(k);
  return x.map((xi) => atLeast(xi.div(2).minus(tau), read(0)));
}

const halves = (x: Row): readonly [Row, Row] => [x.slice(0, x.length / 2), x.slice(x.length / 2)];
const times = (a: Row, b: Row): Row => a.map((ai, i) => ai.times(b[i]!));
const slope = (b: Float): Float => sigmoid(b).times(sigmoid(b.neg()));

export const table: Table = {
  softmin: along(
    byDim,
    ({ x }) => softmax(minus(x)),
    ({ x }, u) => minus(ofSoftmax(softmax(minus(x)), u)),
  ),
  softmax2d: along(
    (rank) => rank - 3,
    ({ x }) => softmax(x),
    ({ x }, u) => ofSoftmax(softmax(x), u),
  ),
  hardmax: along(byDim, ({ x }) => oneHot(x)),
  'gumbel-softmax': along(
    byDim,
    (row, p) => (p.hard ? oneHot(row.x.map((xi, i) => xi.plus(row.noise[i]!))) : heated(row, p)),
    (row, u, p) => ofSoftmax(heated(row, p), u).map((s) => s.div(p.tau as number)),
  ),
  sparsemax: along(
    byDim,
    ({ x }) => sparsemax(x),
    ({ x }, u) => {
      const inside = sparsemax(x).map((p) => read(p.sign() > 0 ? 1 : 0));
      const mean = sum(times(inside, u)).div(sum(inside));
      return inside.map((s, i) => s.times(u[i]!.minus(mean)));
    },
  ),
  entmax15: along(
    byDim,
    ({ x }) => roots(x).map((r) => r.times(r)),
    ({ x }, u) => {
      const r = roots(x);
      const mean = sum(times(r, u)).div(sum(r));
      return r.map((ri, i) => ri.times(u[i]!.minus(mean)));
    },
  ),
  glu: along(
    byDim,
    ({ x }) => times(halves(x)[0], halves(x)[1].map(sigmoid)),
    ({ x }, u) => {
      const [a, b] = halves(x);
      return [...times(u, b.map(sigmoid)), ...times(times(u, a), b.map(slope))];
    },
  ),
  swiglu: ({ a, b }, p, u) => {
    const alpha = p.alpha as number;
    const [x, y] = [all(a), all(b)];
    // Above 300 a number that is nearer to 1 than all floats stands for another one.
    const t = x.map((xi) => (read(300).lt(xi.times(alpha)) ? read(300) : xi.times(alpha)));
    const gate = t.map(sigmoid);
    const bend = t.map((ti) => ti.times(slope(ti)));
    const cotangent = x.map((_, i) => u(i));
    return {
      out: times(times(x, gate), y),
      grad: {
        a: times(
          times(cotangent, y),
          gate.map((s, i) => s.plus(bend[i]!)),
        ),
        b: times(times(cotangent, x), gate),
      },
    };
  },
};
