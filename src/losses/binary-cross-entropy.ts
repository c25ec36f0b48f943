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
import { constant } from '../kernel/expression.ts';
import { log, log1p } from '../math/float64.ts';
import { log as logKernel, logOfComplement } from '../math/log.ts';
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
/** e^−100, where no float32 is near. */
const CLAMPED = 3.7200759760208e-44;

/**
 * The kernels of ln 0 are some number far below the clamp, but not those of ln −0. Near ½, where
 * the logarithms cancel, their difference is 2 artanh(1 − 2x).
 */
const formulas: PairFormulas = (x, t) => {
  const [y, s] = [constant(1).minus(x), constant(1).minus(t)];
  const p = logKernel(x.abs(), false).max(CLAMP);
  const q = logOfComplement(x, false).max(CLAMP);
  const above = x.ifLess(1, x.ifLess(CLAMPED, s, x.minus(t)), t.neg());
  const below = x.ifLess(1, x.ifLess(CLAMPED, y, x.times(y)), 1);
  const middle = x.minus(0.5).abs();
  return {
    loss: t.times(p).plus(s.times(q)).neg(),
    slopes: {
      input: above.div(below),
      target: middle.ifLess(0.15, artanhTwice(constant(1).minus(x.times(2)), false), q.minus(p)),
    },
  };
};
const binaryCrossEntropyKernels = pairKernels(id, formulas);

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
  const w = weightOf(id, 'weight', inputs.weight, shape);
  const weight = w ?? (() => 1);
  return pairLoss(
    {
      shape,
      x,
      t,
      w,
      run: binaryCrossEntropyKernels.run,
      denominator: x.length,
      value: (i) => scaled(weight(i), value(x[i]!, t[i]!)),
      slopes: {
        input: (i) => scaled(weight(i), slope(x[i]!, t[i]!)),
        target: (i) => scaled(weight(i), targetSlope(x[i]!)),
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
  kernels: binaryCrossEntropyKernels.all,
  plan,
});
