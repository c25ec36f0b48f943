/**
 * # SwiGLU
 *
 *     y = ab σ(t),   ∂b = au σ(t),   ∂a = bu σ(t) (1 + t σ(−t)),   t = αa
 *
 * y and ∂b are the sigmoid times a product that float64 holds exactly, correctly rounded. ∂a is
 * computed in float64, where 1 + t σ(−t) cancels next to t = −1.278 in pairs of doubles; its error is
 * below 2⁻³⁸ of itself.
 */
import { checkFloats, checkShape } from '../check.ts';
import { add, twoProduct } from '../kernel/double.ts';
import { roundedFunction } from '../kernel/one.ts';
import { exp, longExp } from '../math/float64.ts';
import { operator } from '../operator.ts';
import { number } from '../parameters.ts';
import type { Floats } from '../tensor.ts';
import { REACH, sigmoidKernels } from './sigmoid.ts';
import { softplusConstants, softplusKernels } from './softplus.ts';

interface Inputs {
  readonly a: Floats;
  readonly b: Floats;
}
interface Params {
  readonly alpha: number;
}
const id = 'swiglu';

/** σ(αa) times a factor, correctly rounded. */
type Gate = (a: number, factor: number) => number;

const plain = roundedFunction(sigmoidKernels.value)([]);
const { slope: scaledSlope } = softplusKernels.scaled;
const scaled = roundedFunction(scaledSlope);
function gateOf(alpha: number): Gate {
  if (alpha === 1) return plain;
  const given = softplusConstants({ beta: alpha, threshold: Infinity });
  return scaled(scaledSlope.parameters.map(({ name }) => given[name as keyof typeof given]));
}

/** σ(αa)·a·b */
function gated(gate: Gate, alpha: number, a: number, b: number): number {
  // The limit: a shut gate is stronger than any a, but not than an infinite b.
  if (Math.abs(a) === Infinity) return a > 0 ? a * b : 0 * b;
  const t = alpha * a;
  if (t > OPEN) return a * b * JUST_BELOW;
  // Beyond REACH the kernel is cut off, and e^−REACH times any a·b is below all float32.
  return t < -REACH ? a * b * NOTHING : gate(a, a * b);
}
const NOTHING = 2 ** -700;
/** 1 − σ(t) is less than 2⁻⁸⁶ then, and matters only where the product is a tie. */
const OPEN = 60;
/** Products have 48 bits, so that no tie is between them and a product by this. */
const JUST_BELOW = 1 - 2 ** -52;

/** Below this, 1 + tσ(−t) has lost too many of its 49 bits. */
const CANCELS = 2 ** -10;

/** σ(t) (1 + tσ(−t)) */
function slope(alpha: number, a: number): number {
  if (Math.abs(a) === Infinity) return a > 0 ? 1 : 0;
  const t = alpha * a;
  const z = exp(-Math.abs(t));
  const [open, shut] = t < 0 ? [z / (1 + z), 1 / (1 + z)] : [1 / (1 + z), z / (1 + z)];
  const rest = 1 + t * shut;
  return open * (Math.abs(rest) < CANCELS ? nearRoot(alpha, a) * shut : rest);
}

/** (1 + tσ(−t))/σ(−t) = 1 + eᵗ + t, in pairs of doubles. */
function nearRoot(alpha: number, a: number): number {
  const t = twoProduct(alpha, a);
  return add(add([1, 0], longExp(t)), t)[0];
}

export const swiglu = operator<Inputs, Params, Inputs>({
  id,
  accuracy: { value: 'S', gradient: 'A' },
  inputs: ['a', 'b'],
  differentiable: ['a', 'b'],
  parameters: { alpha: number({ default: 1, min: 2 ** -20, max: 2 ** 20 }) },
  plan(inputs, { alpha }) {
    const { data: a, shape } = checkFloats({ id, name: 'a' }, inputs.a);
    const { data: b, shape: own } = checkFloats({ id, name: 'b' }, inputs.b);
    checkShape({ id, name: 'b' }, own, shape, 'the shape of a');
    const gate = gateOf(alpha);
    return {
      ...{ shape, shapes: { a: shape, b: shape } },
      value(out) {
        for (let i = 0; i < out.length; i++) out[i] = gated(gate, alpha, a[i]!, b[i]!);
      },
      gradient(cotangent, out) {
        for (let i = 0; i < a.length; i++) {
          const [ai, bi, u] = [a[i]!, b[i]!, cotangent?.[i] ?? 1];
          out.a[i] = slope(alpha, ai) * bi * u;
          out.b[i] = gated(gate, alpha, ai, u);
        }
      },
    };
  },
});
