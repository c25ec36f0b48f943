/**
 * # Elementwise operators
 *
 * They also take a bare Float32Array and return one, gradients too. `out` may be the input itself.
 */
import { checkFloats } from './check.ts';
import type { Kernel } from './kernel/kernel.ts';
import { fastest, fastestProduct } from './kernel/rounded.ts';
import { type Both, type Operator, operator, type Plan } from './operator.ts';
import type { Parameters } from './parameters.ts';
import type { Floats } from './tensor.ts';

interface Input {
  readonly input: Floats;
}
type Tensors<P> = Operator<Input, P, Input>;

export interface Elementwise<P> extends Omit<Tensors<P>, 'gradient' | 'valueAndGradient'> {
  (x: Float32Array, params?: Partial<P>, out?: Float32Array): Float32Array;
  (inputs: Input, params?: Partial<P>, out?: Float32Array): Floats;
  gradient(
    x: Float32Array,
    params?: Partial<P>,
    gradOut?: Float32Array | null,
    out?: Float32Array,
  ): Float32Array;
  gradient(
    inputs: Input,
    params?: Partial<P>,
    gradOut?: Floats | null,
    out?: { readonly input?: Float32Array },
  ): Input;
  valueAndGradient(
    x: Float32Array,
    params?: Partial<P>,
    gradOut?: Float32Array | null,
    out?: { readonly value?: Float32Array; readonly gradient?: Float32Array },
  ): { readonly value: Float32Array; readonly gradient: Float32Array };
  valueAndGradient(
    inputs: Input,
    params?: Partial<P>,
    gradOut?: Floats | null,
    out?: Both<Input>,
  ): { readonly value: Floats; readonly gradient: Input };
}

/** A function and its slope; at ±∞ both are the limit, which is what the kernel rounds to. */
export interface Kernels {
  readonly value: Kernel;
  readonly slope: Kernel;
}

interface Description<P> {
  readonly id: string;
  readonly parameters: Parameters<P>;
  /** For what the parameters are, if some need others. */
  readonly kernels: Kernels | ((params: P) => Kernels);
  /** Throws where parameters that are legal alone do not go together. */
  readonly refuse?: (params: P) => void;
  /** What kernels get for their parameters, by name: numbers among `params` if nothing is said. */
  readonly constants?: (params: P) => Readonly<Record<string, number>>;
}

export function elementwise<P extends object>(description: Description<P>): Elementwise<P> {
  const { id, parameters } = description;
  const onTensors = operator<Input, P, Input>({
    id,
    inputs: ['input'],
    differentiable: ['input'],
    parameters,
    plan: planner(description),
  });
  return Object.assign(bare(onTensors), {
    id,
    inputs: onTensors.inputs,
    differentiable: onTensors.differentiable,
  }) as Elementwise<P>;
}

function planner<P extends object>({ id, kernels, refuse, constants }: Description<P>) {
  const at = typeof kernels === 'function' ? kernels : () => kernels;
  return ({ input }: Input, params: P): Plan<Input> => {
    refuse?.(params);
    const { data, shape } = checkFloats({ id, name: 'input' }, input);
    const { value, slope } = at(params);
    const given = constants?.(params) ?? (params as Readonly<Record<string, number>>);
    const numbers = (kernel: Kernel) => kernel.parameters.map(({ name }) => given[name]!);
    return {
      shape,
      value: (out) => fastest(value)(data, out, numbers(value)),
      shapes: { input: shape },
      gradient(cotangent, { input: out }) {
        if (cotangent) fastestProduct(slope)(data, cotangent, out, numbers(slope));
        else fastest(slope)(data, out, numbers(slope));
      },
    };
  };
}

/** The same operator, which a bare Float32Array may be given to. */
function bare<P>(op: Tensors<P>) {
  const wrapped = (x: Float32Array): Floats => ({ data: x, shape: [x.length] });
  const cotangent = (g?: Floats | Float32Array | null) =>
    g instanceof Float32Array ? wrapped(g) : g;
  type Given = Input | Float32Array;
  type Cotangent = Floats | Float32Array | null;

  const value = (x: Given, params?: Partial<P>, out?: Float32Array) =>
    x instanceof Float32Array ? op({ input: wrapped(x) }, params, out).data : op(x, params, out);

  const gradient = (
    x: Given,
    params?: Partial<P>,
    gradOut?: Cotangent,
    out?: Float32Array | { readonly input?: Float32Array },
  ) => {
    const g = cotangent(gradOut);
    const to = out instanceof Float32Array ? { input: out } : out;
    return x instanceof Float32Array
      ? op.gradient({ input: wrapped(x) }, params, g, to).input.data
      : op.gradient(x, params, g, to);
  };

  const valueAndGradient = (
    x: Given,
    params?: Partial<P>,
    gradOut?: Cotangent,
    out: {
      readonly value?: Float32Array;
      readonly gradient?: Float32Array | { readonly input?: Float32Array };
    } = {},
  ) => ({
    value: value(x, params, out.value),
    gradient: gradient(x, params, gradOut, out.gradient),
  });
  return Object.assign(value, { gradient, valueAndGradient });
}
