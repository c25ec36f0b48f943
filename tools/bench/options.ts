/** # Options: what is to be measured, and how long */
import { Command } from 'commander';
import { EXIT, failure } from '../../conformance/failure.ts';
import { parseWith } from '../../conformance/parse.ts';
import type { Terminal } from '../../conformance/terminal.ts';
import { operators, type Peer } from './candidate.ts';
import { type Chosen, choose } from './cases.ts';
import type { Budget } from './measure.ts';
import { peers } from './peers/index.ts';

export interface Settings extends Budget {
  readonly chosen: readonly Chosen[];
  readonly peers: readonly Peer[];
  readonly json?: string | undefined;
  /** Instead of cases. */
  readonly rounding: boolean;
  readonly profile: boolean;
}

const DEFAULT: Budget = { seconds: 0.15, rounds: 5 };
const QUICK: Budget = { seconds: 0.06, rounds: 3 };

export function settingsFrom(args: readonly string[], terminal: Terminal): Settings {
  const command = new Command('npm run bench --')
    .description('How fast src/ is beside what else there is, and how accurate each is.')
    .option('--ops <names>', `separated by commas: ${operators.join(', ')}`)
    .option('--sizes <sizes>', 'separated by commas, such as 8,1e3,64x1000')
    .option('--peers <names>', `separated by commas: ${peers.map(({ name }) => name).join(', ')}`)
    .option('--seconds <number>', `for each candidate and case; default ${DEFAULT.seconds}`)
    .option('--rounds <integer>', `in how many turns; default ${DEFAULT.rounds}`)
    .option('--rounding', 'what correct rounding costs, instead of cases and peers')
    .option('--profile', 'where the time of a softmax goes, instead of cases and peers')
    .option('--json <file>', 'write everything, as JSON')
    .option('--quick', 'small sizes and little time: half a minute');
  const given = parseWith(command, args, terminal, (known) => `known options are ${known}`);
  const budget = given.quick ? QUICK : DEFAULT;
  const [rounding, profile] = [given.rounding === true, given.profile === true];
  const isPlain = !rounding && !profile;
  const ops = listOf(given.ops) ?? operators;
  return {
    chosen: isPlain ? choose(ops, listOf(given.sizes), given.quick === true) : [],
    peers: isPlain ? peersOf(listOf(given.peers)) : [],
    rounding,
    profile,
    seconds: positive('--seconds', given.seconds) ?? budget.seconds,
    rounds: wholeOf('--rounds', given.rounds) ?? budget.rounds,
    json: given.json as string | undefined,
  };
}

type Given = string | boolean | undefined;

const listOf = (given: Given): readonly string[] | undefined =>
  typeof given === 'string' ? given.split(',').map((name) => name.trim()) : undefined;

function peersOf(names: readonly string[] | undefined): readonly Peer[] {
  const unknown = names?.find((name) => !peers.some((peer) => peer.name === name));
  if (unknown === undefined) return peers.filter(({ name }) => names?.includes(name) ?? true);
  const due = peers.map(({ name }) => name).join(', ');
  throw failure(EXIT.usage, `--peers: ${unknown} should be one of ${due}`);
}

function positive(option: string, given: Given): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (number > 0 && Number.isFinite(number)) return number;
  throw failure(EXIT.usage, `${option} is ${given} but should be a positive number`);
}

function wholeOf(option: string, given: Given): number | undefined {
  const number = positive(option, given);
  if (number === undefined || Number.isInteger(number)) return number;
  throw failure(EXIT.usage, `${option} is ${given} but should be a whole number`);
}
