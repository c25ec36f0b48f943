/** # The command: ask the peers one after the other, and write down what was found */
import { isAbsolute, join } from 'node:path';
import { loadCandidate, type Named, version } from '../../conformance/adapters/index.ts';
import { EXIT, isFailure, messageOf } from '../../conformance/failure.ts';
import { isAnswered } from '../../conformance/parse.ts';
import { planOf } from '../../conformance/plan.ts';
import type { Step } from '../../conformance/run.ts';
import type { Terminal } from '../../conformance/terminal.ts';
import { type Change, diff } from './diff.ts';
import { readRecord, writePages, writeRecord } from './files.ts';
import { measure } from './measure.ts';
import { type Options, optionsFrom } from './options.ts';
import { locate, type Peer, replayOf } from './peers.ts';
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
  const [before, after] = [await readRecord(files[0]), await readRecord(files[1])];
  const changes = diff(before, after);
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
    terminal.tell(`${peer.name}: ${what}; ${then}\n`);
    hasRun ||= record.state === 'run';
  }
  return hasRun ? EXIT.conforms : EXIT.candidate;
}

async function recordOf(
  peer: Peer,
  options: Options,
  root: string,
  terminal: Terminal,
): Promise<PeerRecord> {
  const head = { version: 1, peer: peer.name, date: options.date, suite: version } as const;
  const located = locate(peer, root);
  if ('reason' in located) return { ...head, state: 'not run', reason: located.reason };
  try {
    const measured = await measuredOf(peer.name, located.named, options, terminal);
    const { profile } = options;
    return { ...head, profile, replay: replayOf(located.named), ...measured };
  } catch (problem) {
    // A candidate that cannot be run says so; anything else is a mistake of ours.
    if (!isFailure(problem)) throw problem;
    return { ...head, state: 'not run', reason: sentence(messageOf(problem)) };
  }
}

async function measuredOf(
  name: string,
  named: Named,
  { profile, seed }: Options,
  terminal: Terminal,
): ReturnType<typeof measure> {
  const plan = planOf({ profile, seed, minGrade: 'C' });
  const candidate = await loadCandidate(named);
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
