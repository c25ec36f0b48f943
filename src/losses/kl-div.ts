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
import { exp, log } from '../math/float64.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { choice, flag } from '../parameters.ts';
import { pairOf } from '../pointwise.ts';
import { reduced } from '../reduction.ts';
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
  const terms = {
    shape,
    count: x.length,
    value: (i: number) => form.value(x[i]!, t[i]!),
    denominator: () => (reduction === 'batchmean' ? (shape[0] ?? 1) : x.length),
    shapes: { input: shape, target: shape },
  };
  const gradient: Parameters<typeof reduced<Inputs>>[0]['gradient'] = (i, share, out) => {
    out.input[i] = share(form.slope(t[i]!));
    out.target[i] = share(form.targetSlope(x[i]!, t[i]!));
  };
  return reduced<Inputs>({ ...terms, gradient }, reduction);
}

export const klDiv = operator<Inputs, Params, Inputs>({
  id,
  inputs: ['input', 'target'],
  differentiable: ['input', 'target'],
  parameters: {
    reduction: choice<Params['reduction']>('mean', 'sum', 'none', 'batchmean'),
    logTarget: flag(false),
  },
  plan,
});
