/**
 * # Losses of one row and its class
 *
 * No class is ignored, and mean divides by the number of samples.
 */
import { classesOf, samplesOf } from './classification.ts';
import { type Row, readRow } from './math/softmax.ts';
import { type Operator, operator } from './operator.ts';
import type { Parameters } from './parameters.ts';
import { type Reduction, reduced } from './reduction.ts';
import type { Classes, Floats } from './tensor.ts';

export interface Inputs {
  readonly input: Floats;
  readonly target: Classes;
}
export interface Gradients {
  readonly input: Floats;
}

interface Description<P> {
  readonly id: string;
  readonly parameters: Parameters<P>;
  /** ℓ of a row. */
  readonly term: (row: Row, y: number, params: P) => number;
  /** ∂ℓ/∂x_j of a row. */
  readonly slopes: (row: Row, y: number, params: P) => (j: number) => number;
}

export function classLoss<P extends { readonly reduction: Reduction }>({
  id,
  parameters,
  term,
  slopes,
}: Description<P>): Operator<Inputs, P, Gradients> {
  return operator<Inputs, P, Gradients>({
    id,
    inputs: ['input', 'target'],
    differentiable: ['input'],
    parameters,
    plan({ input, target }, params) {
      const samples = samplesOf(id, input);
      const { x, rows, at, shape, outer } = samples;
      const y = classesOf(id, target, samples);
      const e = new Float64Array(rows.length);
      const row = (s: number) => readRow(x, rows.start(s), rows.stride, e);
      return reduced<Gradients>(
        {
          shape: outer,
          count: rows.count,
          value: (s) => term(row(s), y[s]!, params),
          denominator: () => rows.count,
          shapes: { input: shape },
          gradient(s, share, out) {
            const slope = slopes(row(s), y[s]!, params);
            for (let c = 0; c < rows.length; c++) out.input[at(s, c)] = share(slope(c));
          },
        },
        params.reduction,
      );
    },
  });
}
