/**
 * # Hashes of 2²⁰ results of every operator, in every reading that this engine has
 *
 * They are the same in all readings and on all engines, which is the point; the exit code says so.
 */
import { createHash } from 'node:crypto';
import { operators as definitions } from '../conformance/operators.ts';
import * as src from '../src/index.ts';
import { force, type Reading, readings } from '../src/kernel/reading.ts';

const [N, C] = [4096, 256];
const shape = [N, C];
const none = { reduction: 'none' } as const;

let state = 99;
/** In [0, 1), and the same everywhere. */
function next(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const floats = (draw: () => number) => ({
  data: Float32Array.from({ length: N * C }, draw),
  shape,
});

/** Logits from −2048 to 2048, small ones too. */
const input = floats(() => (next() - 0.5) * 2 ** Math.floor(next() * 13));
const target = floats(next);
const probabilities = floats(next);
const cotangent = floats(() => next() - 0.5);
const classes = { data: Int32Array.from({ length: N }, () => Math.floor(next() * C)), shape: [N] };
/** Every 4099th float32. */
const bits = new Float32Array(Uint32Array.from({ length: N * C }, (_, i) => i * 4099).buffer);

type Both = { readonly value: src.Floats; readonly gradient: object };
const arrays = ({ value, gradient }: Both): Float32Array[] => [
  value.data,
  ...(Object.values(gradient) as src.Floats[]).map(({ data }) => data),
];
const elementwise =
  <P>(op: src.Elementwise<P>, params: Partial<P> = {}) =>
  () => [op(bits, params), op.gradient(bits, params), op.gradient(bits, params, cotangent.data)];

/** Every one that there is, at its defaults. */
const everyElementwise = Object.values(src).flatMap((op) => {
  if (!('id' in op) || definitions.get(op.id)?.kind !== 'elementwise') return [];
  return [[op.id, elementwise(op as unknown as src.Elementwise<object>)] as const];
});

const operators: { readonly [name: string]: () => readonly Float32Array[] } = {
  ...Object.fromEntries(everyElementwise),
  'softplus with beta and threshold': elementwise(src.softplus, { beta: 0.3, threshold: 20 }),
  'leaky-relu with an exact slope': elementwise(src.leakyRelu, { negativeSlope: 0.75 }),
  'silu with alpha': elementwise(src.silu, { alpha: 1.702 }),
  softmax: () => arrays(src.softmax.valueAndGradient({ input }, {}, cotangent)),
  'log-softmax': () => arrays(src.logSoftmax.valueAndGradient({ input }, {}, cotangent)),
  'softmax along the first axis': () => [src.softmax({ input }, { dim: 0 }).data],
  'log-sum-exp': () => arrays(src.logSumExp.valueAndGradient({ input })),
  'cross-entropy': () => arrays(src.crossEntropy.valueAndGradient({ input, target: classes })),
  'cross-entropy, smoothed': () =>
    arrays(src.crossEntropy.valueAndGradient({ input, target: classes }, { labelSmoothing: 0.1 })),
  'cross-entropy of distributions': () =>
    arrays(src.crossEntropy.valueAndGradient({ input, target }, none)),
  'binary-cross-entropy': () =>
    arrays(src.binaryCrossEntropy.valueAndGradient({ input: probabilities, target }, none)),
  'binary-cross-entropy-with-logits': () =>
    arrays(src.binaryCrossEntropyWithLogits.valueAndGradient({ input, target })),
  'kl-div': () => arrays(src.klDiv.valueAndGradient({ input, target })),
  'kl-div of logarithms': () =>
    arrays(src.klDiv.valueAndGradient({ input, target }, { logTarget: true })),
};

function hashIn(reading: Reading, run: () => readonly Float32Array[]): string | undefined {
  force(reading);
  try {
    const hash = createHash('sha256');
    for (const data of run()) hash.update(new Uint8Array(canonical(data).buffer));
    return hash.digest('hex').slice(0, 16);
  } catch (problem) {
    if (problem instanceof Error && /^this engine cannot run/.test(problem.message))
      return undefined;
    throw problem;
  }
}

/** NaN has many bit patterns, all the same to us. */
const canonical = (data: Float32Array) => data.map((x) => (Number.isNaN(x) ? Number.NaN : x));

for (const [name, run] of Object.entries(operators)) {
  const hashes = readings.map((reading) => [reading, hashIn(reading, run)] as const);
  const ran = hashes.filter(([, hash]) => hash !== undefined);
  const isSame = new Set(ran.map(([, hash]) => hash)).size === 1 && ran.length > 1;
  if (!isSame) process.exitCode = 1;
  const what = isSame ? `the same in ${ran.map(([reading]) => reading).join(', ')}` : ran.join(' ');
  console.log(`${name.padEnd(34)}${ran[0]?.[1]}  ${what}`);
}
