/**
 * # Vectors as JSON Lines
 *
 * Every line is a `run` message with what is due beside it, so that `replay` and `eval` take it as it
 * is. Elements are written as their bits: JSON has no NaN, no ∞ and no −0.
 */
import * as z from 'zod';
import type { Wanted } from '../../properties/candidate.ts';
import { toPayload, toTensor } from '../../properties/payload.ts';
import { type Question, requestOf } from '../../properties/subject.ts';
import type { Op } from '../../spec/op.ts';
import { type Tensor, tensor } from '../../spec/tensor.ts';
import { findOperator } from '../operators.ts';
import { decodeRequest, encodeHex, encodeRequest } from '../wire/codec.ts';
import { shown } from '../wire/schema.ts';
import type { Due, Vector } from './vector.ts';

/** What all vectors of a file have in common. */
export interface Head {
  readonly suite: string;
  readonly seed: number;
  readonly profile: string;
  readonly minGrade: string;
}

/** The form of the file. */
export const VERSION = 1;

/** The first line; `hash` is the SHA-256 of all that follows it. */
export const headLine = (head: Head, count: number, hash: string, more: object = {}): string =>
  line({ vectors: VERSION, ...head, count, hash: `sha256:${hash}`, ...more });

const line = (fields: object): string => `${JSON.stringify(fields)}\n`;

/** How a tensor is written: its elements, or where they are. */
export type Writing = (t: Tensor, name: string) => object;

const inHex: Writing = (t) => encodeHex(toPayload(t));

export function vectorLine(vector: Vector, write: Writing = inHex): string {
  const { id, op, law, clauses, story, question, due, spoilt } = vector;
  const { params, want } = encodeRequest(requestOf(op, question));
  const inputs = Object.entries(question.tensors).flatMap(([name, t]) =>
    t ? [[name, write(t, `in.${name}`)]] : [],
  );
  const { cotangent } = question;
  return line({
    ...{ id, op: op.id, law, clauses, story, params, in: Object.fromEntries(inputs), want },
    ...(cotangent ? { grad_out: write(cotangent, 'grad_out') } : {}),
    expect: due ? 'values' : 'error',
    ...(due ? { due: dueFields(due, write) } : {}),
    ...(spoilt === undefined ? {} : { error: { kind: 'invalid_input', what: spoilt } }),
  });
}

function dueFields(due: NonNullable<Vector['due']>, write: Writing): object {
  const fields = [...due].map(([want, { shape, all }]) => {
    const of = (part: (d: Due) => number, name: string) =>
      write(tensor(shape, all.map(part)), `${want}${name}`);
    const { hex: lo, tensor: loTensor } = of((d) => d.lo, '.lo') as Written;
    const { hex: hi, tensor: hiTensor } = of((d) => d.hi, '.hi') as Written;
    const signed = all.flatMap(({ isSigned }, i) => (isSigned ? [i] : []));
    const ends = { lo: lo ?? loTensor, hi: hi ?? hiTensor };
    const zeros = signed.length > 0 ? { signed } : {};
    return [want, { ...of((d) => d.value, ''), ...ends, ...zeros }];
  });
  return Object.fromEntries(fields);
}

interface Written {
  readonly hex?: string;
  readonly tensor?: string;
}

// Reading ----------------------------------------------------------------------------------------

/** What is asked again, to judge an answer that was recorded. */
export interface Asked {
  readonly id: string;
  readonly op: Op;
  readonly law: string;
  readonly question: Question;
  readonly spoilt?: string;
}

const header = z.object({
  vectors: z.literal(VERSION),
  seed: z.int(),
  minGrade: z.string(),
  count: z.int(),
});
const asked = z.object({
  id: z.string(),
  op: z.string(),
  law: z.string(),
  error: z.object({ what: z.string() }).optional(),
});

export type Header = z.infer<typeof header>;

export const readHead = (message: object): Header => checked(header, 'the header', message);

/** Throws a TypeError or RangeError that says what came and what was due. */
export function readVector(message: object): Asked {
  const { id, op, law, error } = checked(asked, 'a vector', message);
  const { in: inputs, params, want, grad_out } = decodeRequest(message);
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, payload]) => [name, toTensor(payload)]),
  );
  const cotangent = grad_out ? toTensor(grad_out) : undefined;
  const question = { tensors, settings: params, want: want as readonly Wanted[], cotangent };
  return { id, op: findOperator(op), law, question, ...(error ? { spoilt: error.what } : {}) };
}

function checked<T>(schema: z.ZodType<T>, what: string, message: unknown): T {
  const { data, error } = schema.safeParse(message);
  if (error)
    throw new TypeError(
      `${what} is ${shown(message)}: ${error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`,
    );
  return data;
}
