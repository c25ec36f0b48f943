/**
 * # A sample of mutants
 *
 * Of every core file of the specification the lines 40, 80, 120, …, so that nobody picks what is asked;
 * with the fast tests of these files. One run of it is short enough for every change.
 */
import { readFileSync } from 'node:fs';
import type { Target } from './target.ts';

const CORE = [
  ...['format', 'exact', 'real', 'functions', 'erfc', 'axes', 'input', 'op', 'param', 'dialect'],
  ...['reduction', 'alignments', 'grade', 'oracle/index', 'oracle/enclose', 'oracle/fast'],
  ...['arithmetic/interval', 'arithmetic/float-ends', 'arithmetic/decimal-ends'],
  ...['arithmetic/decimal', 'arithmetic/elementary', 'arithmetic/dual'],
].map((name) => `spec/${name}.ts`);

const TESTS = [
  ...[
    'certified',
    'dialects',
    'ends',
    'formats',
    'functions',
    'parameters',
    'shapes',
    'slopes',
  ].map((name) => `core/${name}`),
  'grade',
].map((name) => `test/spec/${name}.test.ts`);

const EVERY = 40;

export function sample(): Target {
  const mutate = CORE.flatMap((file) => {
    const count = readFileSync(file, 'utf8').split('\n').length;
    const lines = Array.from({ length: Math.floor(count / EVERY) }, (_, i) => EVERY * (i + 1));
    return lines.map((line) => `${file}:${line}-${line}`);
  });
  return { mutate, tests: TESTS };
}

/** A target whose tests assert nothing: its mutants survive. */
export const unasserted = (): Target => ({
  mutate: ['spec/tensor.ts:21-23'],
  tests: ['test/stryker/planted/asserts-nothing.ts'],
});
