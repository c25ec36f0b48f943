/**
 * # KL divergence of given log-probabilities
 *
 *     ℓ(x, t) = t (ln t − x),   ∂ℓ/∂x = −t,   ∂ℓ/∂t = ln t + 1 − x            logTarget = false
 *               eᵗ (t − x),     ∂ℓ/∂x = −eᵗ,  ∂ℓ/∂t = eᵗ (t − x + 1)          logTarget = true
 *
 * A probability of 0 contributes 0, also where x is −∞. The slope in t = 0 is −∞, and NaN beside x
 * = −∞; in t = −∞ of logTarget it is 0. A negative target gives NaN. mean divides by the number of
 * elements, batchmean by the length of the first axis.
 */
import { exp as expKernel } from '../math/exp.ts';
import { exp, log } from '../math/float64.ts';
import { log as logKernel } from '../math/log.ts';
import { type PairFormulas, pairKernels } from '../math/pair-kernels.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { pairLoss } from '../pair-loss.ts';
import { choice, flag } from '../parameters.ts';
import { pairOf } from '../pointwise.ts';
import type { Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Floats;
}
interface Params {
  readonly reduction: 'mean' | 'sum' | 'none' | 'batchmean';
  readonly logTarget: boolean;
}

const id = 'kl-div';

/** The kernel of ln 0 is some number. */
const probabilities: PairFormulas = (x, t) => {
  const log = logKernel(t, false, true).ahead();
  return {
    loss: t.ifLess(0, NaN, t.times(log.minus(x))),
    slopes: { input: t.neg(), target: t.ifLess(LEAST, -Infinity, log.plus(1).minus(x)) },
    usual: t.ifLess(0, NaN, t.plus(x)),
  };
};
const LEAST = 2 ** -149;

const logarithms: PairFormulas = (x, t) => {
  const e = expKernel(t.max(-REACH).min(REACH), false);
  return {
    loss: e.times(t.minus(x)),
    slopes: { input: e.neg(), target: e.times(t.minus(x).plus(1)) },
  };
};
/** e^±400 times any two float32 is beyond all float32. */
const REACH = 400;

const klDivKernels = {
  probabilities: pairKernels(`${id} of probabilities`, probabilities),
  logarithms: pairKernels(`${id} of logarithms`, logarithms),
};

interface Form {
  readonly value: (x: number, t: number) => number;
  readonly slope: (t: number) => number;
  readonly targetSlope: (x: number, t: number) => number;
}

const ofProbabilities: Form = {
  value(x, t) {
    if (t > 0 && t < Infinity) return t * (log(t) - x);
    const entropy = t === 0 ? 0 : t * log(t);
    return entropy - scaled(t, x);
  },
  slope: (t) => (t < 0 ? NaN : -t),
  targetSlope: (x, t) => log(t) + 1 - x,
};

/** eᵗ = 0 silences even ∞ − ∞. */
const ofLogarithms: Form = {
  value: (x, t) => (t === -Infinity && !Number.isNaN(x) ? 0 : exp(t) * (t - x)),
  slope: (t) => -exp(t),
  targetSlope: (x, t) => (t === -Infinity && !Number.isNaN(x) ? 0 : exp(t) * (t - x + 1)),
};

function plan({ input, target }: Inputs, { reduction, logTarget }: Params): Plan<Inputs> {
  const { shape, x, t } = pairOf(id, input, target);
  const form = logTarget ? ofLogarithms : ofProbabilities;
  return pairLoss(
    {
      shape,
      x,
      t,
      run: (logTarget ? klDivKernels.logarithms : klDivKernels.probabilities).run,
      denominator: reduction === 'batchmean' ? (shape[0] ?? 1) : x.length,
      value: (i) => form.value(x[i]!, t[i]!),
      slopes: {
        input: (i) => form.slope(t[i]!),
        target: (i) => form.targetSlope(x[i]!, t[i]!),
      },
    },
    reduction,
  );
}

export const klDiv = operator<Inputs, Params, Inputs>({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  inputs: ['input', 'target'],
  differentiable: ['input', 'target'],
  parameters: {
    reduction: choice<Params['reduction']>('mean', 'sum', 'none', 'batchmean'),
    logTarget: flag(false),
  },
  kernels: Object.values(klDivKernels).flatMap(({ all }) => all),
  plan,
});
