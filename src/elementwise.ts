/**
 * # Elementwise operators
 *
 * All results are correctly rounded. They also take a bare Float32Array and return one, gradients too. `out` may be the input itself.
 */
import { checkFloats } from './check.ts';
import type { Kernel, Numbers } from './kernel/kernel.ts';
import { fastest, fastestProduct } from './kernel/rounded.ts';
import { type Both, type Operator, operator, type Plan } from './operator.ts';
import { type Parameters, settle } from './parameters.ts';
import type { Floats } from './tensor.ts';

interface Input {
  readonly input: Floats;
}
type Tensors<P> = Operator<Input, P, Input>;

export interface Elementwise<P> extends Omit<Tensors<P>, 'gradient' | 'valueAndGradient'> {
  (x: Float32Array, params?: Partial<P>, out?: Float32Array): Float32Array;
  (inputs: Input, params?: Partial<P>, out?: Float32Array): Floats;
  /** What is run where the parameters are these. */
  at(params?: Partial<P>): Calls;
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

/** Kernels and what they get for their parameters. */
export interface Call {
  readonly kernel: Kernel;
  readonly numbers: Numbers;
}
export interface Calls {
  readonly value: Call;
  readonly slope: Call;
}

/** One pair of kernels, or several and which of them the parameters ask for. */
type Choice<P> =
  | { readonly kernels: Kernels }
  | {
      readonly kernels: Readonly<Record<string, Kernels>>;
      readonly which: (params: P) => string;
    };

type Description<P> = Choice<P> & {
  readonly id: string;
  readonly parameters: Parameters<P>;
  /** Throws where parameters that are legal alone do not go together. */
  readonly refuse?: (params: P) => void;
  /** What kernels get for their parameters, by name: numbers among `params` if nothing is said. */
  readonly constants?: (params: P) => Readonly<Record<string, number>>;
};

export function elementwise<P extends object>(description: Description<P>): Elementwise<P> {
  const { id, parameters } = description;
  const pairs = 'which' in description ? Object.values(description.kernels) : [description.kernels];
  const onTensors = operator<Input, P, Input>({
    id,
    accuracy: { value: 'S', gradient: 'S' },
    inputs: ['input'],
    differentiable: ['input'],
    parameters,
    kernels: pairs.flatMap(({ value, slope }) => [value, slope]),
    plan: planner(description),
  });
  return Object.assign(bare(onTensors), {
    id,
    accuracy: onTensors.accuracy,
    inputs: onTensors.inputs,
    differentiable: onTensors.differentiable,
    kernels: onTensors.kernels,
    at: (params?: Partial<P>) => callsAt(description, settle(id, parameters, params)),
  }) as Elementwise<P>;
}

function callsAt<P>(description: Description<P>, params: P): Calls {
  description.refuse?.(params);
  const { value, slope } =
    'which' in description ? description.kernels[description.which(params)]! : description.kernels;
  const given = description.constants?.(params) ?? (params as Readonly<Record<string, number>>);
  const call = (kernel: Kernel): Call => ({
    kernel,
    numbers: kernel.parameters.map(({ name }) => given[name]!),
  });
  return { value: call(value), slope: call(slope) };
}

/** What the last call got: parameters seldom change, and finding their constants may take long. */
function remembering<P extends object>(description: Description<P>): (params: P) => Calls {
  let latest: { readonly params: P; readonly calls: Calls } | undefined;
  return (params) => {
    if (!latest || !areSame(latest.params, params))
      latest = { params, calls: callsAt(description, params) };
    return latest.calls;
  };
}

function areSame<P extends object>(a: P, b: P): boolean {
  for (const name in a) if (!Object.is(a[name], b[name])) return false;
  return true;
}

function planner<P extends object>(description: Description<P>) {
  const callsFor = remembering(description);
  return ({ input }: Input, params: P): Plan<Input> => {
    const { value, slope } = callsFor(params);
    const { data, shape } = checkFloats({ id: description.id, name: 'input' }, input);
    return {
      shape,
      value: (out) => fastest(value.kernel)(data, out, value.numbers),
      shapes: { input: shape },
      gradient(cotangent, { input: out }) {
        const { kernel, numbers } = slope;
        if (cotangent) fastestProduct(kernel)(data, cotangent, out, numbers);
        else fastest(kernel)(data, out, numbers);
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
