/** # Focal, robust and overlap losses */
import type { Tensors } from '../../../../spec/tensor.ts';
import { type Float, read } from '../../mpfr.ts';
import {
  all,
  classified,
  type Given,
  paired,
  type Row,
  rowsAlong,
  scatter,
  type Table,
  type Textbook,
} from '../book.ts';
import { largest, sigmoid, softmax, softplus, sum, xLog } from '../formulas.ts';

/** ln Σ eˣ, which keeps what is added to the largest one. */
function lse(x: Row): Float {
  const m = largest(x);
  const others = x.toSpliced(x.indexOf(m), 1);
  return m.plus(sum(others.map((xi) => xi.minus(m).exp())).log1p());
}

/** x^a for 0 ≤ x, with 0⁰ = 1. */
function power(x: Float, a: Float): Float {
  if (a.sign() === 0) return read(1);
  return x.sign() === 0 ? read(0) : x.log().times(a).exp();
}

interface Of {
  readonly p: Float;
  readonly rest: Float;
  /** −ln p_y and −ln(1 − p_y): where a probability is below all of MPFR's numbers, its logarithm is one. */
  readonly surprise: Float;
  readonly restSurprise: Float;
}

/** A loss of p_y: its value and its slope times p_y. */
const ofProbability = (loss: (of: Of, given: Given) => { value: Float; slope: Float }): Textbook =>
  classified((x, y, w, given) => {
    const p = softmax(x);
    const others = x.filter((_, k) => k !== y);
    const rest = sum(p.filter((_, k) => k !== y));
    const of = {
      ...{ p: p[y as number]!, rest },
      surprise: lse(x).minus(x[y as number]!),
      restSurprise: others.length > 0 ? lse(x).minus(lse(others)) : read(Infinity),
    };
    const { value, slope } = loss(of, given);
    const by = w[y as number]!;
    // ∂p_y/∂x_j = p_y ([j = y] − p_j)
    const slopes = p.map((pj, j) => by.times(slope).times(j === y ? rest : pj.neg()));
    return { value: by.times(value), weight: by, slopes: { input: slopes } };
  });

/** (e^−a)^b, with 0⁰ = 1. */
const powered = (a: Float, b: Float): Float => (b.sign() === 0 ? read(1) : a.times(b).neg().exp());

/**
 * ln softmax(x)_c, which keeps what is lost beside the largest. What is below MPFR's numbers is not
 * 0: its sign decides what a division by 0 gives.
 */
function logShare(x: Row, c: number): Float {
  if (x.indexOf(largest(x)) !== c) return x[c]!.minus(lse(x));
  const others = x.toSpliced(c, 1).map((xi) => xi.minus(x[c]!));
  const total = sum(others.map((xi) => xi.exp()));
  const isLost = total.sign() === 0 && others.some((xi) => xi.isFinite());
  return (isLost ? read(BELOW).exp() : total).log1p().neg();
}
/** Its exponential is below all floats, and a number to MPFR. */
const BELOW = -1e6;

const number = (given: Given, name: string): Float => read(given[name] as number);

/** Sums over what `group` says lies together, under a reduction. */
function grouped(
  t: Tensors,
  given: Given,
  u: (i: number) => Float,
  groups: readonly (readonly number[])[],
  term: (p: Row, q: Row) => { value: Float; input: Row; target: Row },
) {
  const [p, q] = [all(t.input), all(t.target)];
  const terms = groups.map((g) =>
    term(
      g.map((i) => p[i]!),
      g.map((i) => q[i]!),
    ),
  );
  const by = read(given.reduction === 'mean' ? terms.length : 1);
  const isNone = given.reduction === 'none';
  const pulled = (name: 'input' | 'target') =>
    scatter(
      p.length,
      groups,
      terms.map((one, r) => one[name].map((s) => s.times(u(isNone ? r : 0)).div(by))),
    );
  const values = terms.map((one) => one.value);
  return {
    out: isNone ? values : [sum(values).div(by)],
    grad: { input: pulled('input'), target: pulled('target') },
  };
}

/** ½ (p ln(p / m) + q ln(q / m)) and its slope in p. */
function mixed(p: Float, q: Float): readonly [Float, Float] {
  const m = p.plus(q).div(2);
  if (m.sign() === 0) return [read(0), read(0)];
  return [
    xLog(p, p.div(m))
      .plus(xLog(q, q.div(m)))
      .div(2),
    p.div(m).log().div(2),
  ];
}

/** 1 − (tp + s) / (tp + a fp + b fn + s), and its slopes by the quotient rule. */
function overlapping(a: Float, b: Float, s: Float) {
  return (p: Row, t: Row) => {
    const total = (f: (pi: Float, ti: Float) => Float): Float =>
      sum(p.map((pi, i) => f(pi, t[i]!)));
    const one = read(1);
    const up = total((pi, ti) => pi.times(ti)).plus(s);
    const down = up
      .plus(a.times(total((pi, ti) => pi.times(one.minus(ti)))))
      .plus(b.times(total((pi, ti) => ti.times(one.minus(pi)))));
    const slope = (dUp: Float, dDown: Float): Float =>
      up.times(dDown).minus(dUp.times(down)).div(down.times(down));
    return {
      value: one.minus(up.div(down)),
      input: t.map((ti) => slope(ti, ti.plus(a.times(one.minus(ti))).minus(b.times(ti)))),
      target: p.map((pi) => slope(pi, pi.minus(a.times(pi)).plus(b.times(one.minus(pi))))),
    };
  };
}

/** All elements of a class of a sample. */
const sets = ({ input }: Tensors) => {
  const [n, c, ...rest] = input!.shape as readonly [number, number, ...number[]];
  return rowsAlong([n * c, rest.reduce((x, y) => x * y, 1)], 1);
};

const smoothed: Textbook = ({ input, linearWeight, linearBias, target, weight }, given, u) => {
  const [W, b, w] = [all(linearWeight), all(linearBias), all(weight)];
  const [C, F] = linearWeight!.shape as [number, number];
  const x = all(input);
  const N = x.length / F;
  const epsilon = number(given, 'labelSmoothing');
  const isIndex = target!.dtype === 'i64';
  const classes = Array.from({ length: C }, (_, c) => c);
  const terms = Array.from({ length: N }, (_, n) => {
    const logits = classes.map((c) =>
      sum(Array.from({ length: F }, (_d, d) => x[n * F + d]!.times(W[c * F + d]!))).plus(
        b[c] ?? read(0),
      ),
    );
    const y = target!.data[n]!;
    if (isIndex && y === given.ignoreIndex)
      return { value: read(0), weight: read(0), g: [], q: [] };
    const by = classes.map((c) => w[c] ?? read(1));
    const a = classes.map((c) => {
      const q = isIndex ? read(c === y ? 1 : 0) : read(target!.data[n * C + c]!);
      return by[c]!.times(q.minus(q.times(epsilon)).plus(epsilon.div(C)));
    });
    const logs = logits.map((_, c) => logShare(logits, c));
    return {
      value: sum(a.map((ac, c) => ac.times(logs[c]!))).neg(),
      weight: isIndex ? by[y]! : read(1),
      g: softmax(logits).map((p, c) => p.times(sum(a)).minus(a[c]!)),
      q: logs.map((log, c) => log.times(by[c]!).times(epsilon.minus(1))),
    };
  });
  const isNone = given.reduction === 'none';
  const by = given.reduction === 'mean' ? sum(terms.map((t) => t.weight)) : read(1);
  const of = (n: number, s: Float): Float => s.times(u(isNone ? n : 0)).div(by);
  /** Over the samples that are not ignored. */
  const dot = (f: (n: number, g: Row) => Float): Float =>
    sum(terms.flatMap(({ g }, n) => (g.length > 0 ? [of(n, f(n, g))] : [])));
  return {
    out: isNone ? terms.map((t) => t.value) : [sum(terms.map((t) => t.value)).div(by)],
    grad: {
      input: x.map((_, i) => {
        const [n, d] = [Math.floor(i / F), i % F];
        const { g } = terms[n]!;
        return g.length > 0 ? of(n, sum(g.map((gc, c) => gc.times(W[c * F + d]!)))) : read(0);
      }),
      linearWeight: W.map((_, i) =>
        dot((n, g) => g[Math.floor(i / F)]!.times(x[n * F + (i % F)]!)),
      ),
      linearBias: classes.map((c) => dot((_, g) => g[c]!)),
      ...(isIndex ? {} : { target: terms.flatMap(({ q }, n) => q.map((s) => of(n, s))) }),
    },
  };
};

export const table: Table = {
  'focal-loss': ofProbability(({ p, rest, surprise, restSurprise }, given) => {
    const gamma = number(given, 'gamma');
    const by = powered(restSurprise, gamma);
    const inner = rest.sign() === 0 ? read(0) : gamma.times(p).times(surprise).div(rest);
    return { value: by.times(surprise), slope: by.times(inner.plus(1)).neg() };
  }),
  'generalized-cross-entropy': ofProbability(({ surprise }, given) => {
    const q = number(given, 'q');
    const value = q.sign() === 0 ? surprise : surprise.times(q).neg().expm1().div(q).neg();
    return { value, slope: powered(surprise, q).neg() };
  }),
  'poly-1-loss': ofProbability(({ p, rest, surprise }, given) => {
    const epsilon = number(given, 'epsilon');
    return {
      value: surprise.plus(epsilon.times(rest)),
      slope: epsilon.times(p).plus(1).neg(),
    };
  }),
  'z-loss': ({ input }, given, u) => {
    const rows = rowsAlong(input!.shape, input!.shape.length > 1 ? 1 : 0);
    const x = all(input);
    const c = number(given, 'coefficient');
    const of = rows.map((row) => row.map((i) => x[i]!));
    const isNone = given.reduction === 'none';
    const by = read(given.reduction === 'mean' ? rows.length : 1);
    const values = of.map((row) => lse(row).times(lse(row)).times(c));
    const slopes = of.map((row, r) => {
      const share = c
        .times(2)
        .times(lse(row))
        .times(u(isNone ? r : 0))
        .div(by);
      return softmax(row).map((p) => p.times(share));
    });
    return {
      out: isNone ? values : [sum(values).div(by)],
      grad: { input: scatter(x.length, rows, slopes) },
    };
  },
  'sigmoid-focal-loss': (t, given, u) => {
    const book = paired((x, y, _w, _v, p) => {
      const [alpha, gamma] = [number(p, 'alpha'), number(p, 'gamma')];
      const no = read(1).minus(y);
      const [s, c] = [sigmoid(x), sigmoid(x.neg())];
      const rest = y.times(c).plus(no.times(s));
      const entropy = y.times(softplus(x.neg())).plus(no.times(softplus(x)));
      const balance =
        alpha.sign() < 0 ? read(1) : alpha.times(y).plus(read(1).minus(alpha).times(no));
      const by = balance.times(power(rest, gamma));
      const bent =
        rest.sign() === 0
          ? read(0)
          : no.minus(y).times(s).times(c).div(rest).times(gamma).times(entropy);
      return {
        value: by.times(entropy),
        slopes: { input: [by.times(bent.plus(no.times(s)).minus(y.times(c)))], target: [] },
      };
    });
    const { out, grad } = book(t, given, u);
    return { out, grad: { input: grad.input! } };
  },
  'jensen-shannon': (t, given, u) =>
    grouped(t, given, u, rowsAlong(t.input!.shape, t.input!.shape.length - 1), (p, q) => ({
      value: sum(p.map((pc, c) => mixed(pc, q[c]!)[0])),
      input: p.map((pc, c) => mixed(pc, q[c]!)[1]),
      target: p.map((pc, c) => mixed(q[c]!, pc)[1]),
    })),
  'dice-loss': (t, given, u) => {
    const half = read(1).div(2);
    const smooth = number(given, 'smooth').div(2);
    return grouped(t, given, u, sets(t), overlapping(half, half, smooth));
  },
  'tversky-loss': (t, given, u) => {
    const [a, b, s] = ['alpha', 'beta', 'smooth'].map((name) => number(given, name));
    return grouped(t, given, u, sets(t), overlapping(a!, b!, s!));
  },
  'linear-cross-entropy': smoothed,
};
