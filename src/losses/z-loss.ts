/**
 * # z-loss
 *
 *     ℓ = c (ln Z)²,   ∂ℓ/∂x_i = 2c ln Z softmax(x)_i,   Z = Σ eˣ
 *
 * Where ln Z is infinite the gradient is NaN, but 0 if c is. mean divides by the number of rows.
 */
import { logTotal } from '../activations/log-sum-exp.ts';
import { samplesOf } from '../classification.ts';
import { scaled } from '../math/scaled.ts';
import { probability, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { number } from '../parameters.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
}
interface Params {
  readonly reduction: Reduction;
  readonly coefficient: number;
}

const id = 'z-loss';

function plan({ input }: Inputs, params: Params): Plan<Inputs> {
  const { x, rows, at, shape, outer } = samplesOf(id, input);
  const c = params.coefficient;
  const powers = new Float64Array(rows.length);
  const rowOf = (s: number) => readRow(x, rows.start(s), rows.stride, powers);
  return reduced<Inputs>(
    {
      ...{ shape: outer, count: rows.count, shapes: { input: shape } },
      value: (s) => scaled(c, logTotal(rowOf(s)) ** 2),
      denominator: () => rows.count,
      gradient(s, share, out) {
        const row = rowOf(s);
        const z = logTotal(row);
        const isSilent = c === 0 && !Number.isNaN(z);
        for (let i = 0; i < rows.length; i++)
          out.input[at(s, i)] = share(isSilent ? 0 : 2 * c * z * probability(row, i));
      },
    },
    params.reduction,
  );
}

export const zLoss = operator<Inputs, Params, Inputs>({
  id,
  inputs: ['input'],
  differentiable: ['input'],
  parameters: { reduction, coefficient: number({ default: 1e-4, min: 0 }) },
  plan,
});
