/**
 * # Shards joined: the run that they are parts of
 *
 * The same run as without shards, in every bit. What is not the whole, or not of one kind, is
 * refused: a missing shard is not a passing one.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Hello } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { EXIT, type Failure, failure } from '../failure.ts';
import { type Plan, shareOf, showShard } from '../plan.ts';
import { workOf } from '../run.ts';
import { interrupted, verdictOf } from '../verdict.ts';
import type { Run } from './record.ts';

/** A report and the name of its file. */
export interface Part {
  readonly name: string;
  readonly run: Run;
}

/** Fails with the exit code for usage; `suite` is the version that reads. */
export function joined(parts: readonly Part[], suite: string): Run {
  const [first, ...others] = parts;
  if (!first) throw refused('there is nothing to merge');
  if (first.run.suite !== suite)
    throw refused(
      `${first.name} is of touchstone ${first.run.suite}, which ${suite} does not read`,
    );
  for (const other of others) checkAlike(first, other);
  if (first.run.plan.shard === undefined && others.length === 0) return completed(first);
  checkShards(parts);
  for (const part of parts) checkResults(part);
  return whole(parts.map(({ run }) => run));
}

/** What shards had found when they were interrupted together, as one run that was. */
export function cutShort(parts: readonly Part[]): Run {
  const { inferred: _, ...run } = whole(parts.map((part) => part.run));
  return { ...run, verdict: interrupted(run.verdict), isInterrupted: true };
}

const refused = (why: string): Failure => failure(EXIT.usage, `merge: ${why}`);

/** A run that was cut short can be shown, but not be joined. */
function completed(part: Part): Run {
  const { run } = part;
  if (run.isInterrupted) return run;
  checkResults(part);
  return { ...run, verdict: verdictOf(run.results, run.standings) };
}

// Of one kind ------------------------------------------------------------------------------------

function checkAlike(a: Part, b: Part): void {
  const check = (what: string, x: unknown, y: unknown) => {
    if (isDeepStrictEqual(x, y)) return;
    throw refused(`${b.name} has ${what} ${said(y)}, but ${a.name} has ${said(x)}`);
  };
  check('suite version', a.run.suite, b.run.suite);
  for (const [name, x, y] of pairs(planOf(a.run), planOf(b.run))) check(name, x, y);
  for (const [name, x, y] of pairs(helloOf(a.run), helloOf(b.run)))
    check(`a candidate with ${name}`, x, y);
  check('a baseline with digest', a.run.baseline, b.run.baseline);
}

const said = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
  const LONGEST = 200;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

const planOf = ({ plan: { shard: _, ops, ...plan } }: Run) => ({
  ...plan,
  operators: ops.map(({ id }) => id),
});
/** Shards may run on different machines; what these are is joined. */
const helloOf = ({ hello: { env: _, ...hello } }: Run): object => hello;

const pairs = (a: object, b: object): readonly (readonly [string, unknown, unknown])[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [
    ...([name, a[name as never], b[name as never]] as const),
  ]);

// The whole --------------------------------------------------------------------------------------

function checkShards(parts: readonly Part[]): void {
  const taken = new Map<number, string>();
  const counts = new Map<number, string>();
  for (const { name, run } of parts) {
    const { shard } = run.plan;
    if (!shard) throw refused(`${name} is a whole run and not a shard`);
    if (run.isInterrupted)
      throw refused(`${name} was interrupted: run shard ${showShard(shard)} again`);
    const other = taken.get(shard.index);
    if (other !== undefined && counts.has(shard.of))
      throw refused(`${other} and ${name} are both shard ${showShard(shard)}`);
    taken.set(shard.index, name);
    counts.set(shard.of, name);
  }
  const [of, ...others] = counts.keys();
  if (others.length > 0)
    throw refused(
      `${counts.get(others[0]!)} is one of ${others[0]} shards, but ${counts.get(of!)} one of ${of}`,
    );
  const missing = Array.from({ length: of! }, (_, i) => i + 1).filter((i) => !taken.has(i));
  if (missing.length === 0) return;
  const names = missing.map((index) => showShard({ index, of: of! })).join(', ');
  throw refused(`${missing.length === 1 ? 'a shard is' : 'shards are'} missing: ${names}`);
}

const nameOf = ({ op, law }: LawResult): string => `${op}/${law}`;
const workIn = ({ plan, hello }: { readonly plan: Plan; readonly hello: Hello }) =>
  workOf(plan, hello).map(({ op, law }) => `${op.id}/${law.name}`);

/** Each part has just the results that it should have. */
function checkResults({ name, run }: Part): void {
  const due = shareOf(workIn(run), run.plan.shard);
  const came = run.results.map(nameOf);
  for (const [place, work] of due.entries())
    if (came[place] !== work)
      throw refused(`${name} has ${came[place] ?? 'nothing'} where ${work} should be`);
  if (came.length > due.length)
    throw refused(`${name} has ${came[due.length]}, which should not be there`);
}

function whole(runs: readonly Run[]): Run {
  const [{ suite, plan, hello, baseline, inferred }] = runs as [Run];
  const { shard: _, ...all } = plan;
  const order = new Map(workIn({ plan: all, hello }).map((name, place) => [name, place]));
  const place = (result: LawResult) => order.get(nameOf(result))!;
  const results = runs.flatMap((run) => run.results).sort((a, b) => place(a) - place(b));
  const standings = runs.flatMap((run) => run.standings).sort((a, b) => a.entry - b.entry);
  return {
    ...{ suite, hello: withEnv(hello, runs), plan: all, results },
    ...(baseline === undefined ? {} : { baseline }),
    ...{ standings, verdict: verdictOf(results, standings) },
    ...(inferred ? { inferred } : {}),
  };
}

/** Where shards ran on different machines, what each said of its own. */
function withEnv(hello: Hello, runs: readonly Run[]): Hello {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.hello.env ?? {})))];
  if (names.length === 0) return hello;
  const joined = (name: string) => [...new Set(runs.map((run) => run.hello.env?.[name] ?? '?'))];
  const env = Object.fromEntries(names.map((name) => [name, joined(name).join(' | ')]));
  return { ...hello, env };
}
