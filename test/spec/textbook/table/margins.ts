/** # Margins, angles and similarities */
import type { Tensor } from '../../../../spec/tensor.ts';
import { type Float, read } from '../../mpfr.ts';
import {
  all,
  classified,
  type Given,
  paired,
  type Row,
  rowsAlong,
  type Table,
  type Textbook,
} from '../book.ts';
import { largest, lse, sigmoid, softmax, softplus, sum } from '../formulas.ts';

const zero = () => read(0);
const one = () => read(1);
const number = (p: Given, name: string): Float => read(p[name] as number);
/** max(z, 0) and its slope, which is `atZero` at 0. */
const hinge = (z: Float): Float => (z.sign() > 0 ? z : zero());
const step = (z: Float, atZero: 0 | 1): Float =>
  read(z.sign() > 0 || (z.sign() === 0 && atZero) ? 1 : 0);

/** Terms one by one, and what a term's slopes are by the places of its elements. */
interface One {
  readonly value: Float;
  readonly slopes: {
    readonly [input: string]: readonly (readonly [place: number, slope: Float])[];
  };
}
/** The mean divides by the number of terms. */
function gathered(
  terms: readonly One[],
  sizes: { readonly [input: string]: Tensor | undefined },
  { reduction }: Given,
  u: (i: number) => Float,
): ReturnType<Textbook> {
  const by = read(reduction === 'mean' ? terms.length : 1);
  const grad = Object.entries(sizes).map(([name, t]) => {
    const out = all(t).map(zero);
    for (const [i, { slopes }] of terms.entries())
      for (const [place, slope] of slopes[name]!)
        out[place] = out[place]!.plus(slope.times(u(reduction === 'none' ? i : 0)).div(by));
    return [name, out] as const;
  });
  const values = terms.map(({ value }) => value);
  return {
    out: reduction === 'none' ? values : [sum(values).div(by)],
    grad: Object.fromEntries(grad),
  };
}
const placed = (row: readonly number[], slopes: Row) =>
  row.map((place, i) => [place, slopes[i]!] as const);
const lastRows = ({ shape }: Tensor) => rowsAlong(shape, shape.length - 1);

// Angles and distances ---------------------------------------------------------------------------

const dot = (u: Row, v: Row): Float => sum(u.map((x, i) => x.times(v[i]!)));

interface Measure {
  readonly value: Float;
  readonly slopes: readonly [Row, Row];
}
/** The cosine; lengths are √(u · u + more), or at least `least`. */
function cosine(u: Row, v: Row, more: Float, least: Float): Measure {
  const square = (w: Row) => dot(w, w).plus(more);
  const isShort = (w: Row) => square(w).lt(least.times(least));
  const length = (w: Row) => (isShort(w) ? least : square(w).sqrt());
  const product = length(u).times(length(v));
  const value = dot(u, v).div(product);
  const slopes = (w: Row, other: Row) =>
    w.map((x, i) => {
      const turned = isShort(w) ? zero() : value.times(x).div(square(w));
      return other[i]!.div(product).minus(turned);
    });
  return { value, slopes: [slopes(u, v), slopes(v, u)] };
}
const power = (x: Float, p: Float): Float => (x.sign() === 0 ? zero() : x.log().times(p).exp());

function norm(w: Row, p: number): readonly [Float, Row] {
  const sizes = w.map((x) => x.abs());
  const signs = w.map((x) => read(x.sign()));
  if (p === Infinity) {
    const m = largest(sizes);
    const count = sizes.filter((x) => x.eq(m)).length;
    const isZero = m.sign() === 0;
    return [m, signs.map((s, i) => (sizes[i]!.eq(m) && !isZero ? s.div(count) : zero()))];
  }
  if (p === 1) return [sum(sizes), signs];
  if (p === 2) {
    const d = dot(w, w).sqrt();
    return [d, w.map((x) => (d.sign() === 0 ? zero() : x.div(d)))];
  }
  const d = power(sum(sizes.map((x) => power(x, read(p)))), one().div(p));
  const share = (x: Float) => (d.sign() === 0 ? zero() : power(x.div(d), read(p).minus(1)));
  return [d, signs.map((s, i) => s.times(share(sizes[i]!)))];
}
function apart(u: Row, v: Row, p: number, eps: Float): Measure {
  const [value, slopes] = norm(
    u.map((x, i) => x.minus(v[i]!).plus(eps)),
    p,
  );
  return { value, slopes: [slopes, slopes.map((s) => s.neg())] };
}
function squares(u: Row, v: Row): Measure {
  const w = u.map((x, i) => x.minus(v[i]!));
  const slopes = w.map((x) => x.times(2));
  return { value: dot(w, w), slopes: [slopes, slopes.map((s) => s.neg())] };
}
function angle(u: Row, v: Row): Measure {
  const { value, slopes } = cosine(u, v, zero(), read('1e-8'));
  const [a, b] = slopes.map((row) => row.map((s) => s.neg()));
  return { value: one().minus(value), slopes: [a!, b!] };
}

const triplet =
  (distance: (u: Row, v: Row, p: Given) => Measure): Textbook =>
  ({ anchor, positive, negative }, p, u) => {
    const rows = lastRows(anchor!);
    const terms = rows.map((row): One => {
      const [a, b, c] = [anchor, positive, negative].map((t) =>
        row.map((i) => read(t!.data[i]!)),
      ) as unknown as [Row, Row, Row];
      const [near, far, other] = [distance(a, b, p), distance(a, c, p), distance(b, c, p)];
      const isOther = p.swap === true && other.value.lt(far.value);
      const isTie = p.swap === true && other.value.eq(far.value);
      const [own, rest] = [isOther ? 0 : isTie ? 0.5 : 1, isOther ? 1 : isTie ? 0.5 : 0];
      const less = isOther ? other.value : far.value;
      const z = near.value.minus(less).plus(p.margin as number);
      const on = step(z, 1);
      const slopes = (f: (i: number) => Float) =>
        placed(
          row,
          row.map((_, i) => f(i).times(on)),
        );
      return {
        value: hinge(z),
        slopes: {
          anchor: slopes((i) => near.slopes[0][i]!.minus(far.slopes[0][i]!.times(own))),
          positive: slopes((i) => near.slopes[1][i]!.minus(other.slopes[0][i]!.times(rest))),
          negative: slopes((i) =>
            far.slopes[1][i]!.times(-own).minus(other.slopes[1][i]!.times(rest)),
          ),
        },
      };
    });
    return gathered(terms, { anchor, positive, negative }, p, u);
  };

// The table --------------------------------------------------------------------------------------

/** A loss of a number and a label, from z and ∂z. */
const labelled = (f: (x: Float, y: Float, p: Given) => readonly [Float, Float, Float]) =>
  paired((x, y, _w, _v, p) => {
    const [value, input, target] = f(x, y, p);
    return { value, slopes: { input: [input], target: [target] } };
  });
/** Without the gradient of the target. */
const ofInput =
  (book: Textbook): Textbook =>
  (t, p, u) => {
    const { out, grad } = book(t, p, u);
    return { out, grad: { input: grad.input! } };
  };
const gap = (x: Float, y: Float): Float => one().minus(x.times(y));

export const table: Table = {
  'hinge-embedding-loss': ofInput(
    labelled((x, y, p) => {
      const z = number(p, 'margin').minus(x);
      const [isLike, isUnlike] = [y.eq(1), y.eq(-1)];
      const [like, unlike] = [isUnlike ? 0 : 1, isLike ? 0 : 1];
      const slope = read(like).minus(step(z, 1).times(unlike));
      return [x.times(like).plus(hinge(z).times(unlike)), slope, zero()];
    }),
  ),
  'margin-ranking-loss': ({ input1, input2, target }, p, u) => {
    const [x1, x2, t] = [all(input1), all(input2), all(target)];
    const terms = x1.map((x, i): One => {
      const z = t[i]!.times(x2[i]!.minus(x)).plus(number(p, 'margin'));
      const on = step(z, 1);
      return {
        value: hinge(z),
        slopes: {
          input1: [[i, t[i]!.times(on).neg()]],
          input2: [[i, t[i]!.times(on)]],
          target: [[i, x2[i]!.minus(x).times(on)]],
        },
      };
    });
    return gathered(terms, { input1, input2, target }, p, u);
  },
  'soft-margin-loss': labelled((x, y) => {
    const z = x.times(y).neg();
    return [softplus(z), y.times(sigmoid(z)).neg(), x.times(sigmoid(z)).neg()];
  }),
  'hinge-loss': labelled((x, y) => {
    const on = step(gap(x, y), 1);
    return [hinge(gap(x, y)), y.times(on).neg(), x.times(on).neg()];
  }),
  'squared-hinge-loss': labelled((x, y) => {
    const z = hinge(gap(x, y));
    return [z.times(z), z.times(y).times(-2), z.times(x).times(-2)];
  }),
  'multi-margin-loss': classified((x, y, w, p) => {
    const t = y as number;
    const z = x.map((xi, i) =>
      i === t ? zero() : hinge(xi.minus(x[t]!).plus(number(p, 'margin'))),
    );
    const factor = w[t]!.div(x.length);
    const slopes = z.map((zi) => (p.p === 2 ? zi.times(2) : step(zi, 0)).times(factor));
    return {
      value: sum(z.map((zi) => (p.p === 2 ? zi.times(zi) : zi))).times(factor),
      slopes: { input: slopes.map((s, i) => (i === t ? sum(slopes).neg() : s)) },
    };
  }),
  'multilabel-margin-loss': ({ input, target }, p, u) => {
    const terms = lastRows(input!).map((row): One => {
      const x = row.map((i) => read(input!.data[i]!));
      const labels = row.map((i) => target!.data[i]!);
      const listed = labels.slice(0, labels.indexOf(-1) < 0 ? labels.length : labels.indexOf(-1));
      const others = x.map((_, c) => c).filter((c) => !listed.includes(c));
      const z = (j: number, i: number) => x[i]!.minus(x[j]!).plus(1);
      const count = (pairs: readonly (readonly [number, number])[]) =>
        sum(pairs.map(([j, i]) => step(z(j, i), 0)));
      const pairs = listed.flatMap((j) => others.map((i) => [j, i] as const));
      const slopes = x.map((_, c) =>
        count(pairs.filter(([, i]) => i === c))
          .minus(count(pairs.filter(([j]) => j === c)))
          .div(x.length),
      );
      return {
        value: sum(pairs.map(([j, i]) => hinge(z(j, i)))).div(x.length),
        slopes: { input: placed(row, slopes) },
      };
    });
    return gathered(terms, { input }, p, u);
  },
  'multilabel-soft-margin-loss': (tensors, p, u) => {
    const { input, target } = tensors;
    const C = input!.shape.at(-1)!;
    const each = paired((x, y, w) => ({
      value: w.times(y.times(softplus(x.neg())).plus(one().minus(y).times(softplus(x)))).div(C),
      slopes: {
        input: [w.times(sigmoid(x).minus(y)).div(C)],
        target: [w.times(x).neg().div(C)],
      },
    }))(tensors, { ...p, reduction: 'none' }, (i) => {
      const rows = input!.data.length / C;
      return u(p.reduction === 'none' ? Math.floor(i / C) : 0).div(
        p.reduction === 'mean' ? rows : 1,
      );
    });
    const rows = lastRows(target!).map((row) => sum(row.map((i) => each.out[i]!)));
    if (p.reduction === 'none') return { ...each, out: rows };
    return { ...each, out: [sum(rows).div(p.reduction === 'mean' ? rows.length : 1)] };
  },
  'cosine-embedding-loss': ({ input1, input2, target }, p, u) => {
    const terms = lastRows(input1!).map((row, r): One => {
      const [a, b] = [input1!, input2!].map((t) => row.map((i) => read(t.data[i]!))) as unknown as [
        Row,
        Row,
      ];
      const { value, slopes } = cosine(a, b, read(Math.fround(1e-12)), zero());
      const y = target!.data[r]!;
      const z = value.minus(p.margin as number);
      const factor = y === 1 ? read(-1) : y === -1 ? step(z, 1) : zero();
      const scaled = slopes.map((side) => side.map((s) => s.times(factor)));
      return {
        value: y === 1 ? one().minus(value) : y === -1 ? hinge(z) : zero(),
        slopes: { input1: placed(row, scaled[0]!), input2: placed(row, scaled[1]!) },
      };
    });
    return gathered(terms, { input1, input2 }, p, u);
  },
  'cosine-similarity-loss': ({ input, target }, p, u) => {
    const terms = lastRows(input!).map((row): One => {
      const [a, b] = [input!, target!].map((t) => row.map((i) => read(t.data[i]!))) as unknown as [
        Row,
        Row,
      ];
      const { value, slopes } = cosine(a, b, zero(), number(p, 'eps'));
      const [x, y] = slopes.map((side) => side.map((s) => s.neg()));
      return {
        value: read(p.distance === true ? 1 : 0).minus(value),
        slopes: { input: placed(row, x!), target: placed(row, y!) },
      };
    });
    return gathered(terms, { input, target }, p, u);
  },
  'triplet-margin-loss': triplet((u, v, p) => apart(u, v, p.p as number, number(p, 'eps'))),
  'triplet-margin-with-distance-loss': triplet((u, v, p) => {
    if (p.distance === 'euclidean') return apart(u, v, 2, number(p, 'eps'));
    return p.distance === 'cosine' ? angle(u, v) : squares(u, v);
  }),
  'categorical-hinge-loss': ({ input, target }, p, u) => {
    const terms = lastRows(input!).map((row): One => {
      const [x, y] = [input!, target!].map((t) => row.map((i) => read(t.data[i]!))) as unknown as [
        Row,
        Row,
      ];
      const others = x.map((xi, i) => xi.times(one().minus(y[i]!)));
      const m = largest(others);
      const count = others.filter((o) => o.eq(m)).length;
      const z = m.minus(dot(x, y)).plus(1);
      const slopes = y.map((yi, i) => {
        const up = others[i]!.eq(m) ? one().minus(yi).div(count) : zero();
        return up.minus(yi).times(step(z, 1));
      });
      return { value: hinge(z), slopes: { input: placed(row, slopes) } };
    });
    return gathered(terms, { input }, p, u);
  },
  'info-nce': ({ input, keys, target }, p, u) => {
    const k = lastRows(keys!).map((row) => row.map((i) => read(keys!.data[i]!)));
    const tau = number(p, 'temperature');
    const terms = lastRows(input!).map((row, r): One => {
      const q = row.map((i) => read(input!.data[i]!));
      const y = target!.data[r]!;
      const s = k.map((kj) => dot(q, kj).div(tau));
      const share = softmax(s).map((pj, j) => pj.minus(j === y ? 1 : 0).div(tau));
      const ofQuery = q.map((_, d) => sum(k.map((kj, j) => kj[d]!.times(share[j]!))));
      const ofKeys = share.flatMap((pj, j) =>
        q.map((x, d) => [j * q.length + d, x.times(pj)] as const),
      );
      return {
        value: lse(s).minus(s[y]!),
        slopes: { input: placed(row, ofQuery), keys: ofKeys },
      };
    });
    return gathered(terms, { input, keys }, p, u);
  },
};
