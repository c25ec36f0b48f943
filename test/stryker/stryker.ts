/** # One run of Stryker: the mutants of a target, each against the tests that reach it */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { type Outcome, outcomeOf, type Result } from './outcome.ts';
import type { Target } from './target.ts';

type Options = ConstructorParameters<typeof Stryker>[0];

/** Texts are left out: what a message says is tested where it matters, and not word by word. */
const WITHOUT = ['StringLiteral'];

const optionsFor = (
  { mutate, tests, without = [], withoutQuestions = false, judged = [] }: Target,
  concurrency: number,
): Options => {
  // Stryker's own processes read them in vitest.mutants.config.ts.
  process.env.TOUCHSTONE_TESTS = tests.join(',');
  process.env.TOUCHSTONE_JUDGED = judged.join(' ');
  return {
    mutate: [...mutate],
    mutator: { excludedMutations: [...WITHOUT, ...without] },
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner', new URL('./questions.js', import.meta.url).href],
    ignorers: withoutQuestions ? ['questions'] : [],
    vitest: { configFile: 'vitest.mutants.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // No types are checked, and what is generated is compared to the byte.
    disableTypeChecks: false,
    // The compiler's settings name the project of docs, which has to be there.
    ignorePatterns: ['dist', 'docs/*', '!docs/tsconfig.json', '.peers', 'reports'],
    reporters: ['progress-append-only'],
    concurrency,
    // With other work on the machine tests take longer than they did in the first run.
    timeoutMS: 20_000,
    timeoutFactor: 3,
    // Whole files are slow because of mutants at load, and there is nothing to do about it.
    warnings: {
      slow: false,
      unknownOptions: true,
      preprocessorErrors: true,
      unserializableOptions: true,
    },
    // TypeScript 7 has no API that Stryker could read a configuration with, and vitest needs none.
    tsconfigFile: 'none.json',
  };
};

/** What became of every mutant of the kinds that are asked for. */
export async function outcomesOf(target: Target, concurrency: number): Promise<readonly Outcome[]> {
  const all: readonly Result[] = await new Stryker(
    optionsFor(target, concurrency),
  ).runMutationTest();
  const results = all.filter(({ status }) => status !== 'Ignored');
  const sources = new Map<string, string>();
  for (const { fileName } of results)
    if (!sources.has(fileName)) sources.set(fileName, await readFile(fileName, 'utf8'));
  return results.map((result) => {
    const fileName = relative(process.cwd(), result.fileName);
    return outcomeOf({ ...result, fileName }, sources.get(result.fileName)!);
  });
}
