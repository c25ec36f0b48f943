/**
 * # What is known of a peer: the content of docs/results/<peer>.json
 *
 * Plain data. Tensors are bits, numbers that JSON has not are strings, and nothing says on whose
 * machine or at what time of the day it was found.
 */
import type { Grade } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';

export type PeerRecord = Ran | NotRun;

interface Common {
  readonly version: 1;
  readonly peer: string;
  /** As 2026-01-31; of what is compared it is no part. */
  readonly date: string;
  /** The version of the suite. */
  readonly suite: string;
}

export interface NotRun extends Common {
  readonly state: 'not run';
  readonly reason: string;
}

export interface Ran extends Common {
  readonly state: 'run';
  readonly seed: number;
  readonly profile: string;
  readonly gate: Grade;
  /** What follows `touchstone replay -`. */
  readonly replay: string;
  readonly impl: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly url?: string;
  };
  readonly dialect: string;
  readonly env?: { readonly [name: string]: string };
  readonly rows: readonly Row[];
}

/** What was found of one operator. */
export interface Row {
  readonly op: string;
  readonly kind: Op['kind'];
  readonly value?: Graded;
  readonly gradient?: Graded;
  readonly laws: number;
  readonly compared: number;
  readonly undecided: number;
  /** law/fault of every check that fails. */
  readonly failed: readonly string[];
  /** Answers that are another framework's, by the name of the check. */
  readonly dialects: readonly string[];
  /** Of those that fail; where they are many, the first of each law. */
  readonly findings: readonly Finding[];
}

/** Of the worst region. */
export interface Graded {
  readonly grade: Grade;
  readonly region: string;
  /** The largest that was observed. */
  readonly ulps: Ulps;
  readonly count: number;
  /** Where it was observed. */
  readonly at?: Case;
}

/** Infinite for results of another kind. */
export type Ulps = number | 'Infinity';

export interface Finding extends Case {
  /** law/fault. */
  readonly check: string;
  readonly says: string;
  /** The clause, and its sentence. */
  readonly clause?: readonly [id: string, sentence: string];
  readonly gate?: Grade;
  readonly like?: string;
}

/** A question with its answer, and where to look in it. */
export interface Case {
  /** A `run` message. */
  readonly witness: Message;
  /** Its answer. */
  readonly answer: Message;
  readonly want?: string;
  readonly index?: number;
  /** Bits, in the dtype of the answer. */
  readonly got?: string;
  /** To 20 digits. */
  readonly exact?: string;
  /** Bits of the nearest to it. */
  readonly due?: string;
  readonly ulps?: Ulps;
  readonly grade?: Grade;
}

export type Message = { readonly [field: string]: unknown };

/** Without what may change though nothing was found to. */
export const withoutDate = ({ date: _, ...rest }: PeerRecord): object => rest;

/** A line for each field, operator and finding, so that a difference can be read. */
export function layOut(record: PeerRecord): string {
  if (record.state === 'not run') return `${JSON.stringify(record, null, 2)}\n`;
  const { rows, ...head } = record;
  const fields = Object.entries(head).map(([name, x]) => `  "${name}": ${JSON.stringify(x)},\n`);
  return `{\n${fields.join('')}  "rows": [\n${rows.map(layOutRow).join(',\n')}\n  ]\n}\n`;
}

function layOutRow({ findings, ...row }: Row): string {
  const head = JSON.stringify(row).slice(0, -1);
  if (findings.length === 0) return `    ${head},"findings":[]}`;
  const lines = findings.map((finding) => `      ${JSON.stringify(finding)}`);
  return `    ${head},"findings":[\n${lines.join(',\n')}]}`;
}

/** Throws a TypeError for what is no such file. */
export function parseRecord(name: string, text: string): PeerRecord {
  const { version, peer, rows, reason } = JSON.parse(text) as { readonly [field: string]: unknown };
  const isWhole = Array.isArray(rows) || typeof reason === 'string';
  if (version === 1 && typeof peer === 'string' && isWhole) return JSON.parse(text) as PeerRecord;
  throw new TypeError(`${name} should have version 1, peer, and rows or the reason why not`);
}
