/**
 * # Poisson NLL loss
 *
 *     ℓ(x, t) = eˣ − t x,           ∂ℓ/∂x = eˣ − t,      ∂ℓ/∂t = −x          logInput = true
 *               x − t ln y,         ∂ℓ/∂x = 1 − t/y,     ∂ℓ/∂t = −ln y       y = x + eps
 *
 * and with full, where t > 1, also t ln t − t + ½ ln 2πt. y < 0 gives NaN. A target of 0 silences −∞,
 * and what is infinite alone costs the limit: x = ∞, and t = ∞ with full. y is a sum of two float64:
 * next to 1 all that is left of ln y may be what its rounding left out.
 */
import { type Answer, elementKernels, elementLoss } from '../element-loss.ts';
import { type Double, twoSum } from '../kernel/double.ts';
import { constant, type Expression } from '../kernel/expression.ts';
import { exp as expKernel } from '../math/exp.ts';
import { exp, log } from '../math/float64.ts';
import { log as logKernel } from '../math/log.ts';
import { scaled } from '../math/scaled.ts';
import { flag, number } from '../parameters.ts';

const id = 'poisson-nll-loss';

interface Params {
  readonly logInput: boolean;
  readonly full: boolean;
  readonly eps: number;
}

/** e^±400 times any two float32 is beyond all float32. */
const REACH = 400;
/** The least normal float64: below, the kernel of ln is some number. */
const LEAST = 2 ** -1022;
/** ½ ln 2π */
const HALF_LN_TAU = 0.9189385332046727;

type Pair = { readonly [part in 'loss' | 'input' | 'target']: Expression };

const ofLogarithm = (x: Expression, t: Expression): Pair => {
  const e = expKernel(x.max(-REACH).min(REACH), false);
  return { loss: e.minus(t.times(x)), input: e.minus(t), target: x.neg() };
};

/** x + eps − y, where y is that sum as it is rounded. */
const lostOf = (x: Expression, eps: Expression, y: Expression): Expression => {
  const added = y.minus(x);
  return x.minus(y.minus(added)).plus(eps.minus(added));
};

const ofRate = (x: Expression, t: Expression, eps: Expression): Pair => {
  const y = x.plus(eps);
  const whole = logKernel(y, false).plus(lostOf(x, eps, y).div(y));
  const log = y.ifLess(LEAST, NaN, whole);
  return { loss: x.minus(t.times(log)), input: constant(1).minus(t.div(y)), target: log.neg() };
};

/** Adds Stirling's formula where t > 1. */
const filled = ({ loss, input, target }: Pair, t: Expression): Pair => {
  const far = t.max(1);
  const log = logKernel(far, false);
  const more = far.plus(0.5).times(log).minus(far).plus(HALF_LN_TAU);
  const slope = log.plus(constant(0.5).div(far));
  const isFar = (yes: Expression) => constant(1).ifLess(t, yes, 0);
  return { loss: loss.plus(isFar(more)), input, target: target.plus(isFar(slope)) };
};

const result = ({ loss, input, target }: Pair) => ({ loss, slopes: { input, target } });

const poissonNllLossKernels = {
  logarithm: elementKernels(id, (x, t) => result(ofLogarithm(x, t))),
  fullLogarithm: elementKernels(`${id}, full`, (x, t) => result(filled(ofLogarithm(x, t), t))),
  rate: elementKernels(`${id} of rates`, (x, t, { eps }) => result(ofRate(x, t, eps)), ['eps']),
  fullRate: elementKernels(
    `${id} of rates, full`,
    (x, t, { eps }) => result(filled(ofRate(x, t, eps), t)),
    ['eps'],
  ),
};

function special(x: number, t: number, { logInput, full, eps }: Params): Answer {
  const y = logInput ? undefined : twoSum(x, eps);
  const { loss, input, target } = coreAt(x, t, y);
  if (!full || !(t > 1)) return { loss, input, target };
  if (t === Infinity) {
    const isPlain = Number.isFinite(x) && (y === undefined || y[0] > 0);
    return isPlain
      ? { loss: Infinity, input: -Infinity, target: Infinity }
      : { loss, input, target };
  }
  const more = t * log(t) - t + log(t) / 2 + HALF_LN_TAU;
  return { loss: loss + more, input, target: target + log(t) + 1 / (2 * t) };
}

/** y is undefined where x is a logarithm. */
function coreAt(x: number, t: number, y: Double | undefined): Answer {
  if (x === Infinity && Number.isFinite(t))
    return { loss: Infinity, input: y === undefined ? Infinity : 1, target: -Infinity };
  if (y === undefined) return { loss: exp(x) - scaled(t, x), input: exp(x) - t, target: -x };
  if (y[0] < 0) return { loss: NaN, input: NaN, target: NaN };
  const ratio = t === 0 && !Number.isNaN(y[0]) ? 0 : t / y[0];
  const lnOf = logOf(y);
  return { loss: x - scaled(t, lnOf), input: 1 - ratio, target: -lnOf };
}

/** 2¹⁰⁰ makes what is subnormal normal. */
const logOf = ([y, lost]: Double): number => {
  if (y > 0 && y < LEAST) return log(y * 2 ** 100) - 100 * Math.LN2;
  return lost === 0 || !Number.isFinite(y) ? log(y) : log(y) + lost / y;
};

export const poissonNllLoss = elementLoss<Params>({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  parameters: {
    logInput: flag(true),
    full: flag(false),
    eps: number({ default: 1e-8, min: 0, max: 1 }),
  },
  kernels: poissonNllLossKernels,
  which: ({ logInput, full }) =>
    logInput ? (full ? 'fullLogarithm' : 'logarithm') : full ? 'fullRate' : 'rate',
  special,
});
