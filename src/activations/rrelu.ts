/**
 * # RReLU: randomized leaky ReLU
 *
 *     rrelu(x, r) = x where x > 0, else s x          s = lower + (upper − lower) r
 *     ∂x = u where x > 0, else s u
 *
 * Without noise r is ½. s is a pair of doubles, and products with it are rounded nearly once.
 */
import { checkFloats, checkProbabilities, checkShape } from '../check.ts';
import { add, type Double, multiply, twoSum } from '../kernel/double.ts';
import { scaled } from '../math/scaled.ts';
import { operator, type Plan } from '../operator.ts';
import { number } from '../parameters.ts';
import type { Floats } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly noise?: Floats | undefined;
}
interface Params {
  readonly lower: number;
  readonly upper: number;
}
interface Gradients {
  readonly input: Floats;
}

const id = 'rrelu';

function plan({ input, noise }: Inputs, { lower, upper }: Params): Plan<Gradients> {
  if (lower > upper)
    throw new RangeError(`${id}: lower is ${lower} but should be at most upper = ${upper}`);
  const { data: x, shape } = checkFloats({ id, name: 'input' }, input);
  const r = noiseOf(noise, shape);
  const width = twoSum(upper, -lower);
  const slopeAt = (i: number): Double => add([lower, 0], multiply(width, [r?.[i] ?? 0.5, 0]));
  /** The slope at element i, times a number. */
  const product = (i: number, y: number): number => {
    if (x[i]! > 0 || Number.isNaN(x[i])) return x[i]! > 0 ? y : NaN;
    const slope = slopeAt(i);
    if (!Number.isFinite(y)) return scaled(slope[0], y);
    const [high, low] = multiply(slope, [y, 0]);
    return high + low;
  };
  return {
    shape,
    shapes: { input: shape },
    value(out) {
      for (let i = 0; i < x.length; i++) out[i] = product(i, x[i]!);
    },
    gradient(cotangent, { input: out }) {
      for (let i = 0; i < x.length; i++) out[i] = product(i, cotangent?.[i] ?? 1);
    },
  };
}

function noiseOf(noise: Floats | undefined, due: Floats['shape']): Float32Array | undefined {
  if (noise === undefined) return undefined;
  const { data, shape } = checkFloats({ id, name: 'noise' }, noise);
  checkShape({ id, name: 'noise' }, shape, due, "the input's shape");
  checkProbabilities({ id, name: 'noise' }, data);
  return data;
}

export const rrelu = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'noise'],
  differentiable: ['input'],
  parameters: { lower: number({ default: 1 / 8 }), upper: number({ default: 1 / 3 }) },
  plan,
});
