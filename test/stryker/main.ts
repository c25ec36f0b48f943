/**
 * # Systematic mutants
 *
 *     node dist/test/stryker/main.js [--target NAME…] [--of FOLDER] [--jobs N] [--concurrency N]
 *       [--minutes N] [--again] [--survivors] [--no-run] [--lines FROM-TO] [--every N]
 *       [--sample WHICH] [--page]
 *
 * Stryker changes one expression at a time and runs the tests of the target. What was found is kept in
 * docs/stryker, one file for each target, and a target whose report is up to date is not run again; so a
 * run that was cut goes on where it was. Exits 1 if a mutant survives without an explanation, or an
 * explanation is stale; 2 if nothing was mutated; 3 if a target has no report that is up to date.
 */
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { writeWhole } from '../../conformance/whole.ts';
import { explained } from './explained.ts';
import { page } from './page.ts';
import { inProcesses } from './processes.ts';
import { isUpToDate, readReport, readReports, writeReport } from './reports.ts';
import { sample, thinned, unasserted } from './sample.ts';
import { outcomesOf } from './stryker.ts';
import { askAgain } from './survivors.ts';
import { openOf, staleOf, summary, type Tallies, type Tally, tallied } from './tally.ts';
import type { Target } from './target.ts';
import { targets } from './targets.ts';

interface Options {
  readonly target?: readonly string[];
  readonly of: string;
  readonly jobs: number;
  readonly concurrency: number;
  readonly minutes: number;
  readonly again?: boolean;
  readonly survivors?: boolean;
  readonly run: boolean;
  readonly lines?: string;
  readonly every: number;
  readonly sample?: 'core' | 'unasserted';
  readonly page?: boolean;
}

const samples = { core: sample, unasserted };

const options = new Command('npm run stryker --')
  .addOption(new Option('--target <name...>', 'some of them').choices(Object.keys(targets)))
  .option('--of <folder>', 'those of a folder, such as spec', '')
  .option('--jobs <n>', 'targets at a time, each in its process', Number, 1)
  .option('--concurrency <n>', 'mutants of a target at a time', Number, 2)
  .option('--minutes <n>', 'after that no target is begun, and none goes on', Number, Infinity)
  .option('--again', 'also those whose report is up to date')
  .option('--survivors', 'only mutants that an earlier report of fewer tests says survived')
  .option('--no-run', 'only tell what was found')
  .option('--every <n>', 'only every n-th line of each file', Number, 1)
  .option('--lines <from-to>', 'of the first file of the target, such as 100-120; without report')
  .addOption(
    new Option('--sample <which>', 'a few lines; without report').choices(Object.keys(samples)),
  )
  .option('--page', 'write what was found of all targets in docs/stryker.md')
  .parse()
  .opts<Options>();

const asked = (name: string): boolean =>
  (options.target ?? [name]).includes(name) && targets[name]!.mutate[0]!.startsWith(options.of);

async function run(name: string): Promise<void> {
  const target = targets[name]!;
  const ask = (part: Target) => outcomesOf(part, options.concurrency);
  const before = options.survivors ? await readReport(name) : undefined;
  if (options.survivors && !before) throw new Error(`${name}: there is no report to go on from`);
  const every = before?.every ?? options.every;
  const tallies = before
    ? await askAgain(before, target, ask)
    : tallied(await ask(thinned(target, every)));
  await writeReport(name, target, tallies, every);
}

/** Whether nobody has run it as it is now, or only with fewer of its lines. */
async function isDue(name: string): Promise<boolean> {
  const report = await readReport(name);
  return (
    report === undefined ||
    report.every > options.every ||
    !(await isUpToDate(report, targets[name]!))
  );
}

async function runAll(names: readonly string[]): Promise<void> {
  const due: string[] = [];
  for (const name of names)
    if (options.again || options.survivors || (await isDue(name))) due.push(name);
  if (options.jobs === 1 && options.minutes === Infinity) for (const name of due) await run(name);
  else await inProcesses(due, options);
}

/** Without report. */
async function tryPart(part: Target): Promise<void> {
  const tallies = tallied(await outcomesOf(part, options.concurrency));
  process.stdout.write(summary(tallies, explained));
  const files = Object.values(tallies);
  process.exitCode = files.length === 0 ? 2 : files.some(hasOpen) ? 1 : 0;
}

/** Some lines of the first file of a target. */
const linesOf = (target: Target, lines: string): Target => ({
  ...target,
  mutate: [`${target.mutate[0]}:${lines}`],
});

const hasOpen = (tally: Tally): boolean => openOf(tally, explained).length > 0;

async function tell(names: readonly string[]): Promise<void> {
  const reports = await readReports(names);
  const [mutated, whole] = [reports, reports.filter(({ every }) => every === 1)].map((some) =>
    Object.assign({}, ...some.map(({ tallies }) => tallies)),
  ) as [Tallies, Tallies];
  process.stdout.write(summary(mutated, explained));
  const stale = staleOf(whole, explained);
  for (const line of stale) process.stdout.write(`stale: ${line}\n`);
  let isDone = true;
  for (const name of names) {
    const report = reports.find(({ target }) => target === name);
    if (report && (await isUpToDate(report, targets[name]!))) continue;
    isDone = false;
    process.stdout.write(`${report ? 'changed since' : 'not run'}: ${name}\n`);
  }
  const isBad = stale.length > 0 || Object.values(mutated).some(hasOpen);
  process.exitCode = reports.length === 0 ? 2 : isBad ? 1 : isDone ? 0 : 3;
}

async function writePage(): Promise<void> {
  const all = Object.keys(targets);
  const reports = await readReports(all);
  await writeWhole('docs/stryker.md', page(reports, explained, all));
}

process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
const names = Object.keys(targets).filter(asked);
if (options.sample !== undefined) await tryPart(samples[options.sample]());
else if (options.lines !== undefined) await tryPart(linesOf(targets[names[0]!]!, options.lines));
else {
  if (options.run) await runAll(names);
  if (options.page) await writePage();
  await tell(names);
}
