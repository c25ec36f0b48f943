/**
 * # ONNX's own node tests
 *
 * One folder per case: a model of one node, the tensors that go in, and the tensors that NumPy says
 * come out. They are read where they lie, beside the project, and never copied into it. A case is
 * translated back into ours through the definition's ONNX entry.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { offered } from '../conformance/adapters/onnxruntime.ts';
import type { Offered } from '../conformance/onnx/derive.ts';
import type { Attribute, GraphNode } from '../conformance/onnx/graph.ts';
import { decodeModel, decodeTensor } from '../conformance/onnx/model.ts';
import type { Payload, Setting } from '../properties/candidate.ts';
import type { Answered } from './answers.ts';
import type { Case } from './case.ts';
import { root } from './root.ts';

export const folder = join(root, '../shared/data/onnx-node-tests/onnx-1.22.0');

/** CI has the folder beside its clone, so there its absence is a mistake; elsewhere it is not. */
export const availability = (exists: boolean, ci: string | undefined): 'run' | 'skip' | 'fail' => {
  if (exists) return 'run';
  return ci === undefined || ci === '' ? 'skip' : 'fail';
};

export const available = (): boolean => existsSync(folder);

/** One expected output, and the case of ours that should give it. */
export interface NodeTest {
  readonly name: string;
  readonly of: Case;
  readonly expected: Payload;
}

const read = (name: string, file: string): Uint8Array => readFileSync(join(folder, name, file));

async function tensors(name: string, prefix: string, names: readonly string[]): Promise<Payload[]> {
  const files = names.map((_, i) => read(name, `test_data_set_0/${prefix}_${i}.pb`));
  return Promise.all(files.map(decodeTensor));
}

const settingOf = (attribute: Attribute): Setting => {
  if ('int' in attribute) return attribute.int;
  if ('float' in attribute) return attribute.float;
  if ('string' in attribute) return attribute.string;
  throw new TypeError(`a list is no setting: ${attribute.ints}`);
};

/** Absent attributes take ONNX's defaults; it has none for ignore_index, and there ours does no harm. */
function paramsOf({ params, dialects }: Offered, node: GraphNode): Case['params'] {
  const { attributes = {}, defaults = {} } = dialects.onnx;
  const settings = Object.entries(params).map(([name, param]) => {
    const attribute = node.attributes[attributes[name] ?? ''];
    const usual = defaults[name] ?? param.default;
    return [name, attribute === undefined ? usual : settingOf(attribute)] as const;
  });
  return Object.fromEntries(settings as [string, Setting][]);
}

/** Sizes of 1 aside: ReduceLogSumExp may keep the axis that ours drops. */
const compact = ({ dtype, shape, data }: Payload): Payload => ({
  dtype,
  shape: shape.filter((size) => size !== 1),
  data,
});

/** From version 18 on the axes are an input: one of them is ours; none, or all, make one row. */
function logSumExp(name: string, [input, axes]: readonly Payload[], expected: Payload): NodeTest {
  const { shape, data } = input!;
  const count = axes?.data.length ?? 0;
  if (count === 1) {
    const of = { op: 'log-sum-exp', params: { dim: Number(axes!.data[0]) }, in: { input: input! } };
    return { name, of, expected };
  }
  if (count !== 0 && count !== shape.length) throw new Error(`${name}: axes are ${axes!.data}`);
  const row = { ...input!, shape: [data.length] };
  return { name, of: { op: 'log-sum-exp', params: { dim: 0 }, in: { input: row } }, expected };
}

/** Bounds are inputs from version 11 on, and parameters here; slopes lie along the last axes. */
const OTHERWISE = ['Clip', 'PRelu'];

/** Whether a node says nothing that a definition has no word for; a fixed attribute left out is 0. */
function says({ inputs, dialects }: Offered, node: GraphNode): boolean {
  const { name, attributes = {}, fixed = {} } = dialects.onnx;
  if (name !== node.op || OTHERWISE.includes(name)) return false;
  if (name === 'ReduceLogSumExp') return true; // its axes are told apart below
  const known = [...Object.values(attributes), ...Object.keys(fixed)];
  const written = (attribute: string) => settingOf(node.attributes[attribute] ?? { int: 0 });
  return (
    node.inputs.length <= Object.keys(inputs).length &&
    Object.keys(node.attributes).every((attribute) => known.includes(attribute)) &&
    Object.entries(fixed).every(([attribute, value]) => written(attribute) === value)
  );
}

async function translate(name: string): Promise<NodeTest[]> {
  const model = await decodeModel(read(name, 'model.onnx'));
  const [node, ...more] = model.nodes;
  if (node === undefined || more.length > 0) return [];
  const definition = [...offered.values()].find((one) => says(one, node));
  if (definition === undefined) return [];
  const given = await tensors(name, 'input', model.inputs);
  const [expected, logProb] = await tensors(name, 'output', model.outputs);
  if (definition.id === 'log-sum-exp') return [logSumExp(name, given, expected!)];
  const inputs = Object.keys(definition.inputs).flatMap((input, i) => {
    const payload = given[model.inputs.indexOf(node.inputs[i] ?? '')];
    return payload === undefined ? [] : [[input, payload] as const];
  });
  const of = {
    op: definition.id,
    params: paramsOf(definition, node),
    in: Object.fromEntries(inputs),
  };
  const tests = [{ name, of, expected: expected! }];
  if (logProb === undefined) return tests;
  // The second output of SoftmaxCrossEntropyLoss, whose classes lie along axis 1.
  const rows = { op: 'log-softmax', params: { dim: 1 }, in: { input: of.in.input! } };
  return [...tests, { name: `${name}, log_prob`, of: rows, expected: logProb }];
}

/** All cases of our operators; those named _expanded are the same tests of another formula. */
export async function nodeTests(): Promise<readonly NodeTest[]> {
  const names = readdirSync(folder).filter((name) => !name.includes('_expanded'));
  const tests: NodeTest[] = [];
  for (const name of names) tests.push(...(await translate(name)));
  return tests;
}

/**
 * The expected values are float32 results of NumPy, up to a few ulps off. ONNX itself allows 1e-3;
 * its own runtime meets 1e-5 in every one of these cases.
 */
const RELATIVE = 1e-5;
const ABSOLUTE = 1e-7;

const close = (got: number, want: number): boolean => {
  if (!Number.isFinite(want)) return Object.is(got, want);
  return Math.abs(got - want) <= ABSOLUTE + RELATIVE * Math.abs(want);
};

/** What is wrong with an answer; undefined where nothing is. */
export function fault({ expected }: NodeTest, got: Answered): string | undefined {
  const want = compact(expected);
  const shape = got.shape.filter((size) => size !== 1);
  if (String(shape) !== String(want.shape))
    return `shape is [${got.shape}] but should be [${expected.shape}]`;
  const values = Array.from<number | bigint, number>(want.data, Number);
  const at = got.values.findIndex((x, i) => !close(x, values[i]!));
  return at < 0 ? undefined : `out[${at}] is ${got.values[at]} but should be ${values[at]}`;
}
