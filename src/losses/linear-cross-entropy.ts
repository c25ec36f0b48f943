/**
 * # Cross-entropy of a linear layer
 *
 *     ℓ(x, y) = crossEntropy(l, y),   l = x Wᵀ + b,   x: [N? F], W: [C F], b: [C]
 *     ∂x = g W,   ∂W = Σ g xᵀ,   ∂b = Σ g,   g = ∂ℓ/∂l
 *
 * Logits are pairs of doubles, and only their distances from the largest one are rounded.
 */
import { checkFloats, checkShape } from '../check.ts';
import {
  classesOf,
  classWeights,
  distributionsOf,
  holdsClasses,
  type Samples,
  samplesOf,
} from '../classification.ts';
import { longSum, newTotal, scaled, sum } from '../math/scaled.ts';
import { logProbability, pullBack, readRow } from '../math/softmax.ts';
import { type Arrays, operator, type Plan } from '../operator.ts';
import { integer, number } from '../parameters.ts';
import { type Reduction, reduction } from '../reduction.ts';
import { type Classes, type Floats, showShape, sizeOf } from '../tensor.ts';

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

interface Layer {
  readonly x: Float32Array;
  readonly W: Float32Array;
  readonly b: Float32Array | undefined;
  readonly width: number;
  readonly classes: number;
  /** As if logits had been given. */
  readonly samples: Samples;
}

function layerOf(inputs: Inputs): Layer {
  const input = checkFloats({ id, name: 'input' }, inputs.input);
  const { data: W, shape } = checkFloats({ id, name: 'linearWeight' }, inputs.linearWeight);
  const [classes, width] = shape as [number, number];
  if (shape.length !== 2) {
    throw new RangeError(`${id}: linearWeight has shape ${showShape(shape)} but should be [C F]`);
  }
  if (![1, 2].includes(input.shape.length) || input.shape.at(-1) !== width) {
    const due = `[N? F] with F = ${width}`;
    throw new RangeError(`${id}: input has shape ${showShape(input.shape)} but should be ${due}`);
  }
  const bias = inputs.linearBias && checkFloats({ id, name: 'linearBias' }, inputs.linearBias);
  if (bias) checkShape({ id, name: 'linearBias' }, bias.shape, [classes], '[C]');
  const logits = [...input.shape.slice(0, -1), classes];
  const data = new Float32Array(sizeOf(logits));
  const samples = samplesOf(id, { data, shape: logits });
  return { x: input.data, W, b: bias?.data, width, classes, samples };
}

/** The logits of a sample, less the largest one. */
function distances({ x, W, b, width, classes }: Layer, n: number): Float64Array {
  const terms = width + (b ? 1 : 0);
  const all = Array.from({ length: classes }, (_, c) =>
    longSum(terms, (d) => (d < width ? x[n * width + d]! * W[c * width + d]! : b![c]!)),
  );
  const [high, low] = all.reduce((m, l) => (l[0] + l[1] <= m[0] + m[1] ? m : l));
  return Float64Array.from(all, ([h, l]) => h - high + (l - low));
}

/** a_c = w_c ((1 − ε) q_c + ε/C), and what a sample adds to the denominator of mean. */
interface Target {
  readonly a: (s: number, c: number) => number;
  readonly part: (s: number) => number;
  readonly isIgnored: (s: number) => boolean;
}

function targetOf({ target, weight }: Inputs, { samples, classes }: Layer, params: Params): Target {
  const { labelSmoothing: epsilon, ignoreIndex } = params;
  const w = classWeights(id, weight, samples);
  const of = (c: number, q: number) => w(c) * (scaled(1 - epsilon, q) + epsilon / classes);
  if (holdsClasses(target)) {
    const y = classesOf(id, target, samples, ignoreIndex);
    return {
      a: (s, c) => of(c, y[s] === c ? 1 : 0),
      part: (s) => (y[s]! < 0 ? 0 : w(y[s]!)),
      isIgnored: (s) => y[s]! < 0,
    };
  }
  const q = distributionsOf(id, target as Floats, samples);
  if (ignoreIndex >= 0) {
    const due = 'should be negative where target holds probabilities';
    throw new RangeError(`${id}: ignoreIndex is ${ignoreIndex} but ${due}`);
  }
  const isIgnored = () => false;
  return { a: (s, c) => of(c, q[samples.at(s, c)]!), part: () => 1, isIgnored };
}

function plan(inputs: Inputs, params: Params): Plan<Gradients> {
  const layer = layerOf(inputs);
  const { samples, classes } = layer;
  const target = targetOf(inputs, layer, params);
  const { count } = samples.rows;
  const none = params.reduction === 'none';
  const divisor = () => (params.reduction === 'mean' ? sum(count, target.part) : 1);
  const rowOf = (s: number) => readRow(distances(layer, s), 0, 1, new Float64Array(classes));
  const loss = (s: number): number => {
    if (target.isIgnored(s)) return 0;
    const row = rowOf(s);
    return sum(classes, (c) => scaled(target.a(s, c), -logProbability(row, c)));
  };
  const w = classWeights(id, inputs.weight, samples);
  const kept = 1 - params.labelSmoothing;
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
      const share = (s: number, slope: number) =>
        by === 0 ? NaN : scaled(slope, cotangent?.[none ? s : 0] ?? 1) / by;
      const sinks = sinksOf(layer, out);
      for (let s = 0; s < count; s++) {
        if (target.isIgnored(s)) continue;
        const row = rowOf(s);
        const slope = pullBack(row, (c) => -target.a(s, c));
        sinks.take(s, (c) => share(s, slope(c)));
        const surprise = (c: number) =>
          w(c) * kept === 0 ? 0 : scaled(w(c) * kept, -logProbability(row, c));
        for (let c = 0; out.target && c < classes; c++)
          out.target[samples.at(s, c)] = share(s, surprise(c));
      }
      sinks.finish();
    },
  };
}

function shapesOf({ input, linearWeight, linearBias, target }: Inputs, { shape }: Samples) {
  return {
    input: input.shape,
    linearWeight: linearWeight.shape,
    ...(linearBias && { linearBias: linearBias.shape }),
    ...(!holdsClasses(target) && { target: shape }),
  } as Plan<Gradients>['shapes'];
}

/** Takes the slopes in the logits of sample after sample. */
function sinksOf({ x, W, width, classes }: Layer, out: Arrays<Gradients>) {
  const ofWeight = Array.from(W, newTotal);
  const ofBias = Array.from({ length: classes }, newTotal);
  out.input.fill(0);
  return {
    take(s: number, slope: (c: number) => number): void {
      const g = Float64Array.from({ length: classes }, (_, c) => slope(c));
      for (let d = 0; d < width; d++) {
        out.input[s * width + d] = sum(classes, (c) => g[c]! * W[c * width + d]!);
        for (let c = 0; c < classes; c++) ofWeight[c * width + d]!.add(g[c]! * x[s * width + d]!);
      }
      for (let c = 0; c < classes; c++) ofBias[c]!.add(g[c]!);
    },
    finish(): void {
      for (const [i, total] of ofWeight.entries()) out.linearWeight[i] = total.value();
      for (const [c, total] of ofBias.entries())
        if (out.linearBias) out.linearBias[c] = total.value();
    },
  };
}

export const linearCrossEntropy = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'linearWeight', 'target', 'linearBias', 'weight'],
  differentiable: ['input', 'linearWeight', 'linearBias', 'target'],
  parameters: {
    reduction,
    ignoreIndex: integer(-100),
    labelSmoothing: number({ default: 0, min: 0, max: 1 }),
  },
  plan,
});
