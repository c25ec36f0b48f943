/**
 * # A sample of mutants
 *
 * By their lines, so that nobody picks what is asked. Of every core file of the specification the lines
 * 40, 80, 120, …, with the fast tests of these files: one run of it is short enough for every change.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { matches } from './patterns.ts';
import type { Target } from './target.ts';

const CORE = [
  ...['format', 'exact', 'real', 'functions', 'erfc', 'axes', 'input', 'op', 'param', 'dialect'],
  ...['reduction', 'alignments', 'grade', 'oracle/index', 'oracle/enclose', 'oracle/fast'],
  ...['arithmetic/interval', 'arithmetic/float-ends', 'arithmetic/decimal-ends'],
  ...['arithmetic/decimal', 'arithmetic/elementary', 'arithmetic/dual', 'distance'],
  ...['lift/loss', 'lift/legal', 'lift/rowwise', 'lift/lifted'],
].map((name) => `spec/${name}.ts`);

/** Lines n, 2n, 3n, … of a file, as Stryker wants to be told. */
function everyNth(file: string, n: number): readonly string[] {
  const count = readFileSync(file, 'utf8').split('\n').length;
  return Array.from({ length: Math.floor(count / n) }, (_, i) => {
    const line = n * (i + 1);
    return `${file}:${line}-${line}`;
  });
}

export const sample = (): Target => ({
  mutate: CORE.flatMap((file) => everyNth(file, 40)),
  tests: [
    ...readdirSync('test/spec/core', 'utf8')
      .sort()
      .map((name) => `test/spec/core/${name}`),
    'test/spec/grade.test.ts',
  ],
});

/** A target of which only some lines are mutated. */
export function thinned(target: Target, every: number): Target {
  if (every === 1) return target;
  const folder = target.mutate[0]!.split('/')[0]!;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => target.mutate.some((pattern) => matches(pattern, file)));
  return { ...target, mutate: files.flatMap((file) => everyNth(file, every)) };
}

/** A target whose tests assert nothing: its mutants survive. */
export const unasserted = (): Target => ({
  mutate: ['spec/tensor.ts:21-23'],
  tests: ['test/stryker/planted/asserts-nothing.ts'],
});
