/**
 * # What ONNX Runtime answers
 *
 * Up to two witnesses speak about a case: the float32 operator, as everybody uses it, and a float64
 * graph, which is good to about 1e-15 and leaves an implementation little more than its own rounding.
 */
import { offered, onnxruntime } from '../conformance/adapters/onnxruntime.ts';
import { type Asked, derive } from '../conformance/onnx/derive.ts';
import { anyShape, type Graph } from '../conformance/onnx/graph.ts';
import { runGraph } from '../conformance/onnx/session.ts';
import type { Payload } from '../properties/candidate.ts';
import { isInteger } from '../spec/tensor.ts';
import { type Case, describeCase } from './case.ts';
import { toGraph } from './graphs/expression.ts';
import { compositions } from './graphs/index.ts';
import { kernels } from './kernels.ts';

export type Precision = 'float32' | 'float64';

export interface Witnessed {
  readonly of: Case;
  readonly precision: Precision;
  readonly answer: Payload;
}

/** Attributes are float32, also those of float64 operators. */
const isCarried = ({ params }: Asked): boolean =>
  Object.values(params).every((p) => typeof p !== 'number' || Math.fround(p) === p);

const widened = ({ dtype, shape, data }: Payload): Payload =>
  isInteger(dtype)
    ? { dtype, shape, data }
    : { dtype: 'f64', shape, data: Float64Array.from(data as Float32Array) };

/** The composed graph, or the operator itself where its float64 kernel is good; of a case in float64. */
function float64Graph({ op, params, in: given }: Case): Graph | undefined {
  const composition = compositions[op];
  const names = Object.keys(given);
  const inputs = names.map((name) => {
    const { dtype, shape } = given[name]!;
    return { name, dtype, shape: anyShape(name, shape.length) };
  });
  if (composition !== undefined) return toGraph(composition({ params, in: given }), inputs);
  const definition = offered.get(op);
  const kernel = kernels[definition?.dialects.onnx.name ?? ''];
  if (
    definition === undefined ||
    kernel?.float64 === undefined ||
    !isCarried({ params, in: given })
  )
    return undefined;
  const derived = derive(definition, { params, in: given }, 'ranks');
  return 'graph' in derived ? derived.graph : undefined;
}

const inWide = (of: Case): Case => {
  const given = Object.entries(of.in).map(([name, payload]) => [name, widened(payload)] as const);
  return { ...of, in: Object.fromEntries(given) };
};

/** Whether a float64 graph speaks about a case. */
export const hasFloat64 = (of: Case): boolean => float64Graph(inWide(of)) !== undefined;

async function inFloat64(of: Case): Promise<Witnessed[]> {
  const wide = inWide(of);
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
