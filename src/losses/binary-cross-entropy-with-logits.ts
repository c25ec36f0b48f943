/**
 * # Binary cross-entropy of a logit
 *
 *     ℓ(x, t) = w (v t ln(1 + e⁻ˣ) + (1 − t) ln(1 + eˣ)),   v = posWeight
 *     ∂ℓ/∂x = w ((1 − t) σ(x) − v t σ(−x))
 *     ∂ℓ/∂t = w (v ln(1 + e⁻ˣ) − ln(1 + eˣ))
 *
 * No clamp: at x = −200, t = 1 it is 200. mean divides by the number of elements, weights or not.
 */
import { exp, log1p, softplus } from '../math/float64.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { pairOf, weightOf } from '../pointwise.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Floats;
  readonly weight?: Floats | undefined;
  readonly posWeight?: Floats | undefined;
}
interface Params {
  readonly reduction: Reduction;
}
interface Gradients {
  readonly input: Floats;
  readonly target: Floats;
}

const id = 'binary-cross-entropy-with-logits';

const value = (x: number, t: number, v: number): number =>
  scaled(v * t, softplus(-x)) + scaled(1 - t, softplus(x));

/** With z = e^−|x|, one of σ(x) and σ(−x) is 1/(1 + z) and the other z/(1 + z). */
function slope(x: number, t: number, v: number): number {
  const z = exp(-Math.abs(x));
  const [no, yes] = x < 0 ? [z, 1] : [1, z];
  return (scaled(no, 1 - t) - scaled(yes, v * t)) / (1 + z);
}

/** ln(1 + e^∓x) is L or L ± x with one L: for v = 1 this is exactly −x. */
function targetSlope(x: number, v: number): number {
  const common = scaled(v - 1, log1p(exp(-Math.abs(x))));
  return common - (x < 0 ? scaled(v, x) : x);
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const { shape, x, t } = pairOf(id, inputs.input, inputs.target);
  const w = weightOf(id, 'weight', inputs.weight, shape);
  const v = weightOf(id, 'posWeight', inputs.posWeight, shape);
  return reduced<Gradients>(
    {
      shape,
      count: x.length,
      value: (i) => scaled(w(i), value(x[i]!, t[i]!, v(i))),
      denominator: () => x.length,
      shapes: { input: shape, target: shape },
      gradient(i, share, out) {
        out.input[i] = share(scaled(w(i), slope(x[i]!, t[i]!, v(i))));
        out.target[i] = share(scaled(w(i), targetSlope(x[i]!, v(i))));
      },
    },
    params.reduction,
  );
}

export const binaryCrossEntropyWithLogits = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'target', 'weight', 'posWeight'],
  differentiable: ['input', 'target'],
  parameters: { reduction },
  plan,
});
