/**
 * # Losses of the probability of a row's class
 *
 *     ℓ = w_y f(p_y),   p = softmax(x),   z = x_y − ln Σ e^(x_k) over k ≠ y
 *     ∂ℓ/∂x_y = w_y ∂f/∂z,   ∂ℓ/∂x_j = −w_y ∂f/∂z · softmax of the others
 *
 * f gets 1 − p_y as a sum and −ln p_y apart, which keep the digits of a confident row. Samples whose
 * class is `ignoreIndex` count nothing; mean divides by Σ w_y of the others.
 */
import { classesOf, classWeights, samplesOf } from './classification.ts';
import { exp, log, log1p } from './math/float64.ts';
import { scaled, sum } from './math/scaled.ts';
import {
  complement,
  logProbability,
  others,
  probability,
  type Row,
  readRow,
} from './math/softmax.ts';
import { type Operator, operator, type Plan } from './operator.ts';
import { integer, type Parameters } from './parameters.ts';
import { type Reduction, reduced, reduction } from './reduction.ts';
import type { Classes, Floats } from './tensor.ts';

export interface Inputs {
  readonly input: Floats;
  readonly target: Classes;
  readonly weight?: Floats | undefined;
}
export interface Gradients {
  readonly input: Floats;
}
export interface Common {
  readonly reduction: Reduction;
  readonly ignoreIndex: number;
}

/** Of the class of a row. */
export interface Chance {
  readonly p: number;
  /** 1 − p */
  readonly rest: number;
  /** −ln p */
  readonly surprise: number;
}

/** (1 − p)^γ, of whichever of p and 1 − p has all digits. */
export const focus = ({ p, rest }: Chance, gamma: number): number =>
  gamma === 0 ? 1 : exp(gamma * (p < 0.5 ? log1p(-p) : log(rest)));

interface Description<P> {
  readonly id: string;
  /** Beside `reduction` and `ignoreIndex`. */
  readonly parameters: Parameters<P>;
  readonly f: (of: Chance, params: P) => number;
  /** ∂f/∂z */
  readonly slope: (of: Chance, params: P) => number;
}

const chanceOf = (row: Row, y: number): Chance => ({
  p: probability(row, y),
  rest: complement(row, y),
  surprise: -logProbability(row, y),
});

export function marginLoss<P extends object>({
  id,
  parameters,
  f,
  slope,
}: Description<P>): Operator<Inputs, P & Common, Gradients> {
  return operator<Inputs, P & Common, Gradients>({
    id,
    inputs: ['input', 'target', 'weight'],
    differentiable: ['input'],
    parameters: { ...parameters, reduction, ignoreIndex: integer(-100) } as Parameters<P & Common>,
    plan({ input, target, weight }, params): Plan<Gradients> {
      const samples = samplesOf(id, input);
      const { x, rows, at, shape, outer } = samples;
      const y = classesOf(id, target, samples, params.ignoreIndex);
      const w = classWeights(id, weight, samples);
      const powers = new Float64Array(rows.length);
      const rowOf = (s: number) => readRow(x, rows.start(s), rows.stride, powers);
      return reduced<Gradients>(
        {
          ...{ shape: outer, count: rows.count, shapes: { input: shape } },
          value: (s) => (y[s]! < 0 ? 0 : scaled(w(y[s]!), f(chanceOf(rowOf(s), y[s]!), params))),
          denominator: () => sum(rows.count, (s) => (y[s]! < 0 ? 0 : w(y[s]!))),
          gradient(s, share, out) {
            const c = y[s]!;
            if (c < 0) return;
            const row = rowOf(s);
            const own = w(c) * slope(chanceOf(row, c), params);
            const [rest] = others(row, c);
            for (let j = 0; j < rows.length; j++) {
              const pushed = rest === 0 ? 0 : (-own * row.e[j]!) / rest;
              out.input[at(s, j)] = share(j === c ? own : pushed);
            }
          },
        },
        params.reduction,
      );
    },
  });
}
