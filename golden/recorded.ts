/**
 * # Recorded answers
 *
 * A fixed set of cases and what ONNX Runtime answered to them on one machine, so that other versions,
 * other CPUs, and machines without it have a witness too. `record.ts` writes the files; nobody else
 * does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Setting } from '../properties/candidate.ts';
import {
  type Case,
  readPayload,
  readSetting,
  type Written,
  writePayload,
  writeSetting,
} from './case.ts';
import { casesOf } from './cases/index.ts';
import { drawFrom } from './draw.ts';
import { root } from './root.ts';
import type { Precision, Witnessed } from './witness.ts';

export const folder = join(root, 'golden/recorded');
export const fileOf = (op: string): string => join(folder, `${op}.json`);

export interface RecordedCase {
  readonly params: { readonly [name: string]: Setting };
  readonly in: { readonly [name: string]: Written };
  readonly answers: { readonly [P in Precision]?: Written };
}
export interface Recorded {
  readonly op: string;
  readonly onnxruntime: string;
  readonly cpu: string;
  readonly cases: readonly RecordedCase[];
}

/** Not the seed of the tests: what is recorded stays what it is. */
const SEED = 20260824;
/** Few enough to keep every file below 20 kB. */
const CASES = 20;
const ELEMENTS = 48;

/** Spread evenly over everything that is drawn, the small ones. */
export function casesToRecord(op: string): readonly Case[] {
  const all = casesOf[op]!(drawFrom(SEED)).filter(({ in: given }) =>
    Object.values(given).every(({ data }) => data.length <= ELEMENTS),
  );
  return Array.from(
    { length: Math.min(CASES, all.length) },
    (_, i) => all[Math.floor((i * all.length) / CASES)]!,
  );
}

const mapped = <A, B>(of: { readonly [name: string]: A }, to: (value: A) => B) =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)] as const));

/** One case without its answers. */
export const writeCase = ({ params, in: given }: Case): Omit<RecordedCase, 'answers'> => ({
  params: mapped(params, writeSetting),
  in: mapped(given, writePayload),
});

export const readRecorded = (op: string): Recorded =>
  JSON.parse(readFileSync(fileOf(op), 'utf8')) as Recorded;

/** What was recorded, as if ONNX Runtime had answered just now. */
export const witnessesIn = ({ op, cases }: Recorded): readonly Witnessed[] =>
  cases.flatMap(({ params, in: given, answers }) => {
    const of = { op, params: mapped(params, readSetting), in: mapped(given, readPayload) };
    return Object.entries(answers).map(([precision, answer]) => ({
      of,
      precision: precision as Precision,
      answer: readPayload(answer),
    }));
  });
