/** # Losses and activations on float32, each result rounded once */

export type { Elementwise } from './elementwise.ts';
export { load } from './load.ts';
export type { Operator } from './operator.ts';
export * from './operators.ts';
export type { Classes, Floats, Shape, Tensor } from './tensor.ts';
