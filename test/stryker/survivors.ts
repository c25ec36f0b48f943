/**
 * # Survivors, asked again
 *
 * Once a target has more tests, only what survived has to be asked again, and only by those: whatever
 * was killed is killed still, and the tests of that time say nothing new. That holds as long as they and
 * the files are as they were; if they are not, it is refused.
 */
import type { Outcome } from './outcome.ts';
import { isStillTrue, readReport } from './reports.ts';
import type { Target } from './target.ts';

const keyOf = ({ mutant, location: { start, end } }: Outcome): string =>
  [mutant, start.line, start.column, end.line, end.column].join(' ');

/** Where a mutant stands, as Stryker wants to be told: lines count from 1 and columns from 0. */
const placeOf = ({ file, location: { start, end } }: Outcome): string =>
  `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

/** What survived, and in which places that is. */
export function survivorsOf(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set(outcomes.filter((o) => !o.isKilled).map(placeOf))];
}

/** What was found before, with what is known now put in the place of what survived. */
export function renewed(before: readonly Outcome[], now: readonly Outcome[]): readonly Outcome[] {
  const found = new Map(now.map((outcome) => [keyOf(outcome), outcome]));
  return before.map((old) => {
    const again = old.isKilled ? old : found.get(keyOf(old));
    if (!again) throw new Error(`${old.mutant} was not asked again`);
    return again;
  });
}

/** All outcomes of a target; `ask` runs the mutants in some places. */
export async function askAgain(
  name: string,
  target: Target,
  ask: (part: Target) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  const report = await readReport(name);
  if (!report || !(await isStillTrue(report)))
    throw new Error(`${name}: there is no report of these files and tests to go on from`);
  const mutate = survivorsOf(report.outcomes);
  const tests = target.tests.filter((file) => !Object.hasOwn(report.files, file));
  if (mutate.length === 0 || tests.length === 0) return report.outcomes;
  return renewed(report.outcomes, await ask({ ...target, mutate, tests }));
}
