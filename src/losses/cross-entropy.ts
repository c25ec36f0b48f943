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
import { ofClass, ofDistribution, ofSmoothedClass } from '../math/cross-entropy.ts';
import { scaled, sum } from '../math/scaled.ts';
import { logProbability, pullBack, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduction } from '../reduction.ts';
import { type RowLoss, rowLoss, runners } from '../row-loss.ts';
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

const runClass = runners(ofClass);
const runSmoothedClass = runners(ofSmoothedClass);
const runDistribution = runners(ofDistribution);

/** A target of either kind. */
interface Target extends Pick<RowLoss, 'run' | 'inputs' | 'scalars' | 'y'> {
  /** q_c */
  readonly q: (s: number, c: number) => number;
  /** What a sample adds to the denominator of mean. */
  readonly part: (s: number) => number;
}

function classTarget({ target, weight }: Inputs, samples: Samples, params: Params): Target {
  const { x, rows } = samples;
  const { labelSmoothing: epsilon, ignoreIndex } = params;
  const w = classWeights(id, weight, samples);
  const y = classesOf(id, target, samples, ignoreIndex);
  const part = (s: number) => (y[s]! < 0 ? 0 : w(y[s]!));
  const sharp = weight ? (s: number) => part(s) * (1 - epsilon) : 1 - epsilon;
  return {
    y,
    part,
    q: (s, c) => (y[s] === c ? 1 : 0),
    inputs: { x },
    run: epsilon > 0 ? runSmoothedClass : runClass,
    scalars: epsilon > 0 ? { sharp, flat: epsilon / rows.length } : { sharp },
  };
}

function distribution({ target }: Inputs, samples: Samples, params: Params): Target {
  const data = distributionsOf(id, target as Floats, samples);
  const { ignoreIndex, labelSmoothing: epsilon } = params;
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  return {
    y: undefined,
    part: () => 1,
    q: (s, c) => data[samples.at(s, c)]!,
    run: runDistribution,
    inputs: { x: samples.x, q: data },
    scalars: { sharp: 1 - epsilon, flat: epsilon / samples.rows.length },
  };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, inputs.input);
  const { rows, shape, outer } = samples;
  const isDistribution = !holdsClasses(inputs.target);
  const target = (isDistribution ? distribution : classTarget)(inputs, samples, params);
  const w = classWeights(id, inputs.weight, samples);
  const { run, scalars, y, part } = target;
  const columns = run === runClass ? undefined : { w: inputs.weight?.data };
  const denominator = () => sum(rows.count, part);
  return rowLoss<Gradients>(
    {
      rows,
      shape: outer,
      run,
      inputs: target.inputs,
      columns,
      scalars,
      y,
      denominator,
      slowly: slowly(samples, target, w, params.labelSmoothing),
    },
    isDistribution ? { input: shape, target: shape } : { input: shape },
    params.reduction,
  );
}

/** The formulas as they stand, for rows that are left to them. */
function slowly({ x, rows }: Samples, { q }: Target, w: (c: number) => number, epsilon: number) {
  const { length, stride, start } = rows;
  const kept = (c: number) => w(c) * (1 - epsilon);
  const a = (s: number, c: number) => w(c) * (scaled(1 - epsilon, q(s, c)) + epsilon / length);
  return (s: number): ReturnType<RowLoss['slowly']> => {
    const row = readRow(x, start(s), stride, new Float64Array(length));
    const surprise = (c: number) => -logProbability(row, c);
    return {
      loss: () => sum(length, (c) => scaled(a(s, c), surprise(c))),
      slopes: {
        input: pullBack(row, (c) => -a(s, c)),
        // Of what is not counted even a row without softmax says nothing.
        target: (c) => (kept(c) === 0 ? 0 : kept(c) * surprise(c)),
      },
    };
  };
}

export const crossEntropy = operator<Inputs, Params, Gradients>({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  inputs: ['input', 'target', 'weight'],
  differentiable: ['input', 'target'],
  parameters: {
    reduction,
    ignoreIndex: integer(-100),
    labelSmoothing: number({ default: 0, min: 0, max: 1 }),
  },
  kernels: [ofClass, ofSmoothedClass, ofDistribution].flatMap(({ value, gradient }) => [
    value,
    gradient,
  ]),
  plan,
});
