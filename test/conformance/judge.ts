/** # `touchstone check` in memory: a candidate that comes as an object */
import { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { type CheckOptions, checkCandidate } from '../../conformance/commands/check.ts';
import { isFailure, messageOf } from '../../conformance/failure.ts';
import type { Candidate } from '../../properties/candidate.ts';
import type { Ran } from './terminal.ts';

export const defaults: CheckOptions = { profile: 'smoke', seed: '7', minGrade: 'C', report: [] };

/** The exit code of a failure is that of the command, as `main` has it. */
export async function checked(
  candidate: Candidate | (() => Promise<Candidate>),
  options: Partial<CheckOptions> = {},
): Promise<Ran> {
  const load = typeof candidate === 'function' ? candidate : async () => candidate;
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    input: Readable.from([]),
    colors: createColors(false),
    print: async (text: string) => void out.push(text),
    tell: (text: string) => void err.push(text),
  };
  const ran = (code: number): Ran => ({ code, out: out.join(''), err: err.join('') });
  try {
    return ran(await checkCandidate('stub', load, { ...defaults, ...options }, terminal));
  } catch (problem) {
    if (!isFailure(problem)) throw problem;
    err.push(messageOf(problem));
    return ran(problem.exitCode);
  }
}
