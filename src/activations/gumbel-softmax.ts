/**
 * # Gumbel-softmax
 *
 *     p = softmax((x + g)/τ),   y = p, or 1 at the first largest x + g and 0 elsewhere
 *     Σⱼ uⱼ ∂pⱼ/∂xᵢ = pᵢ (uᵢ − Σⱼ uⱼ pⱼ)/τ
 *
 * x + g is a pair of doubles, exactly: differences of large sums keep their digits, and equal sums
 * are equal. The cotangent is taken relative to that of the largest, as in softmax.
 */
import { checkFloats, checkShape } from '../check.ts';
import { add, type Double, negate, twoSum } from '../kernel/double.ts';
import { exp } from '../math/float64.ts';
import { scaled, sum } from '../math/scaled.ts';
import { operator } from '../operator.ts';
import { flag, integer, number } from '../parameters.ts';
import { eachRow } from '../row-function.ts';
import { axisOf, type Input } from '../rowwise.ts';
import { type Floats, rowsOf } from '../tensor.ts';

interface Inputs extends Input {
  readonly noise: Floats;
}
interface Params {
  readonly tau: number;
  readonly hard: boolean;
  readonly dim: number;
}
interface Soft {
  readonly p: Float64Array;
  /** The first largest; −1 if the row has none. */
  readonly top: number;
}

const id = 'gumbel-softmax';

const sumOf = (x: number, g: number): Double =>
  Number.isFinite(x + g) ? twoSum(x, g) : [x + g, 0];
const isLess = ([a, b]: Double, [c, d]: Double): boolean => a < c || (a === c && b < d);

function soft(x: Float64Array, g: Float64Array, tau: number): Soft {
  const z = Array.from(x, (xi, i) => sumOf(xi, g[i]!));
  const top = z.reduce((best, zi, i) => (isLess(z[best]!, zi) ? i : best), 0);
  const m = z[top] ?? [NaN, NaN];
  const hasNone = !Number.isFinite(m[0]) || z.some(([high]) => Number.isNaN(high));
  if (hasNone) return { p: x.map(() => NaN), top: -1 };
  const below = (zi: Double) => (zi[0] === -Infinity ? -Infinity : add(zi, negate(m))[0]);
  const e = Float64Array.from(z, (zi) => exp(below(zi) / tau));
  const total = sum(e.length, (i) => e[i]!);
  return { p: e.map((ei) => ei / total), top };
}

const oneHot = ({ p, top }: Soft): Float64Array =>
  top < 0 ? p : p.map((_, i) => (i === top ? 1 : 0));

function gradient({ p, top }: Soft, u: Float64Array, tau: number): Float64Array {
  if (top < 0) return p;
  const relative = (i: number) => (u[i] === u[top] ? 0 : u[i]! - u[top]!);
  const mean = sum(p.length, (i) => scaled(p[i]!, relative(i)));
  return p.map((pi, i) => scaled(pi, relative(i) - mean) / tau);
}

export const gumbelSoftmax = operator<Inputs, Params, Input>({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  inputs: ['input', 'noise'],
  differentiable: ['input'],
  parameters: {
    tau: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }),
    hard: flag(false),
    dim: integer(-1),
  },
  plan({ input, noise }, { tau, hard, dim }) {
    const { data: x, shape } = checkFloats({ id, name: 'input' }, input);
    const { data: g, shape: own } = checkFloats({ id, name: 'noise' }, noise);
    checkShape({ id, name: 'noise' }, own, shape, "the input's shape");
    const rows = rowsOf(shape, axisOf(id, shape, dim));
    const result = (row: Soft) => (hard ? oneHot(row) : row.p);
    return {
      ...{ shape, shapes: { input: shape } },
      value: (out) => eachRow(rows, [x, g], out, ([x, g]) => result(soft(x!, g!, tau))),
      gradient: (cotangent, out) =>
        eachRow(rows, [x, g, cotangent], out.input, ([x, g, u]) =>
          gradient(soft(x!, g!, tau), u!, tau),
        ),
    };
  },
});
