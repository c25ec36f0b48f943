/**
 * # touchstone/vitest: every law is a test
 *
 *     import { conformance } from 'touchstone/vitest';
 *     import adapter from './adapter.mjs';
 *
 *     conformance(adapter, { op: 'softmax' });
 *
 * There is a `describe` for each operator that the candidate offers and in it a test for each law, under
 * names that stay the same. It fails with what `touchstone check` would print. A law that could compare
 * nothing is skipped, an operator none of whose laws could fails.
 */
import { createColors } from 'picocolors';
import { afterAll, test as declare, describe } from 'vitest';
import type { Candidate, Hello } from '../properties/candidate.ts';
import { type Law, type LawResult, test } from '../properties/law.ts';
import type { Op } from '../spec/op.ts';
import { loadCandidate, type Named, showNamed } from './adapters/index.ts';
import { type Baseline, checkName, readBaseline } from './baseline.ts';
import { EXIT, failure } from './failure.ts';
import { type Plan, type PlanOptions, planOf } from './plan.ts';
import { findingText } from './report/text.ts';
import { everyLaw, subjectOf } from './run.ts';
import { today } from './today.ts';
import { type Stood, standingsOf, verdictOf } from './verdict.ts';

/** As `touchstone check` has them, with the same defaults. */
export interface ConformanceOptions extends Partial<Omit<PlanOptions, 'seed'>> {
  readonly seed?: number | string;
  /** A file of known failures. */
  readonly baseline?: string;
}

const DEFAULTS = { profile: 'quick', seed: '20260101', minGrade: 'C' } as const;
/** In milliseconds. Laws take seconds at most; whoever asks for the full profile gets the time for it. */
const PATIENCE = 600_000;

interface Asked {
  readonly candidate: Candidate;
  readonly hello: Hello;
  readonly plan: Plan;
  readonly baseline: Baseline | undefined;
  /** Where `conformance` was called, for the traces of failures. */
  readonly origin: string;
}

/** Declares the tests of a candidate: a module's default export, a name as `check` takes it, or a command. */
export function conformance(named: Candidate | Named, options: ConformanceOptions = {}): void {
  const { seed = DEFAULTS.seed, baseline, ...rest } = options;
  const plan = planOf({ ...DEFAULTS, ...rest, seed: String(seed) });
  const at = { stack: '' };
  Error.captureStackTrace(at, conformance);
  describe(titleOf(named), async () => {
    const candidate = isNamed(named) ? await loadCandidate(named) : named;
    afterAll(() => candidate.close?.());
    const hello = await candidate.hello();
    const listed = baseline === undefined ? undefined : await baselineOf(baseline, hello);
    const asked = { candidate, hello, plan, baseline: listed, origin: framesOf(at.stack) };
    const offered = plan.ops.filter(({ id }) => Object.hasOwn(hello.ops, id));
    if (offered.length === 0) {
      await candidate.close?.(); // what is not declared has no end
      throw failing(`${hello.impl.name} offers no operator that was asked for`, asked);
    }
    for (const op of offered) describe(op.id, () => declareLaws(op, asked));
  });
}

async function baselineOf(path: string, { impl }: Hello): Promise<Baseline> {
  const baseline = await readBaseline(path);
  if (baseline.candidate === impl.name) return baseline;
  throw failure(EXIT.usage, `${path}: it is of ${baseline.candidate}, not of ${impl.name}`);
}

const isNamed = (named: Candidate | Named): named is Named =>
  typeof named === 'string' || Array.isArray(named);

const titleOf = (named: Candidate | Named): string =>
  isNamed(named) ? `conformance of ${showNamed(named)}` : 'conformance';

const framesOf = (stack: string): string => stack.slice(stack.indexOf('\n'));

function declareLaws(op: Op, asked: Asked): void {
  const laws = everyLaw.filter((law) => law.appliesTo(op));
  const results: LawResult[] = [];
  for (const law of laws)
    declare(law.name, { timeout: PATIENCE }, async ({ skip }) => {
      const result = await tested(law, op, asked);
      results.push(result);
      if (result.status === 'unsupported') skip(result.reasons.join('; ') || 'nothing to compare');
      await judge(result, op, asked);
    });
  afterAll(() => {
    const isAll = results.length === laws.length;
    if (isAll && results.every(({ compared }) => compared === 0))
      throw failing(`${op.id}: nothing was executed: ${results[0]?.reasons.join('; ')}`, asked);
  });
}

const tested = (law: Law<unknown>, op: Op, { candidate, hello, plan }: Asked): Promise<LawResult> =>
  test(law, subjectOf(candidate, hello, op, plan)!, plan.runs);

/** Throws what a report would say of it. */
async function judge(result: LawResult, op: Op, asked: Asked): Promise<void> {
  const verdict = verdictOf([result], await listedOf(result, op, asked));
  if (verdict.exitCode === EXIT.conforms) return;
  const findings = result.findings
    .filter(({ name }) => verdict.unlisted.includes(checkName(result.op, result.law, name)))
    .map((finding) => findingText(result, finding, createColors(false)));
  const worse = [verdict.says, ...verdict.unlisted];
  throw failing((findings.length > 0 ? findings : worse).join('\n'), asked);
}

/** Its trace is that of the call of `conformance`: what lies below it is no business of the reader. */
function failing(message: string, { origin }: Asked): Error {
  const error = new Error(message);
  error.stack = `${error.name}: ${message}${origin}`;
  return error;
}

/** How the entries of the baseline stand that are about this law. */
async function listedOf(
  { law }: LawResult,
  op: Op,
  { baseline, candidate, hello, plan }: Asked,
): Promise<readonly Stood[]> {
  if (!baseline) return [];
  const entries = baseline.entries.filter((e) => e.check.startsWith(checkName(op.id, law, '')));
  return standingsOf({ ...baseline, entries }, { candidate, hello, plan, today: today() });
}
