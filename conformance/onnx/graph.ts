/**
 * # An ONNX graph as plain data
 *
 * What a model says, and nothing about bytes. Two graphs that say the same are the same JSON, which
 * is what sessions are cached by.
 */
import type { Dtype } from '../../spec/tensor.ts';

/** ONNX writes an attribute's kind down, and a JavaScript number does not tell 1 from 1.0. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly string: string };

export type Attributes = { readonly [name: string]: Attribute };

export interface GraphNode {
  readonly op: string;
  /** The empty string where an optional input is absent. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface GraphInput {
  readonly name: string;
  readonly dtype: Dtype;
  /** A number where the size is fixed, a name where it is not. */
  readonly shape: readonly (number | string)[];
}

/** A constant of the graph: exact values, as in `Tensor`. */
export interface Initializer {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface Graph {
  readonly opset: number;
  readonly inputs: readonly GraphInput[];
  readonly initializers: readonly Initializer[];
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly { readonly name: string; readonly dtype: Dtype }[];
}

/** A shape of which only the rank is known: each axis has a name that no other axis has. */
export const anyShape = (input: string, rank: number): readonly string[] =>
  Array.from({ length: rank }, (_, axis) => `${input}_${axis}`);
