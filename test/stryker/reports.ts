/**
 * # Reports: one file for each target
 *
 * Targets can be run at different times and on different machines. A report is of the very files that
 * were mutated and of the very tests; once one of them has changed it is out of date.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '../../conformance/whole.ts';
import type { Tallies } from './tally.ts';
import type { Target } from './target.ts';

export interface Report {
  readonly target: string;
  /** Only every so many lines were mutated. */
  readonly every: number;
  /** Every file that was mutated and every test, with the hash of what was in it. */
  readonly files: { readonly [file: string]: string };
  readonly tallies: Tallies;
}

const pathOf = (name: string): string => `docs/stryker/${name}.json`;

/** A file without its comments: no mutant lies in one, and as long as no line moves they may change. */
export const codeOf = (text: string): string => text.replaceAll(/^[ \t]*(\/\/|\/?\*).*$/gm, '');

const hashOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => createHash('sha256').update(codeOf(text)).digest('hex').slice(0, 16),
    () => 'not there',
  );

export async function writeReport(
  name: string,
  { tests }: Target,
  tallies: Tallies,
  every: number,
): Promise<void> {
  const files: { [file: string]: string } = {};
  for (const file of [...Object.keys(tallies), ...tests].sort()) files[file] = await hashOf(file);
  await mkdir(dirname(pathOf(name)), { recursive: true });
  const report: Report = { target: name, every, files, tallies };
  await writeWhole(pathOf(name), `${JSON.stringify(report, null, 1)}\n`);
}

export async function readReport(name: string): Promise<Report | undefined> {
  const text = await readFile(pathOf(name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Report);
}

/** Of those targets that have one. */
export async function readReports(names: readonly string[]): Promise<readonly Report[]> {
  const reports = await Promise.all(names.map(readReport));
  return reports.filter((report) => report !== undefined);
}

/** Whether the report is of the files and tests as they are. */
export async function isUpToDate(report: Report, { tests }: Target): Promise<boolean> {
  return tests.every((file) => Object.hasOwn(report.files, file)) && (await isStillTrue(report));
}

/** Whether all that it is of is as it was; the target may have more tests by now. */
export async function isStillTrue({ files }: Report): Promise<boolean> {
  for (const [file, hash] of Object.entries(files)) if ((await hashOf(file)) !== hash) return false;
  return true;
}
