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
import { rowRunner, type Task } from '../kernel/rows/run.ts';
import { ofClass, ofDistribution, ofSmoothedClass } from '../math/cross-entropy.ts';
import { scaled, sum } from '../math/scaled.ts';
import { logProbability, pullBack, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduction } from '../reduction.ts';
import { type RowLoss, rowLoss } from '../row-loss.ts';
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

const runners = ({ value, gradient }: typeof ofClass): RowLoss['run'] => ({
  value: rowRunner(value),
  gradient: rowRunner(gradient),
});
const runClass = runners(ofClass);
const runSmoothedClass = runners(ofSmoothedClass);
const runDistribution = runners(ofDistribution);

/** A target of either kind. */
interface Target {
  readonly ignores: (s: number) => boolean;
  /** q_c */
  readonly q: (s: number, c: number) => number;
  /** What a sample adds to the denominator of mean. */
  readonly part: (s: number) => number;
  /** What kernels are given, and which. */
  readonly kernel: Pick<RowLoss, 'run' | 'given'>;
}

function classTarget({ target, weight }: Inputs, samples: Samples, params: Params): Target {
  const { length } = samples.rows;
  const epsilon = params.labelSmoothing;
  const w = classWeights(id, weight, samples);
  const y = classesOf(id, target, samples, params.ignoreIndex);
  const weightOf = (s: number) => (y[s]! < 0 ? 0 : w(y[s]!));
  const indices = { t: (s: number) => Math.max(y[s]!, 0) };
  const sharp = (s: number) => weightOf(s) * (1 - epsilon);
  const columns = { w: weight?.data };
  const kernel: Target['kernel'] =
    epsilon > 0
      ? {
          run: runSmoothedClass,
          given: { indices, columns, scalars: { sharp, flat: () => epsilon / length } },
        }
      : { run: runClass, given: { indices, scalars: { sharp } } };
  return {
    ignores: (s) => y[s]! < 0,
    q: (s, c) => (y[s] === c ? 1 : 0),
    part: weightOf,
    kernel,
  };
}

function distribution({ target, weight }: Inputs, samples: Samples, params: Params): Target {
  const data = distributionsOf(id, target as Floats, samples);
  const { ignoreIndex, labelSmoothing: epsilon } = params;
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  const given: Partial<Task> = {
    ...{ inputs: { q: data }, columns: { w: weight?.data } },
    scalars: { sharp: () => 1 - epsilon, flat: () => epsilon / samples.rows.length },
  };
  return {
    ignores: () => false,
    q: (s, c) => data[samples.at(s, c)]!,
    part: () => 1,
    kernel: { run: runDistribution, given },
  };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, inputs.input);
  const { rows, shape, outer, x } = samples;
  const isDistribution = !holdsClasses(inputs.target);
  const target = (isDistribution ? distribution : classTarget)(inputs, samples, params);
  const w = classWeights(id, inputs.weight, samples);
  return rowLoss<Gradients>(
    {
      ...{ x, rows, shape: outer },
      ...target.kernel,
      ignores: target.ignores,
      denominator: () => sum(rows.count, target.part),
      slowly: slowly(samples, target, w, params.labelSmoothing),
    },
    { input: shape, ...(isDistribution && { target: shape }) },
    params.reduction,
  );
}

/** The formulas as they stand, for rows that are left to them. */
function slowly({ x, rows }: Samples, { q }: Target, w: (c: number) => number, epsilon: number) {
  const { length, stride, start } = rows;
  const a = (s: number, c: number) => w(c) * (scaled(1 - epsilon, q(s, c)) + epsilon / length);
  return (s: number): ReturnType<RowLoss['slowly']> => {
    const row = readRow(x, start(s), stride, new Float64Array(length));
    const surprise = (c: number) => -logProbability(row, c);
    return {
      loss: () => sum(length, (c) => scaled(a(s, c), surprise(c))),
      slopes: {
        input: pullBack(row, (c) => -a(s, c)),
        // A weight of 0 silences even a row without softmax.
        target: (c) => (w(c) === 0 ? 0 : scaled(w(c) * (1 - epsilon), surprise(c))),
      },
    };
  };
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
