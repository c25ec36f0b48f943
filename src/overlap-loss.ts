/**
 * # Losses of two sets that should overlap
 *
 *     ℓ = W/D,   W = a Σ p (1 − t) + b Σ t (1 − p),   D = R + W,   R = r Σ p t + s
 *     ∂ℓ/∂p = (a (1 − t) R − t (b R + r W)) / D²
 *
 * for each class of each sample, [N C *]; in t the same with p and t, a and b exchanged. p and t are
 * in [0, 1], so that nothing cancels in ℓ. mean divides by the number of samples times classes.
 */
import { checkFloats, checkProbabilities, checkShape } from './check.ts';
import { sum } from './math/scaled.ts';
import { type Operator, operator, type Plan } from './operator.ts';
import type { Parameters } from './parameters.ts';
import { type Reduction, reduced, reduction } from './reduction.ts';
import { type Floats, showShape, sizeOf } from './tensor.ts';

export interface Pair {
  readonly input: Floats;
  readonly target: Floats;
}
export interface Common {
  readonly reduction: Reduction;
}
interface Weights {
  readonly a: number;
  readonly b: number;
  readonly r: number;
  readonly s: number;
}

interface Description<P> {
  readonly id: string;
  /** Beside `reduction`. */
  readonly parameters: Parameters<P>;
  readonly weights: (params: P) => Weights;
}

function checked(id: string, { input, target }: Pair): Pair {
  const p = checkFloats({ id, name: 'input' }, input);
  if (p.shape.length < 2) {
    throw new RangeError(`${id}: input has shape ${showShape(p.shape)} but should be [N C *]`);
  }
  const t = checkFloats({ id, name: 'target' }, target);
  checkShape({ id, name: 'target' }, t.shape, p.shape, '[N C *]');
  checkProbabilities({ id, name: 'input' }, p.data);
  checkProbabilities({ id, name: 'target' }, t.data);
  return { input: p, target: t };
}

export function overlapLoss<P extends object>({
  id,
  parameters,
  weights,
}: Description<P>): Operator<Pair, P & Common, Pair> {
  return operator<Pair, P & Common, Pair>({
    id,
    accuracy: { value: 'A', gradient: 'B' },
    inputs: ['input', 'target'],
    differentiable: ['input', 'target'],
    parameters: { ...parameters, reduction } as Parameters<P & Common>,
    plan: (inputs, params) => planOf(checked(id, inputs), weights(params), params.reduction),
  });
}

function planOf({ input, target }: Pair, weights: Weights, how: Reduction): Plan<Pair> {
  const { shape } = input;
  const outer = shape.slice(0, 2);
  const count = sizeOf(outer);
  const size = sizeOf(shape.slice(2));
  const set = (s: number) => setOf(input.data, target.data, s * size, size, weights);
  return reduced<Pair>(
    {
      ...{ shape: outer, count, shapes: { input: shape, target: shape } },
      value(s) {
        const { wrong, whole } = set(s);
        return wrong / whole;
      },
      denominator: () => count,
      gradient(s, share, out) {
        const { slopes } = set(s);
        for (let i = 0; i < size; i++) {
          const slope = slopes(i);
          out.input[s * size + i] = share(slope.input);
          out.target[s * size + i] = share(slope.target);
        }
      },
    },
    how,
  );
}

function setOf(
  p: Float32Array,
  t: Float32Array,
  start: number,
  size: number,
  { a, b, r, s }: Weights,
) {
  const over = (f: (p: number, t: number) => number): number =>
    sum(size, (i) => f(p[start + i]!, t[start + i]!));
  const wrong = over((p, t) => a * (p * (1 - t)) + b * (t * (1 - p)));
  const right = r * over((p, t) => p * t) + s;
  const whole = right + wrong;
  const slope = (t: number, a: number, b: number): number =>
    (a * (1 - t) * right - t * (b * right + r * wrong)) / (whole * whole);
  const slopes = (i: number) => {
    const [pi, ti] = [p[start + i]!, t[start + i]!];
    return { input: slope(ti, a, b), target: slope(pi, b, a) };
  };
  return { wrong, whole, slopes };
}
