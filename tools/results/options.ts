/** # Options: who is to be asked, and how much */
import { Command, Option } from 'commander';
import { EXIT, failure } from '../../conformance/failure.ts';
import { parseWith } from '../../conformance/parse.ts';
import type { Terminal } from '../../conformance/terminal.ts';
import { PEERS } from './peers.ts';

export interface Options {
  readonly peers: readonly string[];
  /** They were named, so that one that is not installed is recorded as such. */
  readonly isNamed: boolean;
  readonly profile: string;
  readonly seed: string;
  readonly date: string;
  readonly folder: string;
  readonly render: boolean;
  readonly diff?: readonly [before: string, after: string];
}

export function optionsFrom(args: readonly string[], today: Date, terminal: Terminal): Options {
  const command = new Command('npm run results --')
    .description('Judges implementations and writes docs/results.')
    .option('--peer <name...>', `only these: ${PEERS.join(', ')}`)
    .addOption(new Option('--profile <name>').choices(['smoke', 'quick', 'full']).default('quick'))
    .option('--seed <integer>', 'the same seed asks the same questions', '20260101')
    .option('--date <date>', 'of the results; default today')
    .option('--folder <path>', 'where results are kept', 'docs/results')
    .option('--render', 'make the pages anew and ask nobody')
    .option('--diff <files...>', 'two results: what became worse and what better');
  const given = parseWith(command, args, terminal, (known) => `known options are ${known}`);
  const { peer, profile, seed, folder, render, diff } = given as unknown as Given;
  return {
    peers: peersOf(peer),
    isNamed: peer !== undefined,
    ...{ profile, seed, folder },
    date: dateOf(given.date as string | undefined, today),
    render: render === true,
    ...(diff ? { diff: pairOf(diff) } : {}),
  };
}

interface Given {
  readonly peer?: readonly string[];
  readonly profile: string;
  readonly seed: string;
  readonly folder: string;
  readonly render?: boolean;
  readonly diff?: readonly string[];
}

function peersOf(names: readonly string[] | undefined): readonly string[] {
  const unknown = names?.find((name) => !PEERS.includes(name));
  if (unknown === undefined) return PEERS.filter((name) => names?.includes(name) ?? true);
  throw failure(EXIT.usage, `--peer ${unknown} should be one of ${PEERS.join(', ')}`);
}

function dateOf(given: string | undefined, today: Date): string {
  if (given === undefined) return today.toISOString().slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) return given;
  throw failure(EXIT.usage, `--date ${given} should be a day such as 2026-01-31`);
}

function pairOf(files: readonly string[]): readonly [string, string] {
  const [before, after, ...more] = files;
  if (before !== undefined && after !== undefined && more.length === 0) return [before, after];
  throw failure(EXIT.usage, `--diff has ${files.length} files but should have 2`);
}
