/**
 * # Sessions
 *
 * Making a session costs as much as thirty runs, so graphs that say the same share one. One thread
 * and fixed options, so that an answer depends on the request and on the CPU alone.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Data, Payload } from '../../properties/candidate.ts';
import type { Dtype } from '../../spec/tensor.ts';
import type { Graph } from './graph.ts';
import { encodeModel } from './model.ts';
import { loadRuntime } from './peers.ts';

export interface Payloads {
  readonly [name: string]: Payload;
}

const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 4,
};

/** Drawn attributes make ever new graphs; 256 sessions of one node are a few megabytes. */
const CAPACITY = 256;
/** In order of last use. */
const sessions = new Map<string, InferenceSession>();

/** JSON has no infinities, no NaN and no negative zero; constants of a graph may be any of them. */
const keyOf = (graph: Graph): string =>
  JSON.stringify(graph, (_, value: unknown) => {
    if (Object.is(value, -0)) return '-0';
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });

const sessionOf = async (graph: Graph): Promise<InferenceSession> => {
  const key = keyOf(graph);
  const known = sessions.get(key);
  sessions.delete(key);
  const session = known ?? (await createSession(await encodeModel(graph)));
  sessions.set(key, session);
  const [oldest] = sessions;
  if (sessions.size > CAPACITY && oldest !== undefined) {
    sessions.delete(oldest[0]);
    await oldest[1].release();
  }
  return session;
};

export const createSession = async (model: Uint8Array): Promise<InferenceSession> => {
  const { InferenceSession } = await loadRuntime();
  return InferenceSession.create(model, OPTIONS);
};

const TYPES = {
  f32: 'float32',
  f64: 'float64',
  i64: 'int64',
  i32: 'int32',
  u8: 'uint8',
  f16: 'float16',
} as const;

const dtypes = new Map<string, Dtype>(
  Object.entries(TYPES).map(([dtype, type]) => [type, dtype as Dtype]),
);

const toTensor = async ({ dtype, shape, data }: Payload): Promise<Tensor> => {
  const ort = await loadRuntime();
  if (dtype === 'bf16') throw new TypeError('onnxruntime: bf16 tensors cannot be passed to it');
  return new ort.Tensor(TYPES[dtype], data as Float32Array, [...shape]);
};

const toPayload = ({ type, dims, data }: Tensor): Payload => {
  const dtype = dtypes.get(type);
  if (dtype === undefined) throw new Error(`onnxruntime: answered a tensor of ${type}`);
  return { dtype, shape: [...dims], data: data as Data };
};

let turn: Promise<unknown> = Promise.resolve();

/** One after another, so that no session is released while another request runs it. */
const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
  const done = turn.then(job, job);
  turn = done;
  return done;
};

/** Runs a graph; rejects with ONNX Runtime's own message. */
export const runGraph = (graph: Graph, inputs: Payloads): Promise<Payloads> =>
  inTurn(async () => {
    const session = await sessionOf(graph);
    const feeds: { [name: string]: Tensor } = {};
    for (const { name } of graph.inputs) {
      const payload = inputs[name];
      if (payload === undefined) throw new TypeError(`onnxruntime: ${name} is missing`);
      feeds[name] = await toTensor(payload);
    }
    const answers = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(answers).map(([name, value]) => [name, toPayload(value as Tensor)]),
    );
  });
