/**
 * # What ONNX Runtime answers
 *
 * Up to two witnesses speak about a case: the float32 operator, as everybody uses it, and a float64
 * graph, which is good to about 1e-15 and leaves an implementation little more than its own rounding.
 */
import { offered, onnxruntime } from '../conformance/adapters/onnxruntime.ts';
import { derive } from '../conformance/onnx/derive.ts';
import { anyShape, type Graph } from '../conformance/onnx/graph.ts';
import { runGraph } from '../conformance/onnx/session.ts';
import type { Payload } from '../properties/candidate.ts';
import { isInteger } from '../spec/tensor.ts';
import { type Case, describeCase } from './case.ts';
import { toGraph } from './graphs/expression.ts';
import { compositions } from './graphs/index.ts';

export type Precision = 'float32' | 'float64';

export interface Witnessed {
  readonly of: Case;
  readonly precision: Precision;
  readonly answer: Payload;
}

/** Operators whose own float64 kernels are good; of the others, composed graphs are. */
const GOOD_KERNELS = ['relu', 'tanh', 'softmax', 'log-softmax', 'log-sum-exp'];

const widened = ({ dtype, shape, data }: Payload): Payload =>
  isInteger(dtype)
    ? { dtype, shape, data }
    : { dtype: 'f64', shape, data: Float64Array.from(data as Float32Array) };

function float64Graph({ op, params, in: given }: Case): Graph | undefined {
  const composition = compositions[op];
  const names = Object.keys(given);
  const inputs = names.map((name) => {
    const { dtype, shape } = given[name]!;
    return { name, dtype, shape: anyShape(name, shape.length) };
  });
  if (composition !== undefined) return toGraph(composition({ params, in: given }), inputs);
  const definition = offered.get(op);
  if (definition === undefined || !GOOD_KERNELS.includes(op)) return undefined;
  const derived = derive(definition, { params, in: given }, 'ranks');
  return 'graph' in derived ? derived.graph : undefined;
}

async function inFloat64(of: Case): Promise<Witnessed[]> {
  const given = Object.entries(of.in).map(([name, payload]) => [name, widened(payload)] as const);
  const wide = { ...of, in: Object.fromEntries(given) };
  const graph = float64Graph(wide);
  if (graph === undefined) return [];
  const { [graph.outputs[0]!.name]: answer } = await runGraph(graph, wide.in);
  return [{ of, precision: 'float64', answer: answer! }];
}

async function inFloat32(of: Case): Promise<Witnessed[]> {
  if (!offered.has(of.op)) return [];
  const { out, error } = await onnxruntime.run({ ...of, want: ['out'] });
  if (error !== undefined)
    throw new Error(`onnxruntime: ${error.message}, asked ${describeCase(of)}`);
  return out === undefined ? [] : [{ of, precision: 'float32', answer: out }];
}

/** Every witness of every case; rejects where ONNX Runtime refuses what should be legal. */
export async function testify(cases: readonly Case[]): Promise<readonly Witnessed[]> {
  const all: Witnessed[] = [];
  for (const of of cases) all.push(...(await inFloat32(of)), ...(await inFloat64(of)));
  return all;
}
