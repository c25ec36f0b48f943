/**
 * # TensorFlow.js, on its WebAssembly and on its JavaScript backend
 *
 * One thread. Inputs are tensors on the backend and results stay there: nothing is copied in or out,
 * which is to its favour. Its cross-entropy takes targets as one-hot rows.
 */
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Core from '@tensorflow/tfjs-core';
import type { Answer, Candidate, Case, OperatorId, Peer } from '../candidate.ts';

type Backend = 'wasm' | 'cpu';
type Function_ = (x: Core.Tensor) => Core.Tensor;

let core: Promise<typeof Core> | undefined;
const loadCore = (): Promise<typeof Core> => {
  core ??= importCore();
  return core;
};

/** Gradients are not in the bundle that Node is given, but in modules written for bundlers. */
async function importCore(): Promise<typeof Core> {
  const tf = exportsOf<typeof Core>(await import('@tensorflow/tfjs-core'));
  register('./tfjs-modules.js', import.meta.url);
  const gradients = '@tensorflow/tfjs-core/dist/register_all_gradients.js';
  await import(gradients);
  tf.enableProdMode();
  return tf;
}

/** A CommonJS module's exports, all of them. */
const exportsOf = <Exports>(module: object): Exports =>
  ('default' in module ? module.default : module) as Exports;

async function loadBackend(backend: Backend): Promise<string> {
  if (backend === 'cpu') {
    const cpu = await import('@tensorflow/tfjs-backend-cpu');
    return exportsOf<typeof cpu>(cpu).version_cpu;
  }
  const imported = await import('@tensorflow/tfjs-backend-wasm');
  const wasm = exportsOf<typeof imported>(imported);
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(join(dirname(main), '..', 'wasm-out', '/'));
  wasm.setThreadsCount(1);
  return wasm.version_wasm;
}

function targetOf(tf: typeof Core, { shape, classes, probabilities }: Case): Core.Tensor {
  if (probabilities) return tf.tensor(probabilities, [...shape]);
  return tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(classes!, 'int32'), shape[1]!), 'float32'));
}

const FUNCTIONS: {
  readonly [op in OperatorId]?: (tf: typeof Core, target?: Core.Tensor) => Function_;
} = {
  relu: (tf) => tf.relu,
  sigmoid: (tf) => tf.sigmoid,
  logsigmoid: (tf) => tf.logSigmoid,
  tanh: (tf) => tf.tanh,
  softplus: (tf) => tf.softplus,
  softmax: (tf) => (x) => tf.softmax(x),
  'log-softmax': (tf) => (x) => tf.logSoftmax(x),
  'cross-entropy': (tf, target) => (x) => tf.losses.softmaxCrossEntropy(target!, x),
  'binary-cross-entropy-with-logits': (tf, target) => (x) =>
    tf.losses.sigmoidCrossEntropy(target!, x),
};

type Results = { readonly value: Core.Tensor; readonly grad?: Core.Tensor };

interface Tensors {
  readonly x: Core.Tensor;
  readonly target?: Core.Tensor | undefined;
  readonly cotangent?: Core.Tensor | undefined;
}

function tensorsOf(tf: typeof Core, asked: Case): Tensors {
  const { shape, input, classes, probabilities, cotangent } = asked;
  return {
    x: tf.tensor(input, [...shape]),
    target: (classes ?? probabilities) && targetOf(tf, asked),
    cotangent: cotangent && tf.tensor(cotangent, [...shape]),
  };
}

function computing(tf: typeof Core, { op, pass }: Case, { x, target, cotangent }: Tensors) {
  const f = FUNCTIONS[op]!(tf, target);
  const both = tf.valueAndGrad(f);
  return (): Results => (pass === 'forward' ? { value: f(x) } : both(x, cotangent));
}

async function open(
  tf: typeof Core,
  backend: Backend,
  name: string,
  asked: Case,
): Promise<Candidate> {
  const prepare = async () => {
    if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} does not start`);
  };
  await prepare();
  const tensors = tensorsOf(tf, asked);
  const compute = computing(tf, asked, tensors);
  return {
    name,
    isAsync: false,
    prepare,
    run: () => tf.tidy(() => void compute()),
    answer: async () => {
      await prepare();
      return answerOf(tf.tidy(compute as () => Core.NamedTensorMap) as unknown as Results);
    },
    release: () => tf.dispose(Object.values(tensors).filter((tensor) => tensor !== undefined)),
  };
}

async function answerOf({ value, grad }: Results): Promise<Answer> {
  const read = async (tensor: Core.Tensor) => {
    const data = (await tensor.data()) as Float32Array;
    tensor.dispose();
    return data;
  };
  return { value: await read(value), ...(grad && { gradient: await read(grad) }) };
}

const peer = (backend: Backend): Peer => {
  const name = `tfjs-${backend}`;
  return {
    name,
    load: async () => {
      const tf = await loadCore();
      const version = await loadBackend(backend);
      const offer = (asked: Case) => ({ name, open: () => open(tf, backend, name, asked) });
      return { version, offers: (asked) => (FUNCTIONS[asked.op] ? [offer(asked)] : []) };
    },
  };
};

export const tfjsWasm = peer('wasm');
export const tfjsCpu = peer('cpu');
