/**
 * # TensorFlow.js as a candidate
 *
 * On its JavaScript backend and on its WebAssembly backend: the operators that have a name in the `tfjs`
 * dialect, each as the call that a user would write, gradients by `tf.grads`. What TF.js has no way to
 * be asked is skipped with the reason. The file stands alone: a copy of it, compiled, is a module for
 * `touchstone check ./tfjs.js` beside any other version of TF.js.
 */
import type * as Core from '@tensorflow/tfjs-core';
import type {
  Candidate,
  Hello,
  Payload,
  Reply,
  Request,
  Setting,
} from '../../properties/candidate.ts';

export const INSTALL =
  'npm install --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0';

type Tensor = Core.Tensor;
type Tensors = { readonly [name: string]: Tensor };
type Params = { readonly [name: string]: Setting };
interface Operator {
  run(tensors: Tensors, params: Params): Tensor;
  /** The inputs that it has a gradient for, and the parameters that it knows. */
  readonly grad: readonly string[];
  readonly params: readonly string[];
  /** Why TF.js cannot be asked this. */
  unable?(request: Request): string | undefined;
}

/** The part of @tensorflow/tfjs-layers that is used. Importing it also registers all gradients. */
interface Layers {
  readonly version_layers: string;
  readonly layers: {
    activation(args: { activation: string }): { apply(x: Tensor): Tensor };
    thresholdedReLU(args: { theta: number }): { apply(x: Tensor): Tensor };
  };
}

// The operators ----------------------------------------------------------------------------------

/** A function of single elements. Parameters in `only` exist at that value and at no other. */
const map = (
  f: (x: Tensor, params: Params) => Tensor,
  params: readonly string[] = [],
  only: Params = {},
): Operator => ({
  run: ({ input }, p) => f(input!, p),
  grad: ['input'],
  params: [...params, ...Object.keys(only)],
  unable: (request) =>
    Object.entries(only)
      .filter(([name, value]) => request.params[name] !== value)
      .map(([name, value]) => `TF.js has ${name} = ${value} only`)[0],
});

/** A function of rows along one axis. */
const along = (f: (x: Tensor, axis: number) => Tensor, isLastOnly: boolean): Operator => ({
  run: ({ input }, { dim }) => f(input!, axisOf(Number(dim), input!.rank)),
  grad: ['input'],
  params: ['dim'],
  unable: ({ params: { dim }, in: { input } }) =>
    isLastOnly && axisOf(Number(dim), input!.shape.length) !== input!.shape.length - 1
      ? 'TF.js has it along the last axis only'
      : undefined,
});

function axisOf(dim: number, rank: number): number {
  if (dim >= -rank && dim < rank) return dim < 0 ? dim + rank : dim;
  throw new RangeError(`dim is ${dim} but should be in [${-rank}, ${rank - 1}]`);
}

type Reduce = Core.Reduction;
const loss = (
  f: (t: Tensors, reduction: Reduce, params: Params) => Tensor,
  params: readonly string[] = [],
  unable: Operator['unable'] = () => undefined,
): Operator => ({
  run: (tensors, p) => f(tensors, REDUCTIONS.get(p.reduction!) ?? bad('reduction', p), p),
  grad: ['input', 'target'],
  params: ['reduction', ...params],
  unable,
});

const bad = (name: string, params: Params): never => {
  throw new RangeError(`${name} is ${params[name]}, which TF.js does not have`);
};

/** As numbers, since their names are in a package that may not be there. MEAN divides by Σ weights. */
const REDUCTIONS: ReadonlyMap<Setting, Reduce> = new Map([
  ['none', 0],
  ['mean', 1],
  ['sum', 2],
]);

/** With weights TF.js divides by their sum, or by how many are not 0; never by all that there are. */
const weighted: Operator['unable'] = ({ params: { reduction }, in: { weight, posWeight } }) => {
  if (posWeight) return 'TF.js has no posWeight';
  return weight && reduction === 'mean' ? 'TF.js has no mean over all that is weighted' : undefined;
};

const distributions: Operator['unable'] = ({ in: { input, target, weight } }) => {
  if (target?.dtype !== 'f32') return 'TF.js takes distributions only';
  if (weight) return 'TF.js has no weights of classes';
  return input!.shape.length === 2 ? undefined : 'TF.js takes a batch of rows only';
};

const operatorsOf = (tf: typeof Core, { layers }: Layers): { readonly [id: string]: Operator } => {
  const activation = (name: string) => {
    const layer = layers.activation({ activation: name });
    return (x: Tensor): Tensor => layer.apply(x);
  };
  const gelu = new Map<Setting, (x: Tensor) => Tensor>([
    ['none', activation('gelu')],
    ['tanh', activation('gelu_new')],
  ]);
  const { losses } = tf;
  return {
    clip: map((x, p) => tf.clipByValue(x, Number(p.min), Number(p.max)), ['min', 'max']),
    elu: map((x) => tf.elu(x), [], { alpha: 1 }),
    exponential: map((x) => tf.exp(x)),
    gelu: map((x, p) => (gelu.get(p.approximate!) ?? bad('approximate', p))(x), ['approximate']),
    'hard-sigmoid-affine': map(activation('hardSigmoid'), [], { alpha: 0.2, beta: 0.5 }),
    hardtanh: map(
      (x, p) => tf.clipByValue(x, Number(p.minVal), Number(p.maxVal)),
      ['minVal', 'maxVal'],
    ),
    'leaky-relu': map((x, p) => tf.leakyRelu(x, Number(p.negativeSlope)), ['negativeSlope']),
    'log-softmax': along((x, axis) => tf.logSoftmax(x, axis), true),
    'log-sum-exp': along((x, axis) => tf.logSumExp(x, axis), false),
    logsigmoid: map((x) => tf.logSigmoid(x)),
    mish: map(activation('mish')),
    prelu: {
      run: ({ input, weight }) => tf.prelu(input!, channels(tf, input!, weight!)),
      grad: ['input', 'weight'],
      params: [],
    },
    relu: map((x) => tf.relu(x)),
    relu6: map((x) => tf.relu6(x)),
    selu: map((x) => tf.selu(x)),
    sigmoid: map((x) => tf.sigmoid(x)),
    silu: map(activation('swish'), [], { alpha: 1 }),
    softmax: along((x, axis) => tf.softmax(x, axis), true),
    softplus: map((x) => tf.softplus(x), [], { beta: 1, threshold: Infinity }),
    softsign: map(activation('softsign')),
    tanh: map((x) => tf.tanh(x)),
    'thresholded-relu': {
      ...map((x, p) => layers.thresholdedReLU({ theta: Number(p.alpha) }).apply(x), ['alpha']),
      grad: [], // its comparison has none
    },
    'binary-cross-entropy': loss(
      (t, r) => losses.logLoss(t.target!, t.input!, t.weight, undefined, r),
      [],
      weighted,
    ),
    'binary-cross-entropy-with-logits': loss(
      (t, r) => losses.sigmoidCrossEntropy(t.target!, t.input!, t.weight, 0, r),
      [],
      weighted,
    ),
    'cosine-similarity-loss': loss(
      (t, r) => {
        const axis = t.input!.rank - 1;
        const y = losses.cosineDistance<Tensor, Tensor>(t.target!, t.input!, axis, undefined, r);
        return r === 0 ? tf.squeeze(y, [axis]) : y;
      },
      ['eps', 'distance'],
      ({ params: { distance, eps } }) =>
        distance && eps === 1e-7 ? undefined : 'TF.js has the distance only, without eps',
    ),
    'cross-entropy': loss(
      ({ target, input }, r, { labelSmoothing }) =>
        losses.softmaxCrossEntropy(target!, input!, undefined, Number(labelSmoothing), r),
      ['ignoreIndex', 'labelSmoothing'],
      distributions,
    ),
    'hinge-loss': loss((t, r) => losses.hingeLoss(t.target!, t.input!, undefined, r)),
    'huber-loss': loss(
      (t, r, p) => losses.huberLoss(t.target!, t.input!, t.weight, Number(p.delta), r),
      ['delta'],
    ),
    'l1-loss': loss((t, r) => losses.absoluteDifference(t.target!, t.input!, t.weight, r)),
    'mse-loss': loss((t, r) => losses.meanSquaredError(t.target!, t.input!, t.weight, r)),
  };
};

/** TF.js aligns it with the last axes: beside channels there is one for each axis behind them. */
function channels(tf: typeof Core, { rank }: Tensor, weight: Tensor): Tensor {
  if (weight.rank > 1) throw new RangeError(`weight has ${weight.rank} axes but should have 1`);
  const behind = Array.from({ length: Math.max(0, rank - 2) }, () => 1);
  return weight.rank === 0 ? weight : tf.reshape(weight, [weight.size, ...behind]);
}

// Asking -----------------------------------------------------------------------------------------

type Backend = 'cpu' | 'wasm';
interface Loaded {
  readonly tf: typeof Core;
  readonly operators: { readonly [id: string]: Operator };
}

async function load(backend: Backend): Promise<Loaded> {
  try {
    const tf = await import('@tensorflow/tfjs-core');
    const layers = '@tensorflow/tfjs-layers';
    const operators = operatorsOf(tf, (await import(layers)) as Layers);
    tf.enableProdMode(); // no advertisement
    if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
    else (await import('@tensorflow/tfjs-backend-wasm')).setThreadsCount(1);
    return { tf, operators };
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`TF.js cannot be loaded (${told}); install it with: ${INSTALL}`, { cause });
  }
}

const hello = ({ tf, operators }: Loaded, backend: Backend): Hello => ({
  protocol: 1,
  impl: {
    name: backend === 'cpu' ? 'tfjs' : 'tfjs-wasm',
    version: tf.version_core,
    language: backend === 'cpu' ? 'JavaScript' : 'WebAssembly',
    url: 'https://www.tensorflow.org/js',
  },
  env: { os: process.platform, arch: process.arch, backend, threads: '1' },
  dtypes: ['f32'],
  dialect: 'tfjs',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries(Object.entries(operators).map(([id, { grad }]) => [id, { grad }])),
  unsupported: { linear: { reason: 'tf.layers.dense is no function of its weights' } },
});

/** Throws a RangeError for what is not legal. */
function tensorOf(tf: typeof Core, name: string, { dtype, shape, data }: Payload): Tensor {
  if (dtype !== 'f32') throw new RangeError(`${name} is ${dtype} but should be f32`);
  return tf.tensor(data as Float32Array, [...shape], 'float32');
}

/** Every tensor that is wanted, by its name. */
function compute(tf: typeof Core, op: Operator, request: Request): Tensors {
  const { params, in: inputs, want, grad_out } = request;
  const tensors: Tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, payload]) => [name, tensorOf(tf, name, payload)]),
  );
  const names = want.filter((name) => name !== 'out').map((name) => name.slice('grad:'.length));
  if (names.length === 0) return { out: op.run(tensors, params) };
  const f = (...xs: readonly Tensor[]) =>
    op.run({ ...tensors, ...Object.fromEntries(names.map((name, i) => [name, xs[i]!])) }, params);
  const u = grad_out ? tensorOf(tf, 'grad_out', grad_out) : undefined;
  const { value, grads } = tf.valueAndGrads(f)(
    names.map((name) => tensors[name]!),
    u,
  );
  return { out: value, ...Object.fromEntries(names.map((name, i) => [`grad:${name}`, grads[i]!])) };
}

async function answer({ tf, operators }: Loaded, request: Request): Promise<Reply> {
  const op = Object.hasOwn(operators, request.op) ? operators[request.op]! : undefined;
  const gradients = request.want.filter((name) => name !== 'out');
  if (!op || !gradients.every((name) => op.grad.includes(name.slice('grad:'.length))))
    return { error: { kind: 'unsupported', message: `TF.js has no such result of ${request.op}` } };
  for (const name of Object.keys(request.params))
    if (!op.params.includes(name)) throw new RangeError(`there is no parameter ${name}`);
  const reason = op.unable?.(request);
  if (reason !== undefined) return { skip: { reason } };
  const computed = tf.tidy(() => compute(tf, op, request) as Core.NamedTensorMap);
  const payloads: Record<string, Payload> = {};
  for (const name of request.want) {
    const tensor = computed[name]!;
    const data = (await tensor.data()) as Float32Array;
    payloads[name] = { dtype: 'f32', shape: tensor.shape, data };
  }
  tf.dispose(computed);
  return payloads;
}

/** What TF.js refuses, it refuses by a plain Error; any other kind is a fault in it or in here. */
function refusal(problem: unknown): Reply {
  const { name, message } = problem as Error;
  const isRefused = name === 'Error' || name === 'RangeError';
  return { error: { kind: isRefused ? 'invalid_input' : 'internal', message } };
}

function on(backend: Backend): Candidate {
  let loaded: Promise<Loaded> | undefined;
  const ready = async (): Promise<Loaded> => {
    loaded ??= load(backend);
    const { tf } = await loaded;
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
    return loaded;
  };
  return {
    hello: async () => hello(await ready(), backend),
    async run(request) {
      const id = request.id === undefined ? {} : { id: request.id };
      const all = await ready();
      try {
        return { ...id, ...(await answer(all, request)) };
      } catch (problem) {
        return { ...id, ...refusal(problem) };
      }
    },
  };
}

export const tfjs: Candidate = on('cpu');
export const tfjsWasm: Candidate = on('wasm');
export default tfjs;
