/**
 * # The reference as a candidate
 *
 * Everything it answers is certified: the bits are those of the correctly rounded result, in the
 * dtype of the first input; a gradient has the dtype of the input that it belongs to.
 */
import type {
  Candidate,
  Hello,
  Payload,
  Refusal,
  Reply,
  Request,
  Wanted,
} from '../properties/candidate.ts';
import { formatOf, toPayload, toTensor } from '../properties/payload.ts';
import { isDifferentiable } from '../spec/input.ts';
import { type Lifted, lift } from '../spec/lift.ts';
import type { Op } from '../spec/op.ts';
import { gradientsOf, Uncertified, valuesOf } from '../spec/oracle/index.ts';
import { sizeOf, type Tensor, type Tensors } from '../spec/tensor.ts';
import { isRefusal, messageOf } from './failure.ts';
import { noOperator, operators } from './operators.ts';

const hello = (): Hello => ({
  protocol: 1,
  impl: { name: 'reference', version: '1', language: 'TypeScript' },
  dtypes: ['f32', 'f64', 'f16', 'bf16', 'i64', 'i32', 'u8'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries([...operators].map(([id, op]) => [id, { grad: differentiable(op) }])),
});

/** Inputs that have a gradient when they are given as real numbers. */
export const differentiable = ({ inputs }: Op): readonly string[] =>
  Object.keys(inputs).filter((name) => isDifferentiable(inputs[name]!));

function run(request: Request): Reply {
  const named = request.id === undefined ? {} : { id: request.id };
  if (!operators.has(request.op))
    return { ...named, error: { kind: 'unsupported', message: noOperator(request.op) } };
  try {
    const case_ = read(request);
    const answers = request.want.map((wanted) => [wanted, answer(case_, wanted)]);
    return { ...named, ...Object.fromEntries(answers) };
  } catch (problem) {
    // Not to be able to tell is no answer, and no fault of the question.
    if (problem instanceof Uncertified) return { ...named, skip: { reason: problem.message } };
    return { ...named, error: refusal(request.op, problem) };
  }
}

export const reference: Candidate = { hello, run };

export const refusal = (op: string, problem: unknown): Refusal => ({
  kind: isRefusal(op, problem) ? 'invalid_input' : 'internal',
  message: messageOf(problem),
});

/** A request whose tensors have been read and checked. */
export interface Case {
  readonly lifted: Lifted;
  readonly cotangent: Tensor | undefined;
}

/** Throws what does not fit, be it input, parameter or what is wanted. */
export function read({ op: id, params, in: inputs, want, grad_out }: Request): Case {
  const op = operators.get(id);
  if (!op) throw new TypeError(noOperator(id));
  const tensors: Tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, payload]) => [name, exact(`${id}: ${name}`, payload)]),
  );
  const lifted = lift(op, tensors, params);
  for (const wanted of want) checkWanted(lifted, wanted);
  const cotangent = grad_out ? exact(`${id}: grad_out`, grad_out) : undefined;
  if (cotangent) checkCotangent(lifted, cotangent);
  return { lifted, cotangent };
}

function exact(where: string, payload: Payload): Tensor {
  try {
    return toTensor(payload);
  } catch (problem) {
    throw new RangeError(`${where}: ${messageOf(problem)}`, { cause: problem });
  }
}

function checkWanted({ op, given }: Lifted, wanted: Wanted): void {
  if (wanted === 'out') return;
  const input = inputOf(wanted);
  const known = differentiable(op);
  if (!known.includes(input))
    throw new TypeError(
      `${op.id}: there is no gradient with respect to ${input}; there is ${known.join(', ')}`,
    );
  if (given[input] !== 'reals')
    throw new TypeError(
      `${op.id}: there is no gradient with respect to ${input}, which is ${given[input] === 'classes' ? 'given as classes' : 'absent'}`,
    );
}

function checkCotangent({ op, shape }: Lifted, { dtype, shape: came, data }: Tensor): void {
  if (!formatOf(dtype))
    throw new TypeError(`${op.id}: grad_out is ${dtype} but should be a float dtype`);
  if (String(came) !== String(shape) || data.length !== sizeOf(shape))
    throw new RangeError(
      `${op.id}: grad_out has shape [${came}] but should be [${shape}] as the result`,
    );
}

export const inputOf = (wanted: Wanted): string => wanted.slice('grad:'.length);

function answer({ lifted, cotangent }: Case, wanted: Wanted): Payload {
  const first = Object.keys(lifted.op.inputs)[0]!;
  const of = wanted === 'out' ? first : inputOf(wanted);
  const { dtype, shape } = lifted.tensors[of]!;
  const format = formatOf(dtype)!;
  const isValue = wanted === 'out';
  const cells = isValue ? valuesOf(lifted, format) : gradientsOf(lifted, of, cotangent, format);
  const data = cells.map(({ value }) => value);
  return toPayload({ dtype, shape: isValue ? lifted.shape : shape, data });
}
