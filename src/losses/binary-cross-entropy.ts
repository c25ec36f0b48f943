/**
 * # Binary cross-entropy of a probability
 *
 *     ℓ(x, t) = −w (t max(ln x, −100) + (1 − t) max(ln(1 − x), −100))
 *     ∂ℓ/∂x = w (x − t)/(x (1 − x)),   a clamped logarithm having the slope 0
 *     ∂ℓ/∂t = w (max(ln(1 − x), −100) − max(ln x, −100))
 *
 * The gradient has no floor under x (1 − x). mean divides by the number of elements, weights or
 * not.
 */
import { checkProbabilities } from '../check.ts';
import { log, log1p } from '../math/float64.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { pairOf, weightOf } from '../pointwise.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Floats;
  readonly weight?: Floats | undefined;
}
interface Params {
  readonly reduction: Reduction;
}
interface Gradients {
  readonly input: Floats;
  readonly target: Floats;
}

const id = 'binary-cross-entropy';
const CLAMP = -100;

const value = (x: number, t: number): number =>
  -(t * Math.max(log(x), CLAMP) + (1 - t) * Math.max(log1p(-x), CLAMP));

function slope(x: number, t: number): number {
  if (x === 1) return -t;
  return log(x) < CLAMP ? (1 - t) / (1 - x) : (x - t) / (x * (1 - x));
}

/** Near ½, where the logarithms cancel, that of (1 − x)/x = 1 + (1 − 2x)/x. */
function targetSlope(x: number): number {
  if (x > 0.4 && x < 0.6) return log1p((1 - 2 * x) / x);
  return Math.max(log1p(-x), CLAMP) - Math.max(log(x), CLAMP);
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const { shape, x, t } = pairOf(id, inputs.input, inputs.target);
  checkProbabilities({ id, name: 'input' }, x);
  checkProbabilities({ id, name: 'target' }, t);
  const w = weightOf(id, 'weight', inputs.weight, shape) ?? (() => 1);
  return reduced<Gradients>(
    {
      shape,
      count: x.length,
      value: (i) => scaled(w(i), value(x[i]!, t[i]!)),
      denominator: () => x.length,
      shapes: { input: shape, target: shape },
      gradient(i, share, out) {
        out.input[i] = share(scaled(w(i), slope(x[i]!, t[i]!)));
        out.target[i] = share(scaled(w(i), targetSlope(x[i]!)));
      },
    },
    params.reduction,
  );
}

export const binaryCrossEntropy = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'target', 'weight'],
  differentiable: ['input', 'target'],
  parameters: { reduction },
  plan,
});
