/**
 * # What the playground answers
 *
 * The definition with certified digits, our kernels in float32, and the same as textbooks write it in
 * the chosen format, each held against the definition.
 */
import { fast } from '../../../../conformance/adapters/fast.ts';
import { digitsOf } from '../../../../conformance/digits.ts';
import { operators } from '../../../../conformance/operators.ts';
import { differentiable, reference } from '../../../../conformance/reference.ts';
import type { Payload, Reply, Request, Wanted } from '../../../../properties/candidate.ts';
import { formatOf, toPayload, toTensor } from '../../../../properties/payload.ts';
import { words } from '../../../../spec/axes.ts';
import { float32, roundNumber } from '../../../../spec/format.ts';
import type { Input } from '../../../../spec/input.ts';
import type { Op } from '../../../../spec/op.ts';
import { isInteger, sizeOf, type Tensor, type Tensors } from '../../../../spec/tensor.ts';
import { type Answer, type Exactly, held, type Way } from './answer.ts';
import { type Numbers, readNumbers } from './read.ts';
import { type FormatName, type State, settingsOf } from './state.ts';
import { expressions, textbooksOf } from './ways.ts';

/** More elements are for the command. */
export const MOST = 512;

/** Throws what an operator turns down, and what cannot be read. */
export function ask(state: State): Answer {
  const op = operators.get(state.op)!;
  const tensors = tensorsOf(op, state);
  const format = formatOf(state.format)!;
  const want: readonly Wanted[] = [
    'out',
    ...differentiable(op)
      .filter((name) => tensors[name] && !isInteger(tensors[name].dtype))
      .map((name): Wanted => `grad:${name}`),
  ];
  const params = settingsOf(op, state);
  const request: Request = { op: op.id, params, in: payloads(tensors), want };
  const exact = exactly(request);
  const asked = { op, batch: tensors, format, params, exact };
  const ways = [ours(request, tensors, exact), ...textbooksOf(asked), ...expressions(asked)];
  return { format, exact, ways };
}

function exactly(request: Request): readonly Exactly[] {
  const digits = digitsOf(request);
  const reply = reference.run(request) as Reply;
  return request.want.map((of) => {
    const { shape, data } = toTensor(reply[of as 'out']!);
    const rounded = Array.from(data);
    return { of, shape, digits: digits[of]!, rounded };
  });
}

/** Our kernels have one format, which holds the numbers of all narrower ones. */
function ours(request: Request, tensors: Tensors, exact: readonly Exactly[]): Way {
  const reply = fast('').run({ ...request, in: payloads(tensors, 'f32') }) as Reply;
  if (reply.error) return { format: float32, got: {}, refusal: reply.error.message };
  const got = exact.map(({ of, digits }) => {
    const { data } = reply[of as 'out'] as Payload;
    return [of, held(Array.from(data as Float32Array), digits, float32)];
  });
  return { format: float32, got: Object.fromEntries(got) };
}

const payloads = (tensors: Tensors, dtype?: FormatName): Request['in'] =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, t]) => [
      name,
      toPayload(dtype === undefined || isInteger(t!.dtype) ? t! : { ...t!, dtype }),
    ]),
  );

// Inputs -----------------------------------------------------------------------------------------

function tensorsOf(op: Op, { inputs, format }: State): Tensors {
  const given = Object.keys(op.inputs)
    .filter((name) => (inputs[name] ?? '').trim() !== '')
    .map((name) => [name, readNumbers(`${op.id}: ${name}`, inputs[name]!)] as const);
  const [first] = given;
  const tensors = given.map(([name, numbers]) => [
    name,
    typed(op.inputs[name]!, numbers, first![1], format),
  ]);
  if (given.some(([, { shape }]) => sizeOf(shape) > MOST))
    throw new RangeError(`${op.id}: there are more than ${MOST} elements`);
  return Object.fromEntries(tensors);
}

function typed(input: Input, numbers: Numbers, first: Numbers, format: FormatName): Tensor {
  const { shape, data } = numbers;
  if (isOfClasses(input, numbers, first)) return { dtype: 'i64', shape, data };
  const rounded = data.map((x) => roundNumber(x, formatOf(format)!));
  return { dtype: format, shape, data: rounded };
}

/** Probabilities have as many axes as the first input, and classes lack one of theirs. */
function isOfClasses(input: Input, { shape, data }: Numbers, first: Numbers): boolean {
  if (input.of === 'reals' || !data.every(Number.isInteger)) return false;
  if (input.of === 'classes') return true;
  const fewer = words(input.reals.axes).length - words(input.classes.axes).length;
  return shape.length <= first.shape.length - fewer;
}
