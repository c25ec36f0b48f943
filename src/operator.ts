/**
 * # Operators
 *
 *     op(inputs, params?, out?)                       the result, a tensor
 *     op.gradient(inputs, params?, gradOut?, out?)    gradients by the name of the input
 *     op.valueAndGradient(inputs, params?, gradOut?, out?)  both, sharing the work where there is some
 *
 * Inputs go by name, a tensor is { data, shape }. `gradOut` is the cotangent of the result, ones if
 * it is absent. `out` is where elements are written: a Float32Array for the result, Float32Arrays
 * by name for gradients, { value, gradient } for both; it must not share memory with what is read,
 * unless an operator says so.
 */
import { checkFloats, checkShape, resultArray } from './check.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { RowKernel } from './kernel/rows/language.ts';
import { type Parameters, settle } from './parameters.ts';
import { type Floats, type Shape, sizeOf, type Tensor } from './tensor.ts';

export type Arrays<D> = { readonly [N in keyof D]: Float32Array };

/** What one call computes, after all checks. */
export interface Plan<D> {
  readonly shape: Shape;
  readonly value: (out: Float32Array) => void;
  /** The shapes of the inputs that have gradients. */
  readonly shapes: { readonly [N in keyof D]: Shape };
  /** An absent cotangent stands for ones. */
  readonly gradient: (cotangent: Float32Array | undefined, out: Arrays<D>) => void;
  /** Both at once, if that is less work than one after the other. */
  readonly both?: (
    cotangent: Float32Array | undefined,
    value: Float32Array,
    gradient: Arrays<D>,
  ) => void;
}

/** Where both are written. */
export interface Both<D> {
  readonly value?: Float32Array;
  readonly gradient?: Partial<Arrays<D>>;
}

/**
 * How far results are from the truth at most. S: correctly rounded. A: less than one unit in the last
 * place. B: where addends cancel, that little against the sum of their sizes.
 */
export interface Accuracy {
  readonly value: 'S' | 'A' | 'B';
  readonly gradient: 'S' | 'A' | 'B';
}

export interface Description<I, P, D> {
  readonly id: string;
  /** A if nothing is said. */
  readonly accuracy?: Accuracy | undefined;
  /** The names of all inputs, and of those that can have gradients. */
  readonly inputs: readonly (keyof I & string)[];
  readonly differentiable: readonly (keyof D & string)[];
  readonly parameters: Parameters<P>;
  readonly plan: (inputs: I, params: P) => Plan<D>;
  /** All that it may run: to be compiled ahead, generated and tested. */
  readonly kernels?: readonly (Kernel | RowKernel)[];
}

export interface Operator<I, P, D> {
  (inputs: I, params?: Partial<P>, out?: Float32Array): Floats;
  gradient(inputs: I, params?: Partial<P>, gradOut?: Floats | null, out?: Partial<Arrays<D>>): D;
  valueAndGradient(
    inputs: I,
    params?: Partial<P>,
    gradOut?: Floats | null,
    out?: Both<D>,
  ): { readonly value: Floats; readonly gradient: D };
  readonly id: string;
  readonly accuracy: Accuracy;
  readonly inputs: readonly string[];
  readonly differentiable: readonly string[];
  readonly kernels: readonly (Kernel | RowKernel)[];
}

const USUAL: Accuracy = { value: 'A', gradient: 'A' };

export function operator<I extends object, P extends object, D extends object>(
  description: Description<I, P, D>,
): Operator<I, P, D> {
  const { id, inputs, differentiable, kernels = [], accuracy = USUAL } = description;
  const planned = (given: I, params?: Partial<P>): Plan<D> => {
    checkNames(id, inputs, given);
    return description.plan(given, settle(id, description.parameters, params));
  };
  return Object.assign(
    (given: I, params?: Partial<P>, out?: Float32Array) => value(id, planned(given, params), out),
    {
      id,
      accuracy,
      inputs,
      differentiable,
      kernels,
      gradient: (
        given: I,
        params?: Partial<P>,
        gradOut?: Floats | null,
        out?: Partial<Arrays<D>>,
      ) => gradient(id, planned(given, params), gradOut, out),
      valueAndGradient: (given: I, params?: Partial<P>, gradOut?: Floats | null, out?: Both<D>) =>
        both(id, planned(given, params), gradOut, out),
    },
  );
}

function checkNames(id: string, inputs: readonly string[], given: object | null | undefined): void {
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given)) {
    throw new TypeError(`${id}: inputs should be tensors by name: { ${inputs.join(', ')} }`);
  }
  for (const name of Object.keys(given)) {
    if (inputs.includes(name)) continue;
    throw new TypeError(`${id}: input ${name} is unknown, should be one of ${inputs.join(', ')}`);
  }
}

function value<D>(id: string, plan: Plan<D>, out?: Float32Array, name = 'out'): Floats {
  const data = resultArray({ id, name }, sizeOf(plan.shape), out);
  plan.value(data);
  return { data, shape: plan.shape };
}

function gradient<D>(
  id: string,
  plan: Plan<D>,
  gradOut?: Tensor<unknown> | null,
  out?: Partial<Arrays<D>>,
): D {
  const cotangent = cotangentOf(id, plan, gradOut);
  const arrays = gradientArrays(id, plan, out);
  plan.gradient(cotangent, arrays);
  return tensors(plan, arrays);
}

function both<D>(id: string, plan: Plan<D>, gradOut?: Tensor<unknown> | null, out: Both<D> = {}) {
  if (!plan.both) {
    return {
      value: value(id, plan, out.value, 'out.value'),
      gradient: gradient(id, plan, gradOut, out.gradient),
    };
  }
  const cotangent = cotangentOf(id, plan, gradOut);
  const data = resultArray({ id, name: 'out.value' }, sizeOf(plan.shape), out.value);
  const arrays = gradientArrays(id, plan, out.gradient);
  plan.both(cotangent, data, arrays);
  return { value: { data, shape: plan.shape }, gradient: tensors(plan, arrays) };
}

function cotangentOf<D>(id: string, { shape }: Plan<D>, gradOut?: Tensor<unknown> | null) {
  if (!gradOut) return undefined;
  const cotangent = checkFloats({ id, name: 'gradOut' }, gradOut);
  checkShape({ id, name: 'gradOut' }, cotangent.shape, shape);
  return cotangent.data;
}

function gradientArrays<D>(id: string, plan: Plan<D>, out: Partial<Arrays<D>> = {}): Arrays<D> {
  const arrays: Partial<Record<keyof D, Float32Array>> = {};
  for (const name in plan.shapes) {
    const size = sizeOf(plan.shapes[name]);
    arrays[name] = resultArray({ id, name: `out.${name}` }, size, out[name]);
  }
  return arrays as Arrays<D>;
}

function tensors<D>({ shapes }: Plan<D>, arrays: Arrays<D>): D {
  const named: Partial<Record<keyof D, Floats>> = {};
  for (const name in shapes) named[name] = { data: arrays[name], shape: shapes[name] };
  return named as D;
}
