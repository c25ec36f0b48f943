/**
 * # PReLU: parametric ReLU
 *
 *     prelu(x, w) = x where x > 0, else w x
 *     ∂x = u where x > 0, else w u,     ∂w = Σ u x over x ≤ 0
 *
 * Products of float32 are exact in float64, and their sums are compensated.
 */
import { checkFloats, checkStretches } from '../check.ts';
import { newTotal, scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { type Floats, showShape, sizeOf } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly weight: Floats;
}

const id = 'prelu';

/** Where the weight of element i is; channels are the second axis, or the only one. */
function placeOf({ shape }: Floats, weight: Floats): (i: number) => number {
  if (weight.data.length === 1) return () => 0;
  const axis = shape.length === 1 ? 0 : 1;
  const [channels, inner] = [shape[axis]!, sizeOf(shape.slice(axis + 1))];
  return (i) => Math.floor(i / inner) % channels;
}

function checked(inputs: Inputs): Inputs {
  const input = checkFloats({ id, name: 'input' }, inputs.input);
  const weight = checkFloats({ id, name: 'weight' }, inputs.weight);
  const { shape } = input;
  if (shape.length === 0)
    throw new RangeError(`${id}: input has shape ${showShape(shape)} but should be [N C *] or [C]`);
  checkStretches({ id, name: 'weight' }, weight.shape, [shape[shape.length === 1 ? 0 : 1]!], '[C]');
  return { input, weight };
}

/** The slope in x; of NaN it is NaN. */
const slope = (x: number, w: number): number => (x > 0 ? 1 : Number.isNaN(x) ? x : w);

function plan(inputs: Inputs): Plan<Inputs> {
  const { input, weight } = checked(inputs);
  const [x, w] = [input.data, weight.data];
  const at = placeOf(input, weight);
  return {
    shape: input.shape,
    shapes: { input: input.shape, weight: weight.shape },
    value(out) {
      for (let i = 0; i < x.length; i++) out[i] = scaled(slope(x[i]!, w[at(i)]!), x[i]!);
    },
    gradient(cotangent, out) {
      const totals = Array.from(w, newTotal);
      for (let i = 0; i < x.length; i++) {
        const u = cotangent?.[i] ?? 1;
        if (!(x[i]! > 0)) totals[at(i)]!.add(x[i]! * u);
        out.input[i] = slope(x[i]!, w[at(i)]!) * u;
      }
      totals.forEach((total, c) => {
        out.weight[c] = total.value();
      });
    },
  };
}

export const prelu = operator<Inputs, object, Inputs>({
  id,
  inputs: ['input', 'weight'],
  differentiable: ['input', 'weight'],
  parameters: {},
  plan,
});
