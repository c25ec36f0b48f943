/**
 * # The ledger: what every law has looked at
 *
 * The questions of a law are a pure function of law, operator, seed and number, so what they reach can
 * be counted without anybody to answer them. A law that never meets a tail passes whatever the tail
 * does: so each region that must be reached and is not is a failure of ours.
 */
import fc from 'fast-check';
import { isDifferentiable } from '../spec/input.ts';
import type { Op } from '../spec/op.ts';
import type { Candidate, Hello } from './candidate.ts';
import { type Law, questionsDue } from './law.ts';
import { reachOf } from './reach.ts';
import { type Required, requiredOf } from './required.ts';
import type { Subject } from './subject.ts';

export interface Drawn {
  readonly seed: number;
  /** Questions for each law, before its effort. */
  readonly runs: number;
}

/** How many questions of a law reached each region. */
export interface Entry {
  readonly law: string;
  readonly questions: number;
  readonly reached: { readonly [region: string]: number };
}

export interface Ledger extends Drawn {
  readonly op: string;
  readonly entries: readonly Entry[];
  /** What no question reached. */
  readonly missed: readonly Required[];
}

// biome-ignore lint/suspicious/noExplicitAny: each law has its own kind of question
type AnyLaw = Law<any>;

export function ledgerOf(op: Op, laws: readonly AnyLaw[], drawn: Drawn): Ledger {
  const entries = laws
    .filter((law) => law.appliesTo(op))
    .map((law) => entryOf(law, subjectFor(op, drawn.seed), drawn.runs));
  return { op: op.id, ...drawn, entries, missed: missedIn(entries, requiredOf(op)) };
}

/** As many questions as a law asks of a candidate that answers all of them. */
function entryOf(law: AnyLaw, subject: Subject, runs: number): Entry {
  const numRuns = questionsDue(law, runs);
  const reached: { [region: string]: number } = {};
  for (const question of fc.sample(law.questions(subject), { seed: subject.seed, numRuns }))
    for (const region of reachOf(subject.op, law.witness(question)))
      reached[region] = (reached[region] ?? 0) + 1;
  return { law: law.name, questions: numRuns, reached };
}

/** What of all that is required has no case: where a law did not run at all, all that it must reach. */
export const missedIn = (
  entries: readonly Entry[],
  required: readonly Required[],
): readonly Required[] =>
  required.filter(
    ({ law, region }) => !entries.some((e) => e.law === law && (e.reached[region] ?? 0) > 0),
  );

/** Who offers everything and is never asked. */
export function subjectFor(op: Op, seed: number): Subject {
  const grad = Object.keys(op.inputs).filter((name) => isDifferentiable(op.inputs[name]!));
  const hello: Hello = {
    protocol: 1,
    impl: { name: 'nobody', version: '1', language: 'none' },
    dtypes: ['f32', 'i64'],
    dialect: 'spec',
    policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
    ops: { [op.id]: { grad } },
  };
  const candidate: Candidate = {
    hello: () => hello,
    run: () => ({ error: { kind: 'internal', message: 'a ledger asks nobody' } }),
  };
  const policy = { signedZero: 'strict', flushes: false } as const;
  return { op, candidate, hello, policy, gate: { value: 'C', gradient: 'C' }, seed };
}
