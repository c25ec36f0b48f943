/**
 * # Cross-entropy
 *
 *     ℓ(x, y) = −Σ_c a_c ln p_c,   p = softmax(x)
 *     a_c = w_c ((1 − ε) q_c + ε/C)
 *     ∂ℓ/∂x_i = p_i Σ a_c over c ≠ i − a_i (1 − p_i)
 *     ∂ℓ/∂q_c = −w_c (1 − ε) ln p_c
 *
 * An integer target names a class, q = [c = y]; a real one is q. mean divides by Σ w_y over the
 * targets that are not ignored, smoothing or not, and with distributions by the number of samples.
 */
import {
  classesOf,
  classWeights,
  distributionsOf,
  holdsClasses,
  type Samples,
  samplesOf,
} from '../classification.ts';
import { scaled, sum } from '../math/scaled.ts';
import { logProbability, pullBack, type Row, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduced, reduction, type Terms } from '../reduction.ts';
import type { Classes, Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Classes | Floats;
  readonly weight?: Floats | undefined;
}
interface Params {
  readonly reduction: Reduction;
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;
}
interface Gradients {
  readonly input: Floats;
  /** Where the target is a distribution. */
  readonly target?: Floats;
}

const id = 'cross-entropy';

/** A target of either kind. */
interface Target {
  readonly ignores: (s: number) => boolean;
  /** q_c */
  readonly q: (s: number, c: number) => number;
  /** What a sample adds to the denominator of mean. */
  readonly part: (s: number) => number;
}

function targetOf({ target, weight }: Inputs, samples: Samples, ignoreIndex: number): Target {
  if (!holdsClasses(target)) return distribution(target as Floats, samples, ignoreIndex);
  const w = classWeights(id, weight, samples);
  const y = classesOf(id, target, samples, ignoreIndex);
  const ignores = (s: number) => y[s]! < 0;
  const q = (s: number, c: number) => (y[s] === c ? 1 : 0);
  return { ignores, q, part: (s) => (ignores(s) ? 0 : w(y[s]!)) };
}

function distribution(target: Floats, samples: Samples, ignoreIndex: number): Target {
  const data = distributionsOf(id, target, samples);
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  return { ignores: () => false, q: (s, c) => data[samples.at(s, c)]!, part: () => 1 };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, inputs.input);
  const { rows, shape, outer } = samples;
  const target = targetOf(inputs, samples, params.ignoreIndex);
  const isDistribution = !holdsClasses(inputs.target);
  const w = classWeights(id, inputs.weight, samples);
  return reduced<Gradients>(
    {
      shape: outer,
      count: rows.count,
      denominator: () => sum(rows.count, target.part),
      shapes: { input: shape, ...(isDistribution && { target: shape }) },
      ...termOf(samples, target, letters(samples, target, w, params.labelSmoothing)),
    },
    params.reduction,
  );
}

/** The letters of the formula for sample s and class c. */
function letters({ x, rows }: Samples, { q }: Target, w: (c: number) => number, epsilon: number) {
  const e = new Float64Array(rows.length);
  const sharp = (c: number) => w(c) * (1 - epsilon);
  const surprise = (row: Row, c: number) => -logProbability(row, c);
  return {
    row: (s: number) => readRow(x, rows.start(s), rows.stride, e),
    a: (s: number, c: number) => w(c) * (scaled(1 - epsilon, q(s, c)) + epsilon / rows.length),
    /** −ln p_c */
    surprise,
    /** ∂ℓ/∂q_c; a weight of 0 silences even a row without softmax. */
    slope: (row: Row, c: number) => (w(c) === 0 ? 0 : scaled(sharp(c), surprise(row, c))),
  };
}

function termOf(
  samples: Samples,
  target: Target,
  { row, a, surprise, slope }: ReturnType<typeof letters>,
): Pick<Terms<Gradients>, 'value' | 'gradient'> {
  const { rows, at } = samples;
  const value = (s: number): number => {
    if (target.ignores(s)) return 0;
    const read = row(s);
    return sum(rows.length, (c) => scaled(a(s, c), surprise(read, c)));
  };
  const gradient: Terms<Gradients>['gradient'] = (s, share, out) => {
    // Where the weights add up to 0 the mean is no function: share(0) is 0/0.
    const shared = Number.isNaN(share(0)) ? () => NaN : share;
    const read = row(s);
    const slopes = pullBack(read, (c) => -a(s, c));
    for (let c = 0; c < rows.length; c++) {
      out.input[at(s, c)] = target.ignores(s) ? 0 : shared(slopes(c));
    }
    for (let c = 0; out.target && c < rows.length; c++) {
      out.target[at(s, c)] = share(slope(read, c));
    }
  };
  return { value, gradient };
}

export const crossEntropy = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'target', 'weight'],
  differentiable: ['input', 'target'],
  parameters: {
    reduction,
    ignoreIndex: integer(-100),
    labelSmoothing: number({ default: 0, min: 0, max: 1 }),
  },
  plan,
});
