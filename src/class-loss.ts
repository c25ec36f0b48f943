/**
 * # Losses of one row and its class
 *
 * No class is ignored, and mean divides by the number of samples. Rows that the kernels refuse are
 * computed by `term` and `slopes`.
 */
import { classesOf, samplesOf } from './classification.ts';
import type { Pair } from './math/cross-entropy.ts';
import { type Row, readRow } from './math/softmax.ts';
import { type Accuracy, type Operator, operator } from './operator.ts';
import type { Parameters } from './parameters.ts';
import type { Reduction } from './reduction.ts';
import { rowLoss, runners } from './row-loss.ts';
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
  readonly accuracy?: Accuracy | undefined;
  readonly parameters: Parameters<P>;
  readonly kernels: Pair;
  /** What the kernels take beside logits and class. */
  readonly scalars: (params: P) => Readonly<Record<string, number>>;
  /** ℓ of a row. */
  readonly term: (row: Row, y: number, params: P) => number;
  /** ∂ℓ/∂x_j of a row. */
  readonly slopes: (row: Row, y: number, params: P) => (j: number) => number;
}

export function classLoss<P extends { readonly reduction: Reduction }>({
  id,
  accuracy,
  parameters,
  kernels,
  scalars,
  term,
  slopes,
}: Description<P>): Operator<Inputs, P, Gradients> {
  const run = runners(kernels);
  return operator<Inputs, P, Gradients>({
    ...{ id, accuracy },
    inputs: ['input', 'target'],
    differentiable: ['input'],
    parameters,
    kernels: [kernels.value, kernels.gradient],
    plan({ input, target }, params) {
      const samples = samplesOf(id, input);
      const { x, rows, shape, outer } = samples;
      const y = classesOf(id, target, samples);
      return rowLoss<Gradients>(
        {
          ...{ rows, shape: outer, run, inputs: { x }, scalars: scalars(params), y },
          denominator: () => rows.count,
          slowly(s) {
            const row = readRow(x, rows.start(s), rows.stride, new Float64Array(rows.length));
            return {
              loss: () => term(row, y[s]!, params),
              slopes: { input: slopes(row, y[s]!, params) },
            };
          },
        },
        { input: shape },
        params.reduction,
      );
    },
  });
}
