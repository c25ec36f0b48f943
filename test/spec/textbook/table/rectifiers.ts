/** # Elementwise and by channel: functions of a few straight or simple pieces */
import { type Float, read } from '../../mpfr.ts';
import { all, elementwise, type Given, type Table } from '../book.ts';
import { sum } from '../formulas.ts';

const numbers = (p: Given, ...names: readonly string[]): readonly Float[] =>
  names.map((name) => read(p[name] as number));

const zero = (): Float => read(0);
const one = (): Float => read(1);
/** x, and a slope of 1, where a condition holds; another number and 0 elsewhere. */
const passing = (
  holds: (x: Float, p: Given) => boolean,
  otherwise: (x: Float, p: Given) => Float = zero,
) =>
  elementwise(
    (x, p) => (holds(x, p) ? x : otherwise(x, p)),
    (x, p) => read(holds(x, p) ? 1 : 0),
  );
const isAbove = (x: Float, y: Float | number): boolean => read(y).lt(x);
const isBetween = (x: Float, a: Float | number, b: Float | number): boolean =>
  isAbove(x, a) && x.lt(b);

/** A bound is returned at it; whether it has the slope of the inside is for each to say. */
const clamp = (low: string, high: string, slopeAtBounds: 0 | 1) => {
  const bounds = (p: Given) => numbers(p, low, high) as readonly [Float, Float];
  return elementwise(
    (x, p) => {
      const [a, b] = bounds(p);
      const raised = x.lt(a) ? a : x;
      return b.lt(raised) ? b : raised;
    },
    (x, p) => {
      const [a, b] = bounds(p);
      const isAtBound = a.lt(b) && (x.eq(a) || x.eq(b));
      return read(isAtBound ? slopeAtBounds : isBetween(x, a, b) ? 1 : 0);
    },
  );
};

/** Outside of ±lambd by what is taken away, which a formula says. */
const shrunk = (taken: (p: Given) => Float) => {
  const isKept = (x: Float, p: Given): boolean => {
    const [lambd] = numbers(p, 'lambd');
    const isIdentity = lambd!.sign() === 0 && taken(p).sign() === 0;
    return isAbove(x.abs(), lambd!) || isIdentity;
  };
  return elementwise(
    (x, p) => {
      if (!isKept(x, p)) return zero();
      return x.sign() < 0 ? x.plus(taken(p)) : x.minus(taken(p));
    },
    (x, p) => read(isKept(x, p) ? 1 : 0),
  );
};

/** 0 up to a corner, a formula up to another one, and from there on 1 or what else is said. */
const between = (
  [from, to]: readonly [number, number],
  inside: (x: Float) => Float,
  slope: (x: Float) => Float,
  [above, slopeAbove]: readonly [(x: Float) => Float, number] = [one, 0],
) =>
  elementwise(
    (x) => (isBetween(x, from, to) ? inside(x) : x.sign() < 0 ? zero() : above(x)),
    (x) => (isBetween(x, from, to) ? slope(x) : read(x.sign() < 0 ? 0 : slopeAbove)),
  );
const itself = (x: Float): Float => x;

const line = (x: Float, p: Given): Float => x.times(p.alpha as number).plus(p.beta as number);
const root = (x: Float, p: Given): Float =>
  x
    .times(x)
    .plus(p.b as number)
    .sqrt();

export const table: Table = {
  relu6: elementwise(
    (x) => (x.sign() < 0 ? zero() : isAbove(x, 6) ? read(6) : x),
    (x) => read(isBetween(x, 0, 6) ? 1 : 0),
  ),
  hardtanh: clamp('minVal', 'maxVal', 0),
  clip: clamp('min', 'max', 1),
  threshold: passing(
    (x, p) => isAbove(x, p.threshold as number),
    (_, p) => read(p.value as number),
  ),
  'thresholded-relu': passing((x, p) => isAbove(x, p.alpha as number)),
  hardshrink: shrunk(zero),
  softshrink: shrunk((p) => read(p.lambd as number)),
  shrink: shrunk((p) => read(p.bias as number)),
  'leaky-relu': elementwise(
    (x, p) => (x.sign() > 0 ? x : x.times(p.negativeSlope as number)),
    (x, p) => (x.sign() > 0 ? one() : read(p.negativeSlope as number)),
  ),
  prelu: ({ input, weight }, _, u) => {
    const { shape } = input!;
    const axis = shape.length > 1 ? 1 : 0;
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const channel = (i: number) =>
      weight!.data.length === 1 ? 0 : Math.floor(i / inner) % shape[axis]!;
    const [x, w] = [all(input), all(weight)];
    const isRight = x.map((xi) => xi.sign() > 0);
    return {
      out: x.map((xi, i) => (isRight[i] ? xi : xi.times(w[channel(i)]!))),
      grad: {
        input: x.map((_, i) => (isRight[i] ? u(i) : u(i).times(w[channel(i)]!))),
        weight: w.map((_, c) =>
          sum(x.map((xi, i) => (isRight[i] || channel(i) !== c ? zero() : u(i).times(xi)))),
        ),
      },
    };
  },
  rrelu: ({ input, noise }, p, u) => {
    const [lower, upper] = numbers(p, 'lower', 'upper') as readonly [Float, Float];
    const [x, r] = [all(input), all(noise)];
    const slopes = x.map((xi, i) => {
      const share = r[i] ?? read(0.5);
      return xi.sign() > 0 ? one() : upper.times(share).plus(lower.times(one().minus(share)));
    });
    return {
      out: x.map((xi, i) => xi.times(slopes[i]!)),
      grad: { input: slopes.map((s, i) => s.times(u(i))) },
    };
  },
  'hard-sigmoid-affine': elementwise(
    (x, p) => (line(x, p).sign() < 0 ? zero() : isAbove(line(x, p), 1) ? one() : line(x, p)),
    (x, p) => (isBetween(line(x, p), 0, 1) ? read(p.alpha as number) : zero()),
  ),
  hardsigmoid: between(
    [-3, 3],
    (x) => x.div(6).plus(0.5),
    () => one().div(6),
  ),
  hardswish: between(
    [-3, 3],
    (x) => x.div(6).plus(0.5).times(x),
    (x) => x.div(3).plus(0.5),
    [itself, 1],
  ),
  softsign: elementwise(
    (x) => x.div(x.abs().plus(1)),
    (x) => one().div(x.abs().plus(1)).div(x.abs().plus(1)),
  ),
  squareplus: elementwise(
    (x, p) => x.plus(root(x, p)).div(2),
    (x, p) => (root(x, p).sign() === 0 ? read(0.5) : x.div(root(x, p)).plus(1).div(2)),
  ),
  'sparse-plus': between(
    [-1, 1],
    (x) => x.plus(1).times(x.plus(1)).div(4),
    (x) => x.plus(1).div(2),
    [itself, 1],
  ),
  'sparse-sigmoid': between(
    [-1, 1],
    (x) => x.div(2).plus(0.5),
    () => read(0.5),
  ),
};
