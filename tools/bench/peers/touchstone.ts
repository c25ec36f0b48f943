/** # Our own `src/`, called as a user calls it */
import { version } from '../../../conformance/version.ts';
import * as src from '../../../src/index.ts';
import type { Answer, Candidate, Case, OperatorId, Peer } from '../candidate.ts';
import { OURS } from '../candidate.ts';

type Tensors = { readonly [name: string]: src.Tensor<Float32Array | Int32Array> };
interface Both {
  readonly value: Float32Array;
  readonly gradient: { readonly input: Float32Array };
}
/** What all operators have in common. */
interface Callable {
  (inputs: Tensors, params?: object, out?: Float32Array): src.Floats;
  readonly valueAndGradient: (
    inputs: Tensors,
    params?: object,
    gradOut?: src.Floats,
    out?: Both,
  ) => {
    readonly value: src.Floats;
    readonly gradient: { readonly [name: string]: src.Floats };
  };
}

const OPERATORS = {
  relu: src.relu,
  sigmoid: src.sigmoid,
  logsigmoid: src.logsigmoid,
  tanh: src.tanh,
  softplus: src.softplus,
  softmax: src.softmax,
  'log-softmax': src.logSoftmax,
  'cross-entropy': src.crossEntropy,
  'reverse-cross-entropy': src.reverseCrossEntropy,
  'symmetric-cross-entropy': src.symmetricCrossEntropy,
  'nll-loss': src.nllLoss,
  'binary-cross-entropy-with-logits': src.binaryCrossEntropyWithLogits,
  'kl-div': src.klDiv,
} as unknown as { readonly [op in OperatorId]: Callable };

function tensorsOf({ shape, input, classes, probabilities }: Case): Tensors {
  return {
    input: { data: input, shape },
    ...(classes && { target: { data: classes, shape: shape.slice(0, 1) } }),
    ...(probabilities && { target: { data: probabilities, shape } }),
  };
}

const isLoss = ({ classes, probabilities }: Case): boolean =>
  classes !== undefined || probabilities !== undefined;

function open(asked: Case): Candidate {
  const op = OPERATORS[asked.op];
  const inputs = tensorsOf(asked);
  const value = new Float32Array(isLoss(asked) ? 1 : asked.input.length);
  const isForward = asked.pass === 'forward';
  const gradient = { input: new Float32Array(isForward ? 0 : asked.input.length) };
  const gradOut = asked.cotangent && { data: asked.cotangent, shape: asked.shape };
  const out: Both = { value, gradient };
  const run = isForward
    ? () => op(inputs, undefined, value)
    : () => op.valueAndGradient(inputs, undefined, gradOut, out);
  return { name: OURS, isAsync: false, run, answer: () => answerOf(run()) };
}

function answerOf(got: src.Floats | ReturnType<Callable['valueAndGradient']>): Answer {
  if ('data' in got) return { value: got.data };
  return { value: got.value.data, gradient: got.gradient.input!.data };
}

export const touchstone: Peer = {
  name: OURS,
  load: async () => ({
    version,
    offers: (asked) => [{ name: OURS, open: () => open(asked) }],
  }),
};
