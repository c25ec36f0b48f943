/** # What to check: from options to a plan */
import { GRADES, type Grade } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { parseDialect } from './dialect.ts';
import { EXIT, failure } from './failure.ts';
import { operators } from './operators.ts';

export interface Plan {
  readonly ops: readonly Op[];
  /** Questions for each law and operator. */
  readonly runs: number;
  readonly seed: number;
  readonly minGrade: Grade;
  /** The dialect that was asked for, instead of the candidate's own. */
  readonly dialect?: string;
}

export interface PlanOptions {
  readonly op?: string;
  readonly profile: string;
  readonly seed: string;
  readonly minGrade: string;
  readonly dialect?: string;
}

/** Questions for each law and operator, by the name of a profile. */
const PROFILES: { readonly [name: string]: number } = { smoke: 10, quick: 80, full: 2000 };

/** Fails with the exit code for usage where an option is none. */
export function planOf({ op = '*', profile, seed, minGrade, dialect }: PlanOptions): Plan {
  const runs = Object.hasOwn(PROFILES, profile) ? PROFILES[profile] : undefined;
  if (runs === undefined)
    throw bad('profile', profile, `one of ${Object.keys(PROFILES).join(', ')}`);
  if (!GRADES.includes(minGrade as Grade))
    throw bad('min-grade', minGrade, `one of ${GRADES.join(', ')}`);
  if (dialect !== undefined) parseDialect(dialect, 'check: --dialect');
  return {
    ...{ ops: matching(op), runs, seed: seedOf(seed), minGrade: minGrade as Grade },
    ...(dialect === undefined ? {} : { dialect }),
  };
}

const bad = (option: string, came: string, due: string) =>
  failure(EXIT.usage, `check: --${option} ${came} should be ${due}`);

function matching(glob: string): readonly Op[] {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  const ops = [...operators.values()].filter(({ id }) => pattern.test(id));
  if (ops.length === 0)
    throw bad('op', glob, `a pattern for some of ${[...operators.keys()].join(', ')}`);
  return ops;
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isInteger(seed) && Math.abs(seed) < 2 ** 31) return seed;
  throw bad('seed', text, 'an integer of 32 bits');
}
