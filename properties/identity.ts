/**
 * # Identities: laws that tie operators together
 *
 * A law of an identity asks the candidate for several operators, feeds answers into further
 * questions, and claims of every result where it lies: of a direct answer what the gate allows around
 * the exact one, of a composed one the range that its stages add up to.
 */
import fc from 'fast-check';
import { type Grade, worse } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { Uncertified } from '../spec/oracle/index.ts';
import { settle } from '../spec/param.ts';
import { sizeOf, type Tensor } from '../spec/tensor.ts';
import type { Reply, Wanted } from './candidate.ts';
import { type Fed, placed, rangesOf } from './composition.ts';
import { type Computed, isComputed, isWhollyOrdinary } from './computed.ts';
import { type Draw, dyadic, floats } from './floats.ts';
import { type Case, cases, type Sizes } from './inputs.ts';
import { brokenAt, type Fault, type Law, type Outcome } from './law.ts';
import { formatOf, toTensor } from './payload.ts';
import { decides, isWithin, type Range, type Tolerance } from './range.ts';
import { ask, breakdownOf, type Question, type Subject } from './subject.ts';

/** A result, by the path on which it was computed. */
export type Claims = { readonly [path: string]: Computed };

/** Asks the candidate for an operator; the answer comes with where it may lie. */
export type Ask = (op: Op, fed: Fed, settings?: object) => Promise<Computed>;

/** An identity as a law of its main operators, and the other operators that it asks for. */
export interface Identity {
  readonly name: string;
  readonly says: string;
  readonly ops: readonly Op[];
  readonly others: readonly Op[];
  questions: Law['questions'];
  claims(question: Question, ask: Ask, subject: Subject): Promise<Claims>;
}

/** One question of an identity is several for the candidate. */
const EFFORT = 0.25;

export const identity = ({ name, says, ops, others, questions, claims }: Identity): Law => ({
  ...{ name, says, questions, effort: EFFORT },
  appliesTo: ({ id }) => ops.some((op) => op.id === id),
  async answer(subject, question) {
    const missing = others.find(({ id }) => !subject.hello.ops[id]);
    if (missing) return nothing(`${missing.id} is not offered`);
    try {
      return verdict(await claims(question, (o, fed, s) => run(subject, o, fed, s), subject));
    } catch (reason) {
      if (reason instanceof Unanswered) return reason.outcome;
      if (reason instanceof Uncertified) return { ...nothing(), isUndecided: true };
      throw reason;
    }
  },
  witness: (question) => question,
});

const nothing = (skipped?: string): Outcome => ({
  ...{ faults: [], compared: 0 },
  ...(skipped === undefined ? {} : { skipped }),
});

/** What ends the asking, and what becomes of the question then. */
export class Unanswered extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('a question without an answer to go on with');
    this.outcome = outcome;
  }
}

const faulty = (name: string, says: string): Unanswered =>
  new Unanswered({ faults: [{ name, says }], compared: 1 });

// Asking -----------------------------------------------------------------------------------------

async function run(subject: Subject, op: Op, fed: Fed, given: object = {}): Promise<Computed> {
  const settings = settle(op, given) as Question['settings'];
  const tensors = Object.fromEntries(
    Object.entries(fed).map(([name, t]) => [name, t && isComputed(t) ? t.tensor : t]),
  );
  const question: Question = { tensors, settings, want: ['out'] };
  const reply = await ask({ ...subject, op }, question);
  const lifted = placed(op, fed, settings);
  const broken = breakdownOf(reply, op, op.id === subject.op.id ? question : undefined);
  if (broken) throw new Unanswered(brokenAt(broken));
  const tensor = answered(op, 'out', reply, lifted.shape, fed);
  const tolerance = toleranceOf(subject, op, tensor, 'value');
  return { tensor, ranges: rangesOf(lifted, fed, tolerance) };
}

/** An answer of the right form; throws `Unanswered` otherwise. */
export function answered(
  op: Op,
  want: Wanted,
  reply: Reply,
  shape: readonly number[],
  fed: Fed,
): Tensor {
  const broken = breakdownOf(reply, op);
  if (broken) throw new Unanswered(brokenAt(broken));
  if (reply.skip) throw new Unanswered(nothing(reply.skip.reason));
  if (reply.error?.kind === 'unsupported') throw new Unanswered(nothing(reply.error.message));
  // A stage that may have left the legal numbers has no claim to an answer.
  if (reply.error && Object.values(fed).some((t) => t && isComputed(t) && !isWhollyOrdinary(t)))
    throw new Unanswered({ ...nothing(), isUndecided: true });
  if (reply.error) throw faulty('refused', `${op.id} refused: ${reply.error.message}`);
  const payload = want === 'out' ? reply.out : reply[want];
  if (!payload) throw faulty('malformed', `${op.id}: ${want} is missing from the answer`);
  const isWhole = payload.data.length === sizeOf(shape) && String(payload.shape) === String(shape);
  if (!isWhole || !formatOf(payload.dtype))
    throw faulty(
      'malformed',
      `${op.id}: ${want} is ${payload.dtype} [${payload.shape}] but should be floats of shape [${shape}]`,
    );
  return toTensor(payload);
}

/** The gate of an operator: what is promised of it, but nothing stricter than what is asked here. */
export function toleranceOf(
  { op: main, gate, hello, policy }: Subject,
  op: Op,
  { dtype }: Tensor,
  of: 'value' | 'gradient',
): Tolerance {
  const promised = (id: string): Grade | undefined => hello.ops[id]?.promises?.[of];
  const least = promised(op.id) ?? (promised(main.id) ? 'C' : gate[of]);
  return {
    gate: op.id === main.id ? gate[of] : worse(gate[of], least),
    format: formatOf(dtype)!,
    policy,
  };
}

// Judging ----------------------------------------------------------------------------------------

function verdict(claims: Claims): Outcome {
  const faults: Fault[] = [];
  let compared = 0;
  let isUndecided = false;
  for (const [path, { tensor, ranges }] of Object.entries(claims)) {
    const format = formatOf(tensor.dtype)!;
    const isOutside = ranges.map((range, i) => range && !isWithin(tensor.data[i]!, range, format));
    // Beyond a range, however wide, an answer is wrong; within a wide one it may be anything.
    const isTold = ranges.map((range, i) => range && (isOutside[i] || decides(range, format)));
    compared += isTold.filter(Boolean).length;
    isUndecided ||= !isTold.every(Boolean);
    const index = isOutside.indexOf(true);
    if (index >= 0) faults.push(outside(path, tensor.data[index]!, ranges[index]!));
  }
  return { faults, compared, isUndecided };
}

const outside = (path: string, got: number, { lo, hi }: Range): Fault => ({
  name: path,
  says: `${path} is ${got} but should be ${Number.isNaN(lo) ? 'NaN' : `from ${lo} to ${hi}`}`,
});

// Questions --------------------------------------------------------------------------------------

const sizes: Sizes = { elements: 16, axis: 4 };

/** Cases of everyday numbers, and of numbers from everywhere. */
export const everyday = (op: Op): fc.Arbitrary<Case> =>
  fc.oneof(cases(op, dyadic(10), sizes), cases(op, floats(), sizes));

/** Numbers of a size that no exponential underflows of, in float64. */
const moderate: Draw = ([min, max], points) =>
  floats()([Math.max(min, -100), Math.min(max, 100)], points);

/** Cases without numbers that silence all others. */
export const bounded = (op: Op): fc.Arbitrary<Case> =>
  fc.oneof(cases(op, dyadic(10), sizes), cases(op, moderate, sizes));

/** The same tensors with other settings, as a question for the result. */
export const asked = ({ tensors, settings }: Case, other: Case['settings'] = {}): Question => ({
  ...{ tensors, settings: { ...settings, ...other } },
  want: ['out'],
});

/** Every label that is ignored becomes a class. */
export const withoutIgnored = ({ tensors, settings }: Case): Case => {
  const data = Array.from(tensors.target!.data, (y) => (y === settings.ignoreIndex ? 0 : y));
  return {
    tensors: { ...tensors, target: { ...tensors.target!, data } },
    settings: { ...settings, ignoreIndex: -100 },
  };
};

export const hasClasses = ({ tensors }: Case): boolean => tensors.target?.dtype === 'i64';

/** Where the classes lie in an input of shape [C] or [N, C, …]. */
export const classAxis = ({ shape }: Tensor): number => (shape.length > 1 ? 1 : 0);

/** The places of every row of classes, in the order of its target. */
export function classRows({ shape }: Tensor): readonly (readonly number[])[] {
  const axis = classAxis({ shape } as Tensor);
  const count = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  return Array.from({ length: outer * inner }, (_, row) => {
    const first = Math.floor(row / inner) * count * inner + (row % inner);
    return Array.from({ length: count }, (_, c) => first + c * inner);
  });
}
