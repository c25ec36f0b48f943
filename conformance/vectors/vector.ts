/**
 * # Test vectors
 *
 * A question, its correctly rounded answer, and for every number of it the interval that passes; or
 * a question that must be refused.
 */
import { createHash } from 'node:crypto';
import type { Wanted } from '../../properties/candidate.ts';
import { asStrict, isDerived, passes } from '../../properties/laws/judgement.ts';
import { regionsOf } from '../../properties/regions.ts';
import {
  type Bench,
  benchFor,
  gradientsOn,
  type Judged,
  type Question,
  requestOf,
  type Subject,
} from '../../properties/subject.ts';
import { float32 } from '../../spec/format.ts';
import { lift } from '../../spec/lift.ts';
import type { Op, Witness } from '../../spec/op.ts';
import { Uncertified } from '../../spec/oracle/index.ts';
import { encodeHex, encodeRequest } from '../wire/codec.ts';
import { type Allowed, allowedAround } from './allowed.ts';
import type { Draft } from './draft.ts';
import { isInRange, strictnessOf } from './gate.ts';

/** A number that is due: correctly rounded, and what else passes. */
export interface Due extends Allowed {
  readonly value: number;
}

export interface Vector {
  /** Operator, law, and a hash of parameters and inputs: the same in every version that asks it. */
  readonly id: string;
  readonly op: Op;
  readonly law: string;
  /** The clauses that this law tests here, each with its sentence. */
  readonly clauses: { readonly [id: string]: string };
  readonly story: string;
  readonly question: Question;
  /** By what is wanted; absent where an error is due. */
  readonly due?: ReadonlyMap<
    Wanted,
    { readonly shape: readonly number[]; readonly all: readonly Due[] }
  >;
  readonly spoilt?: string;
}

/** Undefined where the oracle cannot tell, or where what the draft shows does not show in float32. */
export function vectorFor(
  subject: Subject,
  draft: Draft & { witness?: Witness },
): Vector | undefined {
  const { op } = subject;
  const { law, spoilt } = draft;
  const question = spoilt === undefined ? whole(subject, draft) : draft.question;
  const id = `${op.id}/${law.replaceAll(' ', '-')}#${hashOf(op, question)}`;
  const clauses = clausesOf(op, law);
  if (spoilt !== undefined)
    return { id, op, law, clauses, story: `${draft.why}: an error is due.`, question, spoilt };
  try {
    const benches = benchesFor(subject, law, question);
    if (draft.witness && !isSeen(subject, law, question, benches, draft.witness)) return undefined;
    const due = new Map(
      [...benches].map(([want, bench]) => [want, dueOf(subject, law, question, want, bench)]),
    );
    const story = draft.why
      ? `${draft.why}.`
      : storyOf(regionsIn(subject, question, benches), clauses);
    return { id, op, law, clauses, story, question, due };
  } catch (reason) {
    if (reason instanceof Uncertified) return undefined;
    throw reason;
  }
}

/** With everything wanted that is judged. */
function whole(subject: Subject, { law, question }: Draft): Question {
  const slopes = gradientsOn(subject, question);
  const isAll =
    slopes.length === 0 || isDerived(subject.op, question, strictnessOf(law, subject, question));
  return { ...question, want: ['out', ...(isAll ? slopes : [])] };
}

/** Enough that two questions of one operator do not share it. */
const DIGITS = 12;

function hashOf(op: Op, question: Question): string {
  const { params, in: inputs, grad_out } = encodeRequest(requestOf(op, question), encodeHex);
  const sorted = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = JSON.stringify([sorted(params!), sorted(inputs), grad_out]);
  return createHash('sha256').update(said).digest('hex').slice(0, DIGITS);
}

// Stories ----------------------------------------------------------------------------------------

const clausesOf = (op: Op, law: string): Vector['clauses'] =>
  Object.fromEntries(
    Object.entries(op.clauses).flatMap(([id, [by, sentence]]) =>
      by === law ? [[id, sentence]] : [],
    ),
  );

/** Of what a law drew: where it lies, and the sentence of the clause where there is just one. */
function storyOf(why: string, clauses: Vector['clauses']): string {
  const [[id, sentence] = [], ...more] = Object.entries(clauses);
  return id === undefined || more.length > 0 ? `${why}.` : `${why}; ${id}: ${sentence}`;
}

/** Where the numbers lie: what they were drawn for. */
function regionsIn(subject: Subject, question: Question, benches: Benches): string {
  const regions = [...benches].flatMap(([want, { cells, number }]) =>
    cells.flatMap(({ value }, i) => {
      const judged = number(i, value);
      return regionsOf(subject.op, question, { ...judged, want });
    }),
  );
  const all = [...new Set(regions)];
  return all.length > 0 ? `numbers of these regions: ${all.join(', ')}` : 'no number at all';
}

// What is due ------------------------------------------------------------------------------------

type Benches = ReadonlyMap<Wanted, Bench>;

function benchesFor(subject: Subject, law: string, question: Question): Benches {
  const lifted = lift(subject.op, question.tensors, question.settings);
  const strict = asStrict(subject, strictnessOf(law, subject, question));
  return new Map(
    question.want.map((want) => [want, benchFor(strict, question, lifted, want, float32)]),
  );
}

const shapeOf = ({ op }: Subject, { tensors, settings }: Question, want: Wanted) =>
  want === 'out' ? lift(op, tensors, settings).shape : tensors[want.slice('grad:'.length)]!.shape;

function dueOf(subject: Subject, law: string, question: Question, want: Wanted, bench: Bench) {
  const strictness = strictnessOf(law, subject, question);
  const accepts = (n: Judged): boolean =>
    passes(subject, strictness, n) && isInRange(law, subject, question, n);
  const all = bench.cells.map(({ value }, i) => ({
    value,
    ...allowedAround(value, (got) => accepts(bench.number(i, got)), float32),
  }));
  return { shape: shapeOf(subject, question, want), all };
}

/** Whether what a framework answers would be noticed. */
function isSeen(
  subject: Subject,
  law: string,
  question: Question,
  benches: Benches,
  { of = 'out', element = 0, theirs }: Witness,
): boolean {
  const number = benches.get(of)?.number(element, Math.fround(theirs));
  return number !== undefined && !passes(subject, strictnessOf(law, subject, question), number);
}
