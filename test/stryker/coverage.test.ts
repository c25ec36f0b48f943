/** Every file of spec/ and src/ is in exactly one target, or there is a reason why in none. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matches } from './patterns.ts';
import type { Targets } from './target.ts';
import { targets } from './targets.ts';

const NAMES = 'names what is elsewhere, and calculates nothing';
const exempt: { readonly [file: string]: string } = {
  'spec/index.ts': NAMES,
  'src/index.ts': NAMES,
  'src/operators.ts': NAMES,
  'src/kernel/generated.ts': 'is written by a generator',
};

const files = ['spec', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts')),
);

const holding = (file: string, all: Targets): readonly string[] =>
  Object.keys(all).filter((name) => all[name]!.mutate.some((pattern) => matches(pattern, file)));

/** Files that are in no target or in several, and those that are excused and need not be. */
const faults = (all: Targets): readonly string[] =>
  files.flatMap((file) => {
    const due = Object.hasOwn(exempt, file) ? 0 : 1;
    const names = holding(file, all);
    return names.length === due ? [] : [`${file}: ${names.join(', ') || 'in no target'}`];
  });

test('every file is in one target', () => {
  expect(files.length).toBeGreaterThan(200);
  expect(faults(targets)).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(Object.keys(exempt)));
});
test('a file that is in none, or in two, is noticed', () => {
  const { grade, ...others } = targets;
  expect(faults(others)).toEqual(['spec/grade.ts: in no target']);
  const again = { ...targets, again: { ...grade!, mutate: ['spec/[g]rad{e,es}.ts'] } };
  expect(faults(again)).toEqual(['spec/grade.ts: grade, again']);
});
