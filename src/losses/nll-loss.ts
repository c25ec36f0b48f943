/**
 * # NLL loss: negative log-likelihood of given log-probabilities
 *
 *     ℓ(x, y) = −w_y x_y        for y ≠ ignoreIndex, else 0
 *
 * mean divides by Σ w_y over the targets that are not ignored.
 */
import { classesOf, classWeights, samplesOf } from '../classification.ts';
import { scaled, sum } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { integer } from '../parameters.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Classes, Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Classes;
  readonly weight?: Floats | undefined;
}
interface Params {
  readonly reduction: Reduction;
  readonly ignoreIndex: number;
}
interface Gradients {
  readonly input: Floats;
}

const id = 'nll-loss';

function plan({ input, target, weight }: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, input);
  const { x, rows, at, shape, outer } = samples;
  const y = classesOf(id, target, samples, params.ignoreIndex);
  const w = classWeights(id, weight, samples);
  const count = rows.count;
  return reduced<Gradients>(
    {
      shape: outer,
      count,
      value: (s) => (y[s]! < 0 ? 0 : -scaled(w(y[s]!), x[at(s, y[s]!)]!)),
      denominator: () => sum(count, (s) => (y[s]! < 0 ? 0 : w(y[s]!))),
      shapes: { input: shape },
      gradient(s, share, out) {
        const c = y[s]!;
        if (c >= 0) out.input[at(s, c)] = share(-w(c));
      },
    },
    params.reduction,
  );
}

export const nllLoss = operator<Inputs, Params, Gradients>({
  id,
  accuracy: { value: 'B', gradient: 'A' },
  inputs: ['input', 'target', 'weight'],
  differentiable: ['input'],
  parameters: { reduction, ignoreIndex: integer(-100) },
  plan,
});
