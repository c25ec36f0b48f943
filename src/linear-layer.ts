/**
 * # Linear layers under a loss
 *
 *     l = x Wᵀ + b,   x: [N? F], W: [C F], b: [C]
 *
 * Logits are pairs of doubles, and only their distances from the largest one are rounded.
 */
import { checkFloats, checkShape } from './check.ts';
import { type Samples, samplesOf } from './classification.ts';
import { longSum, newTotal, sum } from './math/scaled.ts';
import type { Arrays } from './operator.ts';
import { type Floats, showShape, sizeOf } from './tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly linearWeight: Floats;
  readonly linearBias?: Floats | undefined;
}
export interface Layer {
  readonly x: Float32Array;
  readonly W: Float32Array;
  readonly b: Float32Array | undefined;
  readonly width: number;
  readonly classes: number;
  /** As if logits had been given. */
  readonly samples: Samples;
}

export function layerOf(id: string, inputs: Inputs): Layer {
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
export function distances({ x, W, b, width, classes }: Layer, n: number): Float64Array {
  const terms = width + (b ? 1 : 0);
  const all = Array.from({ length: classes }, (_, c) =>
    longSum(terms, (d) => (d < width ? x[n * width + d]! * W[c * width + d]! : b![c]!)),
  );
  const [high, low] = all.reduce((m, l) => (l[0] + l[1] <= m[0] + m[1] ? m : l));
  return Float64Array.from(all, ([h, l]) => h - high + (l - low));
}

/** Takes the slopes in the logits of sample after sample: ∂x = g W, ∂W = Σ g xᵀ, ∂b = Σ g. */
export function slopesInto({ x, W, width, classes }: Layer, out: Arrays<Inputs>) {
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
      if (!out.linearBias) return;
      for (const [c, total] of ofBias.entries()) out.linearBias[c] = total.value();
    },
  };
}
