/** # The command: ask the peers one after the other, and write down what was found */
import { isAbsolute, join } from 'node:path';
import { loadCandidate, type Named } from '../../conformance/adapters/index.ts';
import { EXIT, failure, isFailure, messageOf } from '../../conformance/failure.ts';
import { isAnswered } from '../../conformance/parse.ts';
import { planOf } from '../../conformance/plan.ts';
import type { Step } from '../../conformance/run.ts';
import type { Terminal } from '../../conformance/terminal.ts';
import { version } from '../../conformance/version.ts';
import type { Candidate } from '../../properties/candidate.ts';
import { type Change, diff } from './diff.ts';
import { readRecord, writePages, writeRecord } from './files.ts';
import { measure } from './measure.ts';
import { type Options, optionsFrom } from './options.ts';
import { locate, replayOf } from './peers.ts';
import type { PeerRecord } from './record.ts';
import { sentence } from './spelling.ts';

export interface Place {
  /** The folder of the project. */
  readonly root: string;
  readonly today: Date;
}

/** Returns the exit code; never throws. */
export async function main(
  args: readonly string[],
  { root, today }: Place,
  terminal: Terminal,
): Promise<number> {
  try {
    const options = optionsFrom(args, today, terminal);
    if (options.diff) return await told(options.diff, terminal);
    const folder = isAbsolute(options.folder) ? options.folder : join(root, options.folder);
    return options.render
      ? await rendered(folder, terminal)
      : await asked({ ...options, folder }, root, terminal);
  } catch (problem) {
    if (isAnswered(problem)) return EXIT.conforms;
    const stack = problem instanceof Error ? problem.stack : undefined;
    const isOurs = !isFailure(problem);
    terminal.tell(`error: ${isOurs ? (stack ?? String(problem)) : messageOf(problem)}\n`);
    return isOurs ? EXIT.ours : problem.exitCode;
  }
}

async function rendered(folder: string, { tell }: Terminal): Promise<number> {
  tell(`${(await writePages(folder)).join(', ')}\n`);
  return EXIT.conforms;
}

async function told(files: readonly [string, string], { print }: Terminal): Promise<number> {
  const read = (path: string): Promise<PeerRecord> =>
    readRecord(path).catch((problem) => {
      throw failure(EXIT.usage, `--diff ${path}: ${messageOf(problem)}`, problem);
    });
  const changes = diff(await read(files[0]), await read(files[1]));
  const line = ({ kind, op, says }: Change): string => `${kind.padEnd(11)}  ${op}  ${says}\n`;
  await print(changes.map(line).join(''));
  return changes.some(({ kind }) => kind === 'regression') ? EXIT.fails : EXIT.conforms;
}

/** Pages are made after each peer, so that an interrupted run leaves them up to date. */
async function asked(options: Options, root: string, terminal: Terminal): Promise<number> {
  const { peers, isNamed, folder } = options;
  let hasRun = false;
  for (const peer of peers) {
    const record = await recordOf(peer, options, root, terminal);
    const then = await writeRecord(folder, record, isNamed);
    await writePages(folder);
    const what = record.state === 'run' ? 'run' : `not run: ${record.reason}`;
    terminal.tell(`${peer}: ${what}; ${then}\n`);
    hasRun ||= record.state === 'run';
  }
  return hasRun ? EXIT.conforms : EXIT.candidate;
}

async function recordOf(
  peer: string,
  options: Options,
  root: string,
  terminal: Terminal,
): Promise<PeerRecord> {
  const head = { version: 1, peer, date: options.date, suite: version } as const;
  const located = locate(peer, root);
  if ('reason' in located) return { ...head, state: 'not run', reason: located.reason };
  const { named } = located;
  const candidate = await greeted(named);
  if ('reason' in candidate) return { ...head, state: 'not run', reason: candidate.reason };
  const measured = await measuredOf(peer, candidate, options, terminal);
  return { ...head, profile: options.profile, replay: replayOf(named, root), ...measured };
}

/** Ready to be asked; what cannot be loaded or does not greet says why. */
async function greeted(named: Named): Promise<Candidate | { readonly reason: string }> {
  let candidate: Candidate | undefined;
  try {
    candidate = await loadCandidate(named);
    await candidate.hello();
    return candidate;
  } catch (problem) {
    await candidate?.close?.();
    return { reason: sentence(messageOf(problem)) };
  }
}

async function measuredOf(
  name: string,
  candidate: Candidate,
  { profile, seed }: Options,
  terminal: Terminal,
): ReturnType<typeof measure> {
  const plan = planOf({ profile, seed, minGrade: 'C' });
  const show = ({ op, law }: Step): void => {
    if (terminal.isWatched) terminal.tell(`${ERASE_LINE}${name}: ${op}: ${law}`);
  };
  try {
    return await measure(candidate, plan, show);
  } finally {
    await candidate.close?.();
    if (terminal.isWatched) terminal.tell(ERASE_LINE);
  }
}

const ERASE_LINE = '\r\x1b[2K';
