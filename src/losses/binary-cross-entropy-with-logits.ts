/**
 * # Binary cross-entropy of a logit
 *
 *     ℓ(x, t) = w (v t ln(1 + e⁻ˣ) + (1 − t) ln(1 + eˣ)),   v = posWeight
 *     ∂ℓ/∂x = w ((1 − t) σ(x) − v t σ(−x))
 *     ∂ℓ/∂t = w (v ln(1 + e⁻ˣ) − ln(1 + eˣ))
 *
 * No clamp: at x = −200, t = 1 it is 200. mean divides by the number of elements, weights or not.
 */
import { constant, type Expression } from '../kernel/expression.ts';
import { exp as expKernel } from '../math/exp.ts';
import { exp, log1p, softplus } from '../math/float64.ts';
import { artanhTwice } from '../math/log1p.ts';
import { type PairFormulas, pairKernels } from '../math/pair-kernels.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { pairLoss } from '../pair-loss.ts';
import { pairOf, weightOf } from '../pointwise.ts';
import { type Reduction, reduction } from '../reduction.ts';
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

/** e^−400 times weights and a cotangent is below all float32. */
const REACH = 400;

/** z = e^−|x|, 1/(1 + z), and ln(1 + z) = 2 artanh(z/(2 + z)): one division serves both. */
export function tail(x: Expression) {
  const z = expKernel(x.abs().min(REACH).neg().ahead(), false).ahead();
  const [z1, z2] = [z.plus(1), z.plus(2)];
  const r = constant(1).div(z1.times(z2)).ahead();
  return { z, share: z2.times(r), bend: artanhTwice(z.times(z1.times(r)), false) };
}

type Tail = ReturnType<typeof tail>;

/** One of σ(x) and σ(−x) is 1/(1 + z) and the other z/(1 + z). */
const slopeOf = ({ z, share }: Tail, x: Expression, yes: Expression, no: Expression) =>
  x
    .ifLess(0, z, 1)
    .times(no)
    .minus(x.ifLess(0, 1, z).times(yes))
    .times(share);

const plain: PairFormulas = (x, t) => {
  const parts = tail(x);
  return {
    // Both parts have one sign for t in [0, 1]: x t is exact.
    loss: parts.bend.plus(x.max(0).minus(x.times(t))),
    slopes: { input: slopeOf(parts, x, t, constant(1).minus(t)), target: constant(0).minus(x) },
  };
};

const weighted = (x: Expression, t: Expression, v: Expression): ReturnType<PairFormulas> => {
  const parts = tail(x);
  const { bend } = parts;
  const [yes, no] = [v.times(t), constant(1).minus(t)];
  const positive = yes.times(bend.plus(x.neg().max(0)));
  return {
    loss: positive.plus(no.times(bend.plus(x.max(0)))),
    slopes: {
      input: slopeOf(parts, x, yes, no),
      target: v
        .minus(1)
        .times(bend)
        .minus(x.ifLess(0, v.times(x), x)),
    },
  };
};

const formulas: PairFormulas = (x, t, _, v) => (v ? weighted(x, t, v) : plain(x, t, {}, v));
const binaryCrossEntropyWithLogitsKernels = pairKernels(id, formulas);

const value = (x: number, t: number, v: number): number =>
  scaled(v * t, softplus(-x)) + scaled(1 - t, softplus(x));

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
  const [wOf, vOf] = [w ?? one, v ?? one];
  return pairLoss(
    {
      shape,
      x,
      t,
      w,
      v,
      run: binaryCrossEntropyWithLogitsKernels.run,
      denominator: x.length,
      value: (i) => scaled(wOf(i), value(x[i]!, t[i]!, vOf(i))),
      slopes: {
        input: (i) => scaled(wOf(i), slope(x[i]!, t[i]!, vOf(i))),
        target: (i) => scaled(wOf(i), targetSlope(x[i]!, vOf(i))),
      },
    },
    params.reduction,
  );
}

const one = (): number => 1;

export const binaryCrossEntropyWithLogits = operator<Inputs, Params, Gradients>({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  inputs: ['input', 'target', 'weight', 'posWeight'],
  differentiable: ['input', 'target'],
  parameters: { reduction },
  kernels: binaryCrossEntropyWithLogitsKernels.all,
  plan,
});
