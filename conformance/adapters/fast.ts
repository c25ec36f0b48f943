/** # Our own `src/` as a candidate */
import type {
  Candidate,
  Hello,
  Offer,
  Payload,
  Reply,
  Request,
} from '../../properties/candidate.ts';
import * as src from '../../src/index.ts';

/** What all operators of `src/` have in common once their types are forgotten. */
interface Anything {
  (inputs: object, params: object): Floats;
  gradient(inputs: object, params: object, gradOut?: object | null): Record<string, Floats>;
  readonly id: string;
  readonly differentiable: readonly string[];
  readonly accuracy: NonNullable<Offer['promises']>;
}
type Floats = src.Tensor<Float32Array>;

const operators = new Map(
  Object.values(src).flatMap((op) =>
    'id' in op ? [[op.id, op as unknown as Anything] as const] : [],
  ),
);

export const fast = (version: string): Candidate => ({ hello: () => hello(version), run });

const hello = (version: string): Hello => ({
  protocol: 1,
  impl: { name: 'fast', version, language: 'TypeScript' },
  dtypes: ['f32', 'i32', 'i64', 'u8'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries([...operators].map(([id, op]) => [id, offer(op)])),
});

const offer = ({ differentiable, accuracy }: Anything): Offer => ({
  grad: differentiable,
  promises: accuracy,
});

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
