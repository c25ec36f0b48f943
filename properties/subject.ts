/**
 * # Asking a candidate, and judging what it answers
 */

import { Decimal } from 'decimal.js';
import { interval } from '../spec/arithmetic/decimal-ends.ts';
import { floats as inFloats } from '../spec/arithmetic/float-ends.ts';
import type { Interval } from '../spec/arithmetic/interval.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Format } from '../spec/format.ts';
import { type Grade, judge, type Policy, type Scale, type Verdict } from '../spec/grade.ts';
import { type Access, accessTo, type Lifted } from '../spec/lift.ts';
import type { Addends, Op } from '../spec/op.ts';
import { attempt, type Effort } from '../spec/oracle/enclose.ts';
import {
  type Certified,
  decimalOf,
  gradientsOf,
  Uncertified,
  valuesOf,
} from '../spec/oracle/index.ts';
import { type Real, real } from '../spec/real.ts';
import type { Dtype, Tensor } from '../spec/tensor.ts';
import {
  type Breakdown,
  type Candidate,
  type Hello,
  isBreakdown,
  type Payload,
  type Reply,
  type Request,
  type Wanted,
} from './candidate.ts';
import type { Case } from './inputs.ts';
import type { Fault } from './law.ts';
import { liftCase } from './lifted.ts';
import { formatOf, toPayload, toTensor } from './payload.ts';

/** One operator of one candidate, and what is expected of it. */
export interface Subject {
  readonly op: Op;
  readonly candidate: Candidate;
  readonly hello: Hello;
  readonly policy: Policy;
  /** The least grade that passes, for values and for gradients. */
  readonly gate: { readonly value: Grade; readonly gradient: Grade };
  readonly seed: number;
  /** Whose legal differences are no faults; nobody's if absent. */
  readonly dialect?: Dialect;
}

/** A case, and what is wanted of it. */
export interface Question extends Case {
  readonly want: readonly Wanted[];
  readonly cotangent?: Tensor | undefined;
}

export const requestOf = (op: Op, { tensors, settings, want, cotangent }: Question): Request => ({
  op: op.id,
  params: settings,
  in: Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => (t ? [[name, toPayload(t)]] : [])),
  ),
  want,
  grad_out: cotangent ? toPayload(cotangent) : null,
});

/** The question that a request asks. */
export const questionOf = ({ in: inputs, params, want, grad_out }: Request): Question => ({
  tensors: Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, toTensor(t)])),
  settings: params,
  want,
  cotangent: grad_out ? toTensor(grad_out) : undefined,
});

/** What a candidate answers; an exception is an answer too, of kind `internal`. */
export async function ask({ candidate, op }: Subject, question: Question): Promise<Reply> {
  try {
    return await candidate.run(requestOf(op, question));
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem);
    return { error: { kind: 'internal', message: `it threw: ${message}` } };
  }
}

/** A fault of the name of its kind where the candidate broke down; every law reports it as it is. */
export function breakdownOf(
  { error }: Reply,
  { id }: Op,
  question?: Question,
): (Fault & { readonly name: Breakdown }) | undefined {
  if (!error || !isBreakdown(error.kind)) return undefined;
  const { kind: name, message, stderr } = error;
  const where = question ? { question } : {};
  return { name, says: `${id}: ${message}`, ...(stderr ? { stderr } : {}), ...where };
}

/** Inputs that have a gradient in this case and in this candidate. */
export const gradientsOn = ({ hello, op }: Subject, { tensors }: Case): readonly Wanted[] =>
  (hello.ops[op.id]?.grad ?? [])
    .filter((name) => {
      const dtype = tensors[name]?.dtype;
      return dtype !== undefined && formatOf(dtype) !== undefined;
    })
    .map((name) => `grad:${name}` as const);

/** What the reduction of this case divides by; undefined if float64 cannot tell exactly. */
export function divisorOf(op: Op, asked: Case): number | undefined {
  const { tensors, settings } = asked;
  const { reduction } = settings;
  if (op.kind !== 'loss' || reduction === 'none' || reduction === 'sum') return 1;
  const { divisor } = liftCase(op, asked);
  const by = attempt(inFloats, () => divisor(accessTo(tensors))) as Interval<number> | undefined;
  return by?.isPoint ? by.lo : undefined;
}

/** One number of an answer, beside the truth. */
export interface Judged {
  readonly want: Wanted;
  readonly index: number;
  readonly got: number;
  readonly cell: Certified;
  readonly verdict: Verdict;
}

/** What can be said of an answer: that it could not be judged, that it is malformed, or how good it is. */
export type Judgement =
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'refused' | 'malformed' | Breakdown; readonly message: string }
  | { readonly status: 'undecided' }
  | { readonly status: 'judged'; readonly numbers: readonly Judged[] };

export function judgeReply(subject: Subject, question: Question, reply: Reply): Judgement {
  if (reply.skip) return { status: 'skipped', reason: reply.skip.reason };
  if (reply.error?.kind === 'unsupported')
    return { status: 'skipped', reason: reply.error.message };
  const broken = breakdownOf(reply, subject.op);
  if (broken) return { status: broken.name, message: broken.says };
  if (reply.error) return { status: 'refused', message: reply.error.message };
  const lifted = liftCase(subject.op, question);
  try {
    const numbers: Judged[] = [];
    for (const want of question.want) {
      const answer = want === 'out' ? reply.out : reply[want];
      const due = dueShape(lifted, want);
      const problem = malformed(want, answer, due, dueDtype(lifted, want));
      if (problem) return { status: 'malformed', message: problem };
      numbers.push(...judgeAnswer(subject, question, lifted, want, toTensor(answer!)));
    }
    return { status: 'judged', numbers };
  } catch (reason) {
    if (reason instanceof Uncertified) return { status: 'undecided' };
    throw reason;
  }
}

const dueShape = (lifted: Lifted, want: Wanted): readonly number[] =>
  want === 'out' ? lifted.shape : lifted.tensors[want.slice('grad:'.length)]!.shape;

/** A gradient is of the dtype of its input, a result of that of the first input of real numbers. */
function dueDtype({ given, tensors }: Lifted, want: Wanted): Dtype {
  const name =
    want === 'out'
      ? Object.keys(tensors).find((input) => given[input] === 'reals')!
      : want.slice('grad:'.length);
  return tensors[name]!.dtype;
}

function malformed(
  want: Wanted,
  answer: Payload | undefined,
  due: readonly number[],
  dtype: Dtype,
): string | undefined {
  if (!answer) return `${want} is missing from the answer`;
  if (answer.dtype !== dtype) return `${want} is ${answer.dtype} but should be ${dtype}`;
  if (String(answer.shape) !== String(due))
    return `${want} has shape [${answer.shape}] but should have [${due}]`;
  const size = due.reduce((a, b) => a * b, 1);
  if (answer.data.length !== size)
    return `${want} has ${answer.data.length} elements but should have ${size}`;
  return undefined;
}

/** What this many digits do not decide is left out and counted: more would cost more than it tells. */
const DIGITS = 240;

/** Every element of one tensor of an answer; none is left out. */
function judgeAnswer(
  subject: Subject,
  question: Question,
  lifted: Lifted,
  want: Wanted,
  got: Tensor,
): readonly Judged[] {
  const { number } = benchFor(subject, question, lifted, want, formatOf(got.dtype)!);
  return Array.from(got.data, (y, index) => number(index, y));
}

/** Judges whatever may come as an element of one tensor of an answer. */
export interface Bench {
  readonly cells: readonly Certified[];
  number(index: number, got: number): Judged;
}

export function benchFor(
  { policy }: Pick<Subject, 'policy'>,
  { cotangent }: Question,
  lifted: Lifted,
  want: Wanted,
  format: Format,
): Bench {
  const wrt = want.slice('grad:'.length);
  const certify = (part: Lifted, effort: Effort) =>
    want === 'out'
      ? valuesOf(part, format, effort)
      : gradientsOf(part, wrt, cotangent, format, effort);
  const cells = certify(lifted, { upTo: DIGITS });
  const scales = want === 'out' ? valueScales(lifted) : gradientScales(lifted, wrt, cotangent);
  const isApart = want === 'out' || lifted.op.kind === 'elementwise';
  const known = new Map<number, readonly Certified[]>();
  /** With enough digits to tell on which side of a bound the error is. */
  const finerAt = (index: number): Certified => {
    const part = isApart ? only(lifted, index) : lifted;
    const key = isApart ? index : 0;
    const finer = known.get(key) ?? certify(part, { from: 60, upTo: DIGITS });
    known.set(key, finer);
    return finer[index]!;
  };
  const number = (index: number, got: number): Judged => {
    const cell = cells[index]!;
    const verdict = judge(got, cell, format, policy, () => scales(index));
    if (verdict.isCertain) return { want, index, got, cell, verdict };
    const finer = finerAt(index);
    const again = judge(got, finer, format, policy, () => scales(index));
    return { want, index, got, cell: finer, verdict: again };
  };
  return { cells, number };
}

/** Without the pieces that do not concern one result. */
const only = (lifted: Lifted, index: number): Lifted => ({
  ...lifted,
  pieces: lifted.pieces.filter(({ at }) => at.includes(index)),
});

// Scales -----------------------------------------------------------------------------------------

type Scales = (index: number) => Scale | undefined;

/** Computed when first asked for: only results that are off by an ulp need them. */
function lazily(compute: () => Scales): Scales {
  let scales: Scales | undefined;
  const known = new Map<number, Scale | undefined>();
  return (index) => {
    scales ??= compute();
    if (!known.has(index)) known.set(index, scales(index));
    return known.get(index);
  };
}

const valueScales = (lifted: Lifted): Scales =>
  lazily(() => {
    const sums = enclosed((x) => lifted.addends(x) ?? [], lifted);
    const units = enclosed((x) => lifted.textbook(x), lifted);
    return (index) => scaleOf(lifted, sums[index], units[index]);
  });

function gradientScales(lifted: Lifted, wrt: string, cotangent: Tensor | undefined): Scales {
  if (lifted.op.kind === 'elementwise' && !cotangent) return () => undefined;
  return lazily(() => {
    const sums = enclosed(slopes(lifted, wrt, cotangent), lifted);
    return (index) => scaleOf(lifted, sums[index], undefined);
  });
}

/** What every element of a gradient is the sum of. */
const slopes =
  (lifted: Lifted, wrt: string, cotangent: Tensor | undefined) =>
  (x: Access): readonly Addends[] => {
    const u = lifted.pieces
      .flatMap(({ at }) => at)
      .map((place) => real(cotangent?.data[place] ?? 1));
    const all: Real[][] = [];
    for (const { place, addends } of lifted.derivative(wrt, x, u) ?? [])
      all[place] = [...(all[place] ?? []), ...addends];
    return all;
  };

/** Enclosures of what every element of an answer is the sum of; empty where that is not known. */
export function addendsOf(
  { op }: Subject,
  question: Question,
  want: Wanted,
): readonly (readonly Interval<Decimal | number>[])[] {
  const { cotangent } = question;
  const lifted = liftCase(op, question);
  const wrt = want.slice('grad:'.length);
  return enclosed(
    want === 'out' ? (x) => lifted.addends(x) ?? [] : slopes(lifted, wrt, cotangent),
    lifted,
  );
}

function scaleOf(
  lifted: Lifted,
  addends: Ends | undefined,
  textbook: Ends | undefined,
): Scale | undefined {
  const [total, unit] = [addends && leastTotal(addends), textbook && leastTotal(textbook)];
  if (!total?.isFinite()) return undefined;
  return { total, unit: unit?.isFinite() ? unit : new Decimal(0), ...countOf(lifted) };
}

/** How many terms a result is the sum of; a quotient of two sums is allowed two units more. */
export function countOf({ summed, settings }: Lifted): Pick<Scale, 'terms' | 'more'> {
  const { reduction } = settings as { reduction?: unknown };
  const isQuotient = reduction !== undefined && reduction !== 'none' && reduction !== 'sum';
  return { terms: summed, more: isQuotient ? 2 : 0 };
}

function enclosed(formula: (x: Access) => readonly Addends[], { tensors }: Lifted) {
  const read = () => Array.from(formula(accessTo(tensors)), (a) => a ?? []);
  // Which of two logits is the larger one may take as many digits as a result may.
  const overs = [inFloats, interval(60), interval(120), interval(DIGITS)];
  for (const over of overs) {
    const sums = attempt(over, read);
    if (sums) return sums as unknown as readonly Ends[];
  }
  return [];
}

type Ends = readonly Interval<Decimal | number>[];

/** A lower bound of Σ |addends|. */
const leastTotal = (addends: Ends): Decimal =>
  addends.every(isInFloats)
    ? decimalOf(addends.map(leastFloat).reduce(inFloats.ends.down.add, 0))
    : addends.map(leastSize).reduce((a, b) => a.plus(b), new Decimal(0));

const isInFloats = (x: Interval<Decimal | number>): x is Interval<number> =>
  typeof x.lo === 'number';

const leastFloat = ({ lo, hi }: Interval<number>): number =>
  Math.sign(lo) * Math.sign(hi) < 0 ? 0 : Math.min(Math.abs(lo), Math.abs(hi));

function leastSize({ lo, hi }: Interval<Decimal | number>): Decimal {
  const [low, high] = [decimalOf(lo), decimalOf(hi)];
  if (low.isNaN()) return low;
  return low.s !== high.s ? new Decimal(0) : Decimal.min(low.abs(), high.abs());
}
