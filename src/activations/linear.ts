/**
 * # Linear
 *
 *     y = x Wᵀ + b,   x: [* D], W: [C D], b: [C]
 *     ∂x = u W,   ∂W = Σ u xᵀ,   ∂b = Σ u
 *
 * Products of float32 are exact in float64; sums are compensated and rounded once.
 */
import { checkFloats, checkShape } from '../check.ts';
import { sum } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { type Floats, showShape } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly weight: Floats;
  readonly bias?: Floats | undefined;
}

const id = 'linear';

function checked(inputs: Inputs): Inputs {
  const input = checkFloats({ id, name: 'input' }, inputs.input);
  const weight = checkFloats({ id, name: 'weight' }, inputs.weight);
  const [classes, depth] = weight.shape;
  if (weight.shape.length !== 2) {
    throw new RangeError(`${id}: weight has shape ${showShape(weight.shape)} but should be [C D]`);
  }
  if (input.shape.at(-1) !== depth) {
    const due = `[* D] with D = ${depth}`;
    throw new RangeError(`${id}: input has shape ${showShape(input.shape)} but should be ${due}`);
  }
  if (inputs.bias === undefined) return { input, weight };
  const bias = checkFloats({ id, name: 'bias' }, inputs.bias);
  checkShape({ id, name: 'bias' }, bias.shape, [classes!], '[C]');
  return { input, weight, bias };
}

function plan(inputs: Inputs): Plan<Inputs> {
  const { input, weight, bias } = checked(inputs);
  const [x, w, b] = [input.data, weight.data, bias?.data];
  const [classes, depth] = weight.shape as [number, number];
  const count = input.shape.slice(0, -1).reduce((n, length) => n * length, 1);

  const value = (out: Float32Array): void => {
    for (let i = 0; i < out.length; i++) {
      const [n, c] = [Math.floor(i / classes), i % classes];
      const term = (d: number) => x[n * depth + d]! * w[c * depth + d]!;
      out[i] = sum(depth + (b ? 1 : 0), (d) => (d < depth ? term(d) : b![c]!));
    }
  };

  const gradient = (
    cotangent: Float32Array | undefined,
    out: { [N in keyof Inputs]: Float32Array },
  ) => {
    const u = (n: number, c: number) => (cotangent ? cotangent[n * classes + c]! : 1);
    out.input.forEach((_, i) => {
      const [n, d] = [Math.floor(i / depth), i % depth];
      out.input[i] = sum(classes, (c) => u(n, c) * w[c * depth + d]!);
    });
    out.weight.forEach((_, i) => {
      const [c, d] = [Math.floor(i / depth), i % depth];
      out.weight[i] = sum(count, (n) => u(n, c) * x[n * depth + d]!);
    });
    out.bias?.forEach((_, c) => {
      out.bias![c] = sum(count, (n) => u(n, c));
    });
  };

  return {
    shape: [...input.shape.slice(0, -1), classes],
    shapes: {
      input: input.shape,
      weight: weight.shape,
      ...(bias && { bias: bias.shape }),
    },
    value,
    gradient,
  };
}

export const linear = operator<Inputs, object, Inputs>({
  id,
  inputs: ['input', 'weight', 'bias'],
  differentiable: ['input', 'weight', 'bias'],
  parameters: {},
  plan,
});
