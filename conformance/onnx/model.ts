/**
 * # Models and tensors as protobuf messages
 *
 * `encodeModel` writes a graph; `decodeModel` and `decodeTensor` read what ONNX's own node tests are
 * made of: one model and the tensors that go in and come out.
 */
import type { Root } from 'protobufjs';
import type { Payload } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { DATA_TYPE, dtypeOf, fromBytes, toBytes } from './elements.ts';
import type { Attribute, Attributes, Graph, GraphInput, GraphNode, Initializer } from './graph.ts';
import { loadProtobuf } from './peers.ts';
import { ATTRIBUTE, IR_VERSION, SCHEMA } from './schema.ts';

let schema: Root | undefined;
const message = async (name: string) => {
  const { parse } = await loadProtobuf();
  schema ??= parse(SCHEMA, { keepCase: true }).root;
  return schema.lookupType(name);
};

const attribute = (name: string, value: Attribute): object => {
  if ('int' in value) return { name, type: ATTRIBUTE.int, i: value.int };
  if ('ints' in value) return { name, type: ATTRIBUTE.ints, ints: value.ints };
  if ('float' in value) return { name, type: ATTRIBUTE.float, f: value.float };
  return { name, type: ATTRIBUTE.string, s: new TextEncoder().encode(value.string) };
};

/** onnxruntime refuses a graph in which two nodes have one name. */
const node = ({ op, inputs, outputs, attributes }: GraphNode, position: number): object => ({
  input: inputs,
  output: outputs,
  name: `${op}_${position}`,
  op_type: op,
  attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
});

const dimension = (size: number | string): object =>
  typeof size === 'number' ? { dim_value: size } : { dim_param: size };

const input = ({ name, dtype, shape }: GraphInput): object => ({
  name,
  type: { tensor_type: { elem_type: DATA_TYPE[dtype], shape: { dim: shape.map(dimension) } } },
});

const initializer = ({ name, dtype, shape, values }: Initializer): object => ({
  name,
  dims: shape,
  data_type: DATA_TYPE[dtype],
  raw_data: toBytes(toPayload({ dtype, shape, data: values }).data),
});

export const encodeModel = async (graph: Graph): Promise<Uint8Array> => {
  const ModelProto = await message('ModelProto');
  const model = {
    ir_version: IR_VERSION,
    producer_name: 'touchstone',
    opset_import: [{ domain: '', version: graph.opset }],
    graph: {
      name: 'touchstone',
      node: graph.nodes.map(node),
      initializer: graph.initializers.map(initializer),
      input: graph.inputs.map(input),
      // Shapes of outputs may be left out: they follow from the nodes.
      output: graph.outputs.map(({ name, dtype }) => ({
        name,
        type: { tensor_type: { elem_type: DATA_TYPE[dtype] } },
      })),
    },
  };
  return ModelProto.encode(model).finish();
};

export interface Model {
  readonly opset: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly GraphNode[];
}

/** A message read from bytes: absent fields hold their defaults. */
type Named = { readonly name: string };
type AttributeProto = Named & {
  readonly type: number;
  readonly i: number;
  readonly f: number;
  readonly s: Uint8Array;
  readonly ints: readonly number[];
};
interface ModelProto {
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: {
    readonly node: readonly {
      readonly op_type: string;
      readonly input: readonly string[];
      readonly output: readonly string[];
      readonly attribute: readonly AttributeProto[];
    }[];
    readonly input: readonly Named[];
    readonly output: readonly Named[];
  };
}

const decode = async <Message>(name: string, bytes: Uint8Array): Promise<Message> => {
  const type = await message(name);
  const read = type.toObject(type.decode(bytes), { longs: Number, defaults: true, arrays: true });
  return read as Message;
};

const readAttribute = (a: AttributeProto): Attribute => {
  if (a.type === ATTRIBUTE.int) return { int: a.i };
  if (a.type === ATTRIBUTE.ints) return { ints: a.ints };
  if (a.type === ATTRIBUTE.float) return { float: a.f };
  if (a.type === ATTRIBUTE.string) return { string: new TextDecoder().decode(a.s) };
  throw new TypeError(`onnx: attribute ${a.name} has type ${a.type}, which is not in use here`);
};

const readAttributes = (list: readonly AttributeProto[]): Attributes =>
  Object.fromEntries(list.map((a) => [a.name, readAttribute(a)]));

export const decodeModel = async (bytes: Uint8Array): Promise<Model> => {
  const { opset_import, graph } = await decode<ModelProto>('ModelProto', bytes);
  return {
    opset: opset_import.find(({ domain }) => domain === '')?.version ?? 0,
    inputs: graph.input.map(({ name }) => name),
    outputs: graph.output.map(({ name }) => name),
    nodes: graph.node.map(({ op_type, input: inputs, output: outputs, attribute: list }) => ({
      op: op_type,
      inputs,
      outputs,
      attributes: readAttributes(list),
    })),
  };
};

export const decodeTensor = async (bytes: Uint8Array): Promise<Payload> => {
  const { dims, data_type, raw_data } = await decode<{
    readonly dims: readonly number[];
    readonly data_type: number;
    readonly raw_data: Uint8Array;
  }>('TensorProto', bytes);
  const dtype = dtypeOf(data_type);
  return { dtype, shape: dims, data: fromBytes(dtype, raw_data) };
};
