/** # Our own `src/` as a candidate */
import type {
  Candidate,
  Hello,
  Offer,
  Payload,
  Reply,
  Request,
} from '../../properties/candidate.ts';
import type { Grade } from '../../spec/grade.ts';
import * as src from '../../src/index.ts';
import { operators as definitions } from '../operators.ts';

/** What all operators of `src/` have in common once their types are forgotten. */
interface Anything {
  (inputs: object, params: object): Floats;
  gradient(inputs: object, params: object, gradOut?: object | null): Record<string, Floats>;
  readonly id: string;
  readonly differentiable: readonly string[];
}
type Floats = src.Tensor<Float32Array>;

const operators = new Map(
  Object.values(src).flatMap((op) =>
    'id' in op ? [[op.id, op as unknown as Anything] as const] : [],
  ),
);

/** Value and gradient: B where terms of a sum may cancel. */
const promises: { readonly [op: string]: readonly [value: Grade, gradient: Grade] } = {
  softmax: ['A', 'B'],
  softmin: ['A', 'B'],
  softmax2d: ['A', 'B'],
  'gumbel-softmax': ['A', 'B'],
  hardmax: ['S', 'S'],
  sparsemax: ['A', 'A'],
  entmax15: ['A', 'B'],
  glu: ['S', 'S'],
  swiglu: ['S', 'A'],
  'log-softmax': ['A', 'B'],
  'log-sum-exp': ['A', 'A'],
  linear: ['B', 'B'],
  'nll-loss': ['B', 'A'],
  'cross-entropy': ['A', 'B'],
  'binary-cross-entropy': ['A', 'A'],
  'binary-cross-entropy-with-logits': ['A', 'B'],
  'kl-div': ['B', 'B'],
  'reverse-cross-entropy': ['A', 'A'],
  'symmetric-cross-entropy': ['A', 'B'],
};

export const fast = (version: string): Candidate => ({ hello: () => hello(version), run });

const hello = (version: string): Hello => ({
  protocol: 1,
  impl: { name: 'fast', version, language: 'TypeScript' },
  dtypes: ['f32', 'i32', 'i64', 'u8'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries([...operators].map(([id, op]) => [id, offer(op)])),
});

/** S for what is elementwise, else A. */
function offer({ id, differentiable }: Anything): Offer {
  const usual = definitions.get(id)?.kind === 'elementwise' ? 'S' : 'A';
  const [value, gradient] = promises[id] ?? [usual, usual];
  return { grad: differentiable, promises: { value, gradient } };
}

function run(request: Request): Reply {
  const named = request.id === undefined ? {} : { id: request.id };
  try {
    return { ...named, ...answer(request) };
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    // Errors of src/ begin with the operator's name; any other is a fault and not a refusal.
    const kind = message.startsWith(`${request.op}: `) ? 'invalid_input' : 'internal';
    return { ...named, error: { kind, message } };
  }
}

function answer({ op: id, params, in: inputs, want, grad_out }: Request): Reply {
  const op = operators.get(id);
  if (!op) return { error: { kind: 'unsupported', message: `${id}: there is no such operator` } };
  const wantsGradient = want.some((name) => name !== 'out');
  const gradients = wantsGradient ? op.gradient(inputs, params, grad_out) : {};
  const reply: Record<string, Payload> = {};
  for (const name of want) {
    const input = name.slice('grad:'.length);
    const gradient = Object.hasOwn(gradients, input) ? gradients[input] : undefined;
    const tensor = name === 'out' ? op(inputs, params) : gradient;
    if (!tensor) {
      const message = `${id}: there is no ${name} of these inputs`;
      return { error: { kind: 'unsupported', message } };
    }
    reply[name] = { dtype: 'f32', ...tensor };
  }
  return reply;
}
