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
import { type Arrays, operator, type Plan } from '../operator.ts';
import { type Floats, showShape, sizeOf } from '../tensor.ts';

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
  const [classes, depth] = weight.shape as [number, number];
  const outer = input.shape.slice(0, -1);
  const b = bias?.data;
  const term = (n: number, c: number) => (d: number) =>
    d < depth ? input.data[n * depth + d]! * weight.data[c * depth + d]! : b![c]!;
  return {
    shape: [...outer, classes],
    shapes: { input: input.shape, weight: weight.shape, ...(bias && { bias: bias.shape }) },
    value(out) {
      const terms = depth + (b ? 1 : 0);
      for (let i = 0; i < out.length; i++) {
        out[i] = sum(terms, term(Math.floor(i / classes), i % classes));
      }
    },
    gradient: (cotangent, out) => pullBack(input, weight, cotangent, out),
  };
}

function pullBack(
  { data: x, shape }: Floats,
  { data: w, shape: [classes, depth] }: Floats,
  cotangent: Float32Array | undefined,
  out: Arrays<Inputs>,
): void {
  const count = sizeOf(shape.slice(0, -1));
  const u = (n: number, c: number) => (cotangent ? cotangent[n * classes! + c]! : 1);
  for (let i = 0; i < x.length; i++) {
    const [n, d] = [Math.floor(i / depth!), i % depth!];
    out.input[i] = sum(classes!, (c) => u(n, c) * w[c * depth! + d]!);
  }
  for (let i = 0; i < w.length; i++) {
    const [c, d] = [Math.floor(i / depth!), i % depth!];
    out.weight[i] = sum(count, (n) => u(n, c) * x[n * depth! + d]!);
  }
  for (let c = 0; out.bias && c < classes!; c++) out.bias[c] = sum(count, (n) => u(n, c));
}

export const linear = operator<Inputs, object, Inputs>({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  inputs: ['input', 'weight', 'bias'],
  differentiable: ['input', 'weight', 'bias'],
  parameters: {},
  plan,
});
