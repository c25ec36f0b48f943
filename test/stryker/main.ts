/**
 * # Systematic mutants of the specification
 *
 *     node dist/test/stryker/main.js [--target NAME] [--lines FROM-TO] [--page FILE]
 *
 * Stryker changes one expression at a time and runs the tests of the target. Exits 1 if a mutant
 * survives without an explanation, or an explanation is stale.
 */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { Command, Option } from 'commander';
import { writeWhole } from '../../tools/whole.ts';
import { explained } from './explained.ts';
import { type Outcome, outcomeOf, page, type Result, staleOf, summary } from './outcome.ts';
import { type Target, targets } from './targets.ts';

interface Options {
  readonly target?: string;
  readonly lines?: string;
  readonly page?: string;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const {
  target,
  lines,
  page: file,
} = new Command('npm run stryker --')
  .addOption(new Option('--target <name>', 'one of them').choices(Object.keys(targets)))
  .option('--lines <from-to>', 'of the first file of the target, such as 100-120')
  .option('--page <file>', 'write what was found')
  .parse()
  .opts<Options>();

const optionsFor = ({ mutate, tests }: Target): ConstructorParameters<typeof Stryker>[0] => {
  // Stryker's own processes read it in vitest.mutants.config.ts.
  process.env.TOUCHSTONE_TESTS = tests.join(',');
  return {
    mutate: lines === undefined ? [...mutate] : [`${mutate[0]}:${lines}`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutants.config.ts' },
    coverageAnalysis: 'perTest',
    ignorePatterns: ['dist', 'docs', '.peers'],
    reporters: ['progress-append-only'],
    concurrency: 2,
    timeoutMS: 20_000,
    // TypeScript 7 has no API that Stryker could read a configuration with, and vitest needs none.
    tsconfigFile: 'none.json',
  };
};

async function outcomesOf(name: string): Promise<readonly Outcome[]> {
  const results: readonly Result[] = await new Stryker(
    optionsFor(targets[name]!),
  ).runMutationTest();
  const sources = new Map<string, string>();
  for (const { fileName } of results)
    if (!sources.has(fileName)) sources.set(fileName, await readFile(fileName, 'utf8'));
  return results.map((result) => {
    const fileName = relative(root, result.fileName);
    return outcomeOf(name, { ...result, fileName }, sources.get(result.fileName)!);
  });
}

process.chdir(root);
const names = target === undefined ? Object.keys(targets) : [target];
const outcomes: Outcome[] = [];
for (const name of names) outcomes.push(...(await outcomesOf(name)));
process.stdout.write(summary(outcomes, explained));
const stale = lines === undefined ? staleOf(outcomes, names, explained) : [];
for (const line of stale) process.stdout.write(`stale: ${line}\n`);
if (file !== undefined) await writeWhole(file, page(outcomes, explained));
const survivors = outcomes.filter((o) => !o.isKilled && !Object.hasOwn(explained, o.mutant));
process.exitCode = outcomes.length === 0 ? 2 : survivors.length + stale.length > 0 ? 1 : 0;
