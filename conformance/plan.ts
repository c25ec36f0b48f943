/** # What to check: from options to a plan */
import { GRADES, type Grade } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { EXIT, type Failure, failure } from './failure.ts';
import { operators } from './operators.ts';

export interface Plan {
  readonly ops: readonly Op[];
  /** Questions for each law and operator. */
  readonly runs: number;
  readonly seed: number;
  readonly minGrade: Grade;
}

export interface PlanOptions {
  readonly op?: string;
  readonly profile: string;
  readonly seed: string;
  readonly minGrade: string;
}

/** Questions for each law and operator, by the name of a profile. */
const PROFILES: { readonly [name: string]: number } = { smoke: 10, quick: 80, full: 2000 };

/** Fails with the exit code for usage where an option is none. */
export function planOf(
  { op = '*', profile, seed, minGrade }: PlanOptions,
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
  return { ops: matching(op, bad), runs, seed: seedOf(seed, bad), minGrade: minGrade as Grade };
}

type Bad = (option: string, came: string, due: string) => Failure;

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
