/**
 * # Survivors, asked again
 *
 * Once a target has more tests, only what survived has to be asked again, and only by those: whatever
 * was killed is killed still, and the tests of that time say nothing new. That holds as long as they and
 * the files are as they were; if they are not, it is refused.
 */
import type { Outcome } from './outcome.ts';
import { isStillTrue, type Report } from './reports.ts';
import type { Survivor, Tallies } from './tally.ts';
import type { Target } from './target.ts';

const keyOf = ({ mutant, location: { start, end } }: Survivor): string =>
  [mutant, start.line, start.column, end.line, end.column].join(' ');

/** Where mutants stand, as Stryker wants to be told: lines count from 1 and columns from 0. */
export function placesOf(tallies: Tallies): readonly string[] {
  const places = Object.entries(tallies).flatMap(([file, { survivors }]) =>
    survivors.map(
      ({ location: { start, end } }) =>
        `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`,
    ),
  );
  return [...new Set(places)];
}

/** What was found before, without the survivors that are killed now. */
export function renewed(before: Tallies, now: readonly Outcome[]): Tallies {
  const found = new Map(now.map((outcome) => [keyOf(outcome), outcome]));
  const isKilled = (survivor: Survivor): boolean => {
    const again = found.get(keyOf(survivor));
    if (!again) throw new Error(`${survivor.mutant} was not asked again`);
    return again.isKilled;
  };
  return Object.fromEntries(
    Object.entries(before).map(([file, { killed, survivors }]) => {
      const left = survivors.filter((survivor) => !isKilled(survivor));
      return [file, { killed: killed + survivors.length - left.length, survivors: left }];
    }),
  );
}

/** What is known of a target by now; `ask` runs the mutants in some places. */
export async function askAgain(
  report: Report,
  target: Target,
  ask: (part: Target) => Promise<readonly Outcome[]>,
): Promise<Tallies> {
  if (!(await isStillTrue(report)))
    throw new Error(`${report.target}: its files or tests have changed since it was run`);
  const mutate = placesOf(report.tallies);
  const tests = target.tests.filter((file) => !Object.hasOwn(report.files, file));
  if (mutate.length === 0 || tests.length === 0) return report.tallies;
  return renewed(report.tallies, await ask({ ...target, mutate, tests }));
}
