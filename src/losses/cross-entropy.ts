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
import { logProbability, pullBack, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
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
  readonly share: (s: number) => number;
}

function targetOf({ target, weight }: Inputs, samples: Samples, ignoreIndex: number): Target {
  const w = classWeights(id, weight, samples);
  if (holdsClasses(target)) {
    const y = classesOf(id, target, samples, ignoreIndex);
    const ignores = (s: number) => y[s]! < 0;
    const q = (s: number, c: number) => (y[s] === c ? 1 : 0);
    return { ignores, q, share: (s) => (ignores(s) ? 0 : w(y[s]!)) };
  }
  const data = distributionsOf(id, target as Floats, samples);
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  return { ignores: () => false, q: (s, c) => data[samples.at(s, c)]!, share: () => 1 };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, inputs.input);
  const { x, rows, at, shape, outer } = samples;
  const w = classWeights(id, inputs.weight, samples);
  const { ignores, q, share: part } = targetOf(inputs, samples, params.ignoreIndex);
  const sharp = 1 - params.labelSmoothing;
  const smooth = params.labelSmoothing / rows.length;
  const a = (s: number, c: number) => w(c) * (scaled(sharp, q(s, c)) + smooth);
  const e = new Float64Array(rows.length);
  const row = (s: number) => readRow(x, rows.start(s), rows.stride, e);
  const distributions = !holdsClasses(inputs.target);

  return reduced<Gradients>(
    {
      shape: outer,
      count: rows.count,
      value(s) {
        if (ignores(s)) return 0;
        const read = row(s);
        return sum(rows.length, (c) => scaled(a(s, c), -logProbability(read, x[at(s, c)]!)));
      },
      denominator: () => sum(rows.count, part),
      shapes: { input: shape, ...(distributions && { target: shape }) },
      gradient(s, share, out) {
        if (ignores(s)) {
          for (let c = 0; c < rows.length; c++) out.input[at(s, c)] = 0;
          return;
        }
        const read = row(s);
        pullBack(
          read,
          (c) => -a(s, c),
          (c, slope) => {
            out.input[at(s, c)] = share(slope);
          },
        );
        for (let c = 0; out.target && c < rows.length; c++) {
          const slope = scaled(w(c) * sharp, -logProbability(read, x[at(s, c)]!));
          out.target[at(s, c)] = share(slope);
        }
      },
    },
    params.reduction,
  );
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
