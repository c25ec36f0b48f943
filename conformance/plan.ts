/** # What to check: from options to a plan */
import { GRADES, type Grade } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { parseDialect } from './dialect.ts';
import { EXIT, type Failure, failure } from './failure.ts';
import { operators } from './operators.ts';

export interface Plan {
  readonly ops: readonly Op[];
  /** Questions for each law and operator. */
  readonly runs: number;
  readonly seed: number;
  readonly minGrade: Grade;
  /** The dialect that was asked for, instead of the candidate's own. */
  readonly dialect?: string;
  /** The whole where it is absent. */
  readonly shard?: Shard;
}

/** The i-th of n parts, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export interface PlanOptions {
  readonly op?: string;
  readonly profile: string;
  readonly seed: string;
  readonly minGrade: string;
  /** i/n */
  readonly shard?: string;
  readonly dialect?: string;
}

/** Questions for each law and operator, by the name of a profile. */
const PROFILES: { readonly [name: string]: number } = { smoke: 10, quick: 80, full: 2000 };

/** Fails with the exit code for usage where an option is none. */
export function planOf(
  { op = '*', profile, seed, minGrade, dialect, shard }: PlanOptions,
  command = 'check',
  profiles = PROFILES,
): Plan {
  const bad: Bad = (option, came, due) =>
    failure(EXIT.usage, `${command}: --${option} ${came} should be ${due}`);
  const runs = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (runs === undefined)
    throw bad('profile', profile, `one of ${Object.keys(profiles).join(', ')}`);
  if (!GRADES.includes(minGrade as Grade))
    throw bad('min-grade', minGrade, `one of ${GRADES.join(', ')}`);
  if (dialect !== undefined) parseDialect(dialect, `${command}: --dialect`);
  return {
    ...{ ops: matching(op, bad), runs, seed: seedOf(seed, bad), minGrade: minGrade as Grade },
    ...(dialect === undefined ? {} : { dialect }),
    ...(shard === undefined ? {} : { shard: shardOf(shard, bad) }),
  };
}

export type Bad = (option: string, came: string, due: string) => Failure;

function matching(glob: string, bad: Bad): readonly Op[] {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  const ops = [...operators.values()].filter(({ id }) => pattern.test(id));
  if (ops.length === 0)
    throw bad('op', glob, `a pattern for some of ${[...operators.keys()].join(', ')}`);
  return ops;
}

function seedOf(text: string, bad: Bad): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isInteger(seed) && Math.abs(seed) < 2 ** 31) return seed;
  throw bad('seed', text, 'an integer of 32 bits');
}

// Shards -----------------------------------------------------------------------------------------

/** Of i/n. */
export function shardOf(text: string, bad: Bad): Shard {
  const [, index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index !== undefined && of !== undefined && 1 <= index && index <= of) return { index, of };
  throw bad('shard', text, 'i/n, the i-th of n shards, such as 1/4');
}

export const showShard = ({ index, of }: Shard): string => `${index}/${of}`;

/** Whether the work at this place, counted from 0, is in the shard: places are dealt out in turn. */
export const isIn = ({ index, of }: Shard, place: number): boolean => place % of === index - 1;

/** Neighbours go to different shards, and so do the laws of one operator, dear ones and cheap ones. */
export const shareOf = <T>(work: readonly T[], shard: Shard | undefined): readonly T[] =>
  shard ? work.filter((_, place) => isIn(shard, place)) : work;
