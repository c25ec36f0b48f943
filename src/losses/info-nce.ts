/**
 * # InfoNCE
 *
 *     ℓ(q, k, y) = −ln softmax(s)_y,   s_j = q · k_j / τ,   τ = temperature
 *     ∂ℓ/∂q = Σ_j (p_j − [j = y]) k_j / τ,   ∂ℓ/∂k_j = Σ_q (p_j − [j = y]) q / τ
 *
 * Differences of similarities are exact up to one rounding, so that a small loss keeps its digits.
 */
import { checkClasses, checkFloats, checkShape } from '../check.ts';
import { dotProduct, exactSum } from '../math/exact-sum.ts';
import { exp, log1p } from '../math/float64.ts';
import { newTotal, sum } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { number } from '../parameters.ts';
import { checkRows } from '../places.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Classes, Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly keys: Floats;
  readonly target: Classes;
}
interface Gradients {
  readonly input: Floats;
  readonly keys: Floats;
}
interface Params {
  readonly reduction: Reduction;
  readonly temperature: number;
}
type Vector = ArrayLike<number>;

const id = 'info-nce';

/** (q · k − q · l) / τ */
function difference(q: Vector, k: Vector, l: Vector, temperature: number): number {
  const plain = dotProduct(q, k) - dotProduct(q, l);
  if (!Number.isFinite(plain)) return plain;
  return exactSum(Array.from(q, (x, d) => [x * k[d]!, -x * l[d]!]).flat()) / temperature;
}

/** What the largest similarity exceeds each by, and the powers of that. */
function gapsOf(q: Vector, keys: readonly Vector[], temperature: number) {
  const to = (k: Vector, l: Vector): number => difference(q, k, l, temperature);
  const m = keys.reduce((a, b) => (to(b, a) > 0 ? b : a));
  const at = keys.indexOf(m);
  const own = to(m, m);
  const gaps = keys.map((k, j) => (j === at ? own : to(m, k)));
  const powers = gaps.map((gap) => exp(-gap));
  // Of an infinite similarity, or NaN, own is NaN, and with it everything.
  const rest = sum(keys.length, (j) => (j === at ? own : powers[j]!));
  return { gaps, powers, rest, at };
}

/** p_j − [j = y] for each key; that of y is minus all others. */
function shares(q: Vector, keys: readonly Vector[], y: number, temperature: number): number[] {
  const { powers, rest, at } = gapsOf(q, keys, temperature);
  const others = sum(keys.length, (j) => (j === y ? 0 : j === at ? 1 : powers[j]!));
  return powers.map((power, j) =>
    j === y ? -(others / (1 + rest)) : (j === at ? 1 + 0 * rest : power) / (1 + rest),
  );
}

const rowsOf = (data: Float32Array, length: number): Float32Array[] =>
  Array.from({ length: length === 0 ? 0 : data.length / length }, (_, i) =>
    data.subarray(i * length, (i + 1) * length),
  );

function plan(inputs: Inputs, { temperature, ...params }: Params): Plan<Gradients> {
  const { queries, keys, target, shapes, outer } = laidOut(inputs);
  const areFinite = inputs.keys.data.every(Number.isFinite);
  const terms = reduced<Gradients>(
    {
      shape: outer,
      count: queries.length,
      shapes,
      denominator: () => queries.length,
      value(n) {
        const { gaps, rest } = gapsOf(queries[n]!, keys, temperature);
        return gaps[target[n]!]! + log1p(rest);
      },
      gradient(n, share, out) {
        const [q, length] = [queries[n]!, queries[n]!.length];
        const p = shares(q, keys, target[n]!, temperature);
        const own = keys[target[n]!]!;
        for (let d = 0; d < length; d++) {
          // Of finite keys the differences: shares add up to 0 but for rounding.
          const less = areFinite ? own[d]! : 0;
          const slope = sum(keys.length, (j) => p[j]! * (keys[j]![d]! - less)) / temperature;
          out.input[n * length + d] = share(slope);
        }
        totals.forEach((total, i) => {
          const j = Math.floor(i / length);
          total.add(share((p[j]! * q[i % length]!) / temperature));
        });
      },
    },
    params.reduction,
  );
  let totals: ReturnType<typeof newTotal>[] = [];
  return {
    ...terms,
    gradient(cotangent, out) {
      totals = Array.from(inputs.keys.data, () => newTotal());
      terms.gradient(cotangent, out);
      totals.forEach((total, i) => {
        out.keys[i] = total.value();
      });
    },
  };
}

function laidOut(inputs: Inputs) {
  const input = checkFloats({ id, name: 'input' }, inputs.input);
  const keys = checkFloats({ id, name: 'keys' }, inputs.keys);
  const { data, shape } = checkClasses({ id, name: 'target' }, inputs.target);
  checkRows(id, input.shape);
  const length = input.shape.at(-1);
  if (length === undefined) throw new RangeError(`${id}: input has shape [] but should be [N D]`);
  const count = keys.shape[0] ?? 0;
  checkShape({ id, name: 'keys' }, keys.shape, [count, length], '[K D]');
  const outer = input.shape.slice(0, -1);
  checkShape({ id, name: 'target' }, shape, outer, outer.length > 0 ? '[N]' : '');
  const target = Array.from(data as ArrayLike<number | bigint>, Number);
  for (const [n, y] of target.entries())
    if (!(y >= 0 && y < count))
      throw new RangeError(`${id}: target[${n}] is ${y} but should be a key in [0, ${count})`);
  return {
    ...{ target, outer, shapes: { input: input.shape, keys: keys.shape } },
    queries: rowsOf(input.data, length),
    keys: rowsOf(keys.data, length),
  };
}

export const infoNce = operator<Inputs, Params, Gradients>({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  inputs: ['input', 'keys', 'target'],
  differentiable: ['input', 'keys'],
  parameters: { reduction, temperature: number({ default: 0.1, min: 2 ** -1022 }) },
  plan,
});
