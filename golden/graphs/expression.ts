/**
 * # Formulas as ONNX graphs
 *
 * A composed graph is a formula made of these functions, in float64: real parameters are constants
 * of the graph, since attributes are float32. Only operators with a float64 kernel are used.
 */
import type {
  Attributes,
  Graph,
  GraphInput,
  GraphNode,
  Initializer,
} from '../../conformance/onnx/graph.ts';
import type { Dtype } from '../../spec/tensor.ts';

export type Term =
  | { readonly input: string }
  | { readonly values: readonly number[]; readonly shape: readonly number[]; readonly dtype: Dtype }
  | { readonly op: string; readonly of: readonly Term[]; readonly attributes: Attributes };

export const input = (name: string): Term => ({ input: name });
export const real = (value: number): Term => ({ values: [value], shape: [], dtype: 'f64' });
export const integer = (value: number): Term => ({ values: [value], shape: [], dtype: 'i64' });
/** A list of axes, or a shape. */
export const list = (...values: number[]): Term => ({
  values,
  shape: [values.length],
  dtype: 'i64',
});

export const apply = (op: string, of: readonly Term[], attributes: Attributes = {}): Term => ({
  op,
  of,
  attributes,
});

const unary = (op: string) => (x: Term) => apply(op, [x]);
const binary = (op: string) => (x: Term, y: Term) => apply(op, [x, y]);

export const abs = unary('Abs');
export const exp = unary('Exp');
export const log = unary('Log');
export const neg = unary('Neg');
export const tanh = unary('Tanh');
export const add = binary('Add');
export const sub = binary('Sub');
export const mul = binary('Mul');
export const div = binary('Div');
export const min = binary('Min');
export const max = binary('Max');
export const equal = binary('Equal');
export const greater = binary('Greater');
export const where = (condition: Term, yes: Term, no: Term): Term =>
  apply('Where', [condition, yes, no]);

/** TensorProto.DataType of float64 */
const DOUBLE = 11;
export const toFloat64 = (x: Term): Term => apply('Cast', [x], { to: { int: DOUBLE } });

export const sumOver = (x: Term, axis: number): Term =>
  apply('ReduceSum', [x, list(axis)], { keepdims: { int: 0 } });
export const sumAll = (x: Term): Term => apply('ReduceSum', [x], { keepdims: { int: 0 } });

/** u ↦ ln(1 + u) without the loss of digits near 0: the error of 1 + u cancels in u / ((1 + u) − 1). */
export function log1p(u: Term): Term {
  const rounded = add(real(1), u);
  const corrected = mul(log(rounded), div(u, sub(rounded, real(1))));
  return where(equal(rounded, real(1)), u, corrected);
}

/** x ↦ ln(1 + eˣ), with exp of an argument ≤ 0 only. */
export const softplus = (x: Term): Term => add(max(x, real(0)), log1p(exp(neg(abs(x)))));

/** x ↦ eˣ − 1 without cancellation: 1 − e⁻ʸ is 2t / (1 + t), where t = tanh(y/2). */
export function expm1(x: Term): Term {
  const t = tanh(div(abs(x), real(2)));
  const missing = div(mul(real(2), t), add(real(1), t));
  return where(greater(x, real(0)), mul(missing, exp(x)), neg(missing));
}

interface Written {
  readonly names: Map<Term, string>;
  readonly nodes: GraphNode[];
  readonly initializers: Initializer[];
}

/** A term that occurs twice is written once. */
function write(term: Term, written: Written): string {
  const known = written.names.get(term);
  if (known !== undefined) return known;
  const inputs = 'op' in term ? term.of.map((operand) => write(operand, written)) : [];
  const name = 'input' in term ? term.input : `t${written.names.size}`;
  if ('op' in term)
    written.nodes.push({ op: term.op, inputs, outputs: [name], attributes: term.attributes });
  else if ('values' in term) written.initializers.push({ name, ...term });
  written.names.set(term, name);
  return name;
}

/** The newest operator set that onnxruntime 1.30 and ir_version 10 both take without a warning. */
const OPSET = 22;

export function toGraph(term: Term, inputs: readonly GraphInput[]): Graph {
  const written: Written = { names: new Map(), nodes: [], initializers: [] };
  const name = write(apply('Identity', [term]), written);
  return {
    opset: OPSET,
    inputs,
    initializers: written.initializers,
    nodes: written.nodes,
    outputs: [{ name, dtype: 'f64' }],
  };
}
