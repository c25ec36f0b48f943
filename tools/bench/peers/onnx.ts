/**
 * # ONNX Runtime, native and in WebAssembly
 *
 * One thread each. Inputs are tensors that are there already. The native one also writes into tensors
 * that are there already; the one for the web is not given any, as it leaves those untouched
 * (microsoft/onnxruntime#25786), and copies from and to its heap.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeModel } from '../../../conformance/onnx/model.ts';
import { loadRuntime } from '../../../conformance/onnx/peers.ts';
import { createSession } from '../../../conformance/onnx/session.ts';
import type { Answer, Candidate, Case, Peer } from '../candidate.ts';
import { graphsOf, type Variant } from './graphs.ts';

/** What both packages offer; their types differ by name only. */
interface Runtime {
  readonly Tensor: typeof Tensor;
  readonly create: (model: Uint8Array) => Promise<InferenceSession>;
  readonly writesInto: boolean;
}
type Tensors = { [name: string]: Tensor };

function feedsOf({ Tensor }: Runtime, asked: Case): Tensors {
  const { shape, input, classes, probabilities, cotangent } = asked;
  return {
    x: new Tensor('float32', input, shape),
    ...(classes && {
      t: new Tensor('int64', BigInt64Array.from(classes, BigInt), shape.slice(0, 1)),
    }),
    ...(probabilities && { t: new Tensor('float32', probabilities, shape) }),
    ...(cotangent && { u: new Tensor('float32', cotangent, shape) }),
  };
}

function fetchesOf({ Tensor }: Runtime, asked: Case): Tensors {
  const { shape, input, classes, probabilities, pass } = asked;
  const full = () => new Tensor('float32', new Float32Array(input.length), shape);
  const isLoss = classes !== undefined || probabilities !== undefined;
  return {
    value: isLoss ? new Tensor('float32', new Float32Array(1), []) : full(),
    ...(pass === 'forward+backward' && { gradient: full() }),
  };
}

function answerOf(results: InferenceSession.OnnxValueMapType): Answer {
  const data = (tensor: unknown) => (tensor as Tensor).data as Float32Array;
  return {
    value: data(results.value),
    ...(results.gradient && { gradient: data(results.gradient) }),
  };
}

async function open(
  runtime: Runtime,
  name: string,
  { graph }: Variant,
  asked: Case,
): Promise<Candidate> {
  const session = await runtime.create(await encodeModel(graph));
  const feeds = feedsOf(runtime, asked);
  const fetches = fetchesOf(runtime, asked);
  const run = runtime.writesInto ? () => session.run(feeds, fetches) : () => session.run(feeds);
  return {
    name,
    isAsync: true,
    run,
    answer: async () => answerOf(await run()),
    release: () => session.release(),
  };
}

const peer = (
  name: string,
  load: () => Promise<{ readonly version: string; readonly runtime: Runtime }>,
): Peer => ({
  name,
  load: async () => {
    const { version, runtime } = await load();
    const offers = (asked: Case) =>
      graphsOf(asked).map((variant) => {
        const full = variant.name ? `${name} ${variant.name}` : name;
        return { name: full, open: () => open(runtime, full, variant, asked) };
      });
    return { version, offers };
  },
});

export const onnxruntimeNode = peer('onnxruntime-node', async () => {
  const { Tensor, env } = await loadRuntime();
  const runtime = { Tensor, create: createSession, writesInto: true };
  return { version: env.versions.node ?? env.versions.common, runtime };
});

export const onnxruntimeWeb = peer('onnxruntime-web', async () => {
  const web = await import('onnxruntime-web');
  web.env.wasm.numThreads = 1;
  web.env.wasm.proxy = false;
  web.env.logLevel = 'error';
  const create = (model: Uint8Array) =>
    web.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const runtime = { Tensor: web.Tensor, create, writesInto: false } as unknown as Runtime;
  return { version: web.env.versions.web ?? web.env.versions.common, runtime };
});
