/**
 * # Cross-entropy of a linear layer
 *
 *     ℓ(x, y) = crossEntropy(l, y),   l = x Wᵀ + b,   x: [N? F], W: [C F], b: [C]
 *     ∂x = g W,   ∂W = Σ g xᵀ,   ∂b = Σ g,   g = ∂ℓ/∂l
 *
 * a_c = w_c ((1 − ε) q_c + ε/C) and mean as in cross-entropy.ts.
 */
import {
  classesOf,
  classWeights,
  distributionsOf,
  holdsClasses,
  type Samples,
} from '../classification.ts';
import { distances, type Layer, layerOf, slopesInto } from '../linear-layer.ts';
import { scaled, sum } from '../math/scaled.ts';
import { logProbability, pullBack, readRow } from '../math/softmax.ts';
import { type Arrays, operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduction, type Share } from '../reduction.ts';
import type { Classes, Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly linearWeight: Floats;
  readonly target: Classes | Floats;
  readonly linearBias?: Floats | undefined;
  readonly weight?: Floats | undefined;
}
interface Params {
  readonly reduction: Reduction;
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;
}
interface Gradients {
  readonly input: Floats;
  readonly linearWeight: Floats;
  readonly linearBias?: Floats;
  /** Where the target is a distribution. */
  readonly target?: Floats;
}

const id = 'linear-cross-entropy';

/** a_c = w_c ((1 − ε) q_c + ε/C), and what a sample adds to the denominator of mean. */
interface Target {
  readonly a: (s: number, c: number) => number;
  readonly part: (s: number) => number;
  readonly isIgnored: (s: number) => boolean;
  /** w_c (1 − ε): the slope in q_c is that times −ln p_c. */
  readonly kept: (c: number) => number;
}

function targetOf({ target, weight }: Inputs, { samples, classes }: Layer, params: Params): Target {
  const { labelSmoothing: epsilon, ignoreIndex } = params;
  const w = classWeights(id, weight, samples);
  const kept = (c: number) => w(c) * (1 - epsilon);
  const of = (c: number, q: number) => w(c) * (scaled(1 - epsilon, q) + epsilon / classes);
  if (holdsClasses(target)) {
    const y = classesOf(id, target, samples, ignoreIndex);
    return {
      a: (s, c) => of(c, y[s] === c ? 1 : 0),
      part: (s) => (y[s]! < 0 ? 0 : w(y[s]!)),
      isIgnored: (s) => y[s]! < 0,
      kept,
    };
  }
  const q = distributionsOf(id, target as Floats, samples);
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  const isIgnored = () => false;
  return { a: (s, c) => of(c, q[samples.at(s, c)]!), part: () => 1, isIgnored, kept };
}

/** Of a sample that is not ignored. */
function termOf(layer: Layer, { a, kept }: Target, s: number) {
  const row = readRow(distances(layer, s), 0, 1, new Float64Array(layer.classes));
  const surprise = (c: number) => -logProbability(row, c);
  return {
    loss: () => sum(layer.classes, (c) => scaled(a(s, c), surprise(c))),
    slope: pullBack(row, (c) => -a(s, c)),
    // A weight of 0 silences even a row without softmax.
    targetSlope: (c: number) => (kept(c) === 0 ? 0 : scaled(kept(c), surprise(c))),
  };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const layer = layerOf(id, inputs);
  const { samples } = layer;
  const target = targetOf(inputs, layer, params);
  const { count } = samples.rows;
  const none = params.reduction === 'none';
  const divisor = () => (params.reduction === 'mean' ? sum(count, target.part) : 1);
  const loss = (s: number) => (target.isIgnored(s) ? 0 : termOf(layer, target, s).loss());
  return {
    shape: none ? samples.outer : [],
    shapes: shapesOf(inputs, samples),
    value(out) {
      if (none) for (let s = 0; s < count; s++) out[s] = loss(s);
      else out[0] = sum(count, loss) / divisor();
    },
    gradient(cotangent, out) {
      const by = divisor();
      // Where the weights add up to 0 the mean is no function.
      const share = (s: number) => (slope: number) =>
        by === 0 ? NaN : scaled(slope, cotangent?.[none ? s : 0] ?? 1) / by;
      pullAll(layer, target, share, out);
    },
  };
}

function pullAll(
  layer: Layer,
  target: Target,
  shareOf: (s: number) => Share,
  out: Arrays<Gradients>,
): void {
  const { samples, classes } = layer;
  const slopes = slopesInto(layer, out);
  for (let s = 0; s < samples.rows.count; s++) {
    if (target.isIgnored(s)) continue;
    const share = shareOf(s);
    const { slope, targetSlope } = termOf(layer, target, s);
    slopes.take(s, (c) => share(slope(c)));
    for (let c = 0; out.target && c < classes; c++)
      out.target[samples.at(s, c)] = share(targetSlope(c));
  }
  slopes.finish();
}

function shapesOf({ input, linearWeight, linearBias, target }: Inputs, { shape }: Samples) {
  return {
    input: input.shape,
    linearWeight: linearWeight.shape,
    ...(linearBias && { linearBias: linearBias.shape }),
    ...(!holdsClasses(target) && { target: shape }),
  } as Plan<Gradients>['shapes'];
}

export const linearCrossEntropy = operator<Inputs, Params, Gradients>({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  inputs: ['input', 'linearWeight', 'target', 'linearBias', 'weight'],
  differentiable: ['input', 'linearWeight', 'linearBias', 'target'],
  parameters: {
    reduction,
    ignoreIndex: integer(-100),
    labelSmoothing: number({ default: 0, min: 0, max: 1 }),
  },
  plan,
});
