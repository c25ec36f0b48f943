/**
 * # Systematic mutants
 *
 *     node dist/test/stryker/main.js [--target NAME…] [--of FOLDER] [--jobs N] [--concurrency N]
 *       [--minutes N] [--again] [--survivors] [--no-run] [--lines FROM-TO] [--every N]
 *       [--sample WHICH] [--page FILE]
 *
 * Stryker changes one expression at a time and runs the tests of the target. What was found is kept in
 * reports/stryker, one file for each target, and a target whose report is up to date is not run again;
 * so a run that was cut goes on where it was. Exits 1 if a mutant survives without an explanation, or an
 * explanation is stale; 2 if nothing was mutated; 3 if a target has no report that is up to date.
 */
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { writeWhole } from '../../conformance/whole.ts';
import { explained } from './explained.ts';
import { isOpen, type Outcome, page, staleOf, summary } from './outcome.ts';
import { inProcesses } from './processes.ts';
import { isUpToDate, readReport, writeReport } from './reports.ts';
import { sample, thinned, unasserted } from './sample.ts';
import { outcomesOf } from './stryker.ts';
import { askAgain } from './survivors.ts';
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
  readonly page?: string;
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
  .option('--page <file>', 'write what was found, of all targets')
  .parse()
  .opts<Options>();

const asked = (name: string): boolean =>
  (options.target ?? [name]).includes(name) && targets[name]!.mutate[0]!.startsWith(options.of);

async function isDone(name: string, every: number): Promise<boolean> {
  const report = await readReport(name);
  if (report === undefined || (report.every ?? 1) > every) return false;
  return isUpToDate(report, targets[name]!);
}

async function run(name: string): Promise<void> {
  const target = targets[name]!;
  const ask = (part: Target) => outcomesOf(name, part, options.concurrency);
  const before = options.survivors ? await readReport(name) : undefined;
  const every = before?.every ?? options.every;
  const outcomes = options.survivors ? askAgain(name, target, ask) : ask(thinned(target, every));
  await writeReport(name, target, await outcomes, every);
}

async function runAll(names: readonly string[]): Promise<void> {
  const open: string[] = [];
  for (const name of names)
    if (options.again || options.survivors || !(await isDone(name, options.every))) open.push(name);
  if (options.jobs === 1 && options.minutes === Infinity) for (const name of open) await run(name);
  else await inProcesses(open, options);
}

/** What was found before, as far as it is up to date, and the names of what is not. */
async function found(names: readonly string[], every: number) {
  const outcomes: Outcome[] = [];
  const missing: string[] = [];
  for (const name of names)
    if (await isDone(name, every)) {
      const report = (await readReport(name))!;
      outcomes.push(...report.outcomes.map((o) => ({ ...o, every: report.every ?? 1 })));
    } else missing.push(name);
  return { outcomes, missing };
}

/** Without report. */
async function tryPart(name: string, part: Target): Promise<void> {
  const outcomes = await outcomesOf(name, part, options.concurrency);
  process.stdout.write(summary(outcomes, explained));
  process.exitCode = outcomes.length === 0 ? 2 : outcomes.some(isOpen(explained)) ? 1 : 0;
}

/** Some lines of the first file of a target. */
const linesOf = (target: Target, lines: string): Target => ({
  ...target,
  mutate: [`${target.mutate[0]}:${lines}`],
});

async function tell(names: readonly string[]): Promise<void> {
  const { outcomes, missing } = await found(names, options.every);
  process.stdout.write(summary(outcomes, explained));
  const stale = staleOf(outcomes, explained);
  for (const line of stale) process.stdout.write(`stale: ${line}\n`);
  for (const name of missing) process.stdout.write(`not run: ${name}\n`);
  if (options.page !== undefined) {
    const all = await found(Object.keys(targets), Infinity);
    await writeWhole(options.page, page(all.outcomes, explained, all.missing));
  }
  const isBad = stale.length > 0 || outcomes.some(isOpen(explained));
  process.exitCode = outcomes.length === 0 ? 2 : isBad ? 1 : missing.length > 0 ? 3 : 0;
}

process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
const names = Object.keys(targets).filter(asked);
if (options.sample !== undefined) await tryPart('sample', samples[options.sample]());
else if (options.lines !== undefined)
  await tryPart(names[0]!, linesOf(targets[names[0]!]!, options.lines));
else {
  if (options.run) await runAll(names);
  await tell(names);
}
