/**
 * # touchstone init: an adapter to begin with
 *
 * Writes a skeleton that conforms for one operator, and says how to build and to judge it. Files that
 * are there already stay as they are: either all of the skeleton is written, or nothing.
 */
import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EXIT, failure, messageOf } from '../failure.ts';
import { suggestion } from '../operators.ts';
import type { Terminal } from '../terminal.ts';

/** In this package, whether it runs from its sources or as it is published. */
export const templates: string = join(
  dirname(createRequire(import.meta.url).resolve('touchstone/package.json')),
  'conformance/templates',
);

export interface Skeleton {
  /** Where each file goes → the template it is. */
  readonly files: { readonly [file: string]: string };
  /** What makes a program of it, and what is judged: a module, or a program behind `--`. */
  readonly build: readonly string[];
  readonly candidate: string;
}

/** TypeScript runs as it is where Node takes its types away: from 22.18 on. */
const runsTypeScript = Boolean((process.features as { typescript?: unknown }).typescript);
const compiled = { build: ['npx tsc --module nodenext adapter.mts'], candidate: './adapter.mjs' };
const asItIs = { build: [], candidate: './adapter.mts' };

export const skeletons: ReadonlyMap<string, Skeleton> = new Map([
  [
    'python',
    { files: { 'adapter.py': 'adapter.py' }, build: [], candidate: '-- python3 adapter.py' },
  ],
  [
    'rust',
    {
      files: { 'Cargo.toml': 'rust/Cargo.toml', 'src/main.rs': 'rust/src/main.rs' },
      build: ['cargo build --release'],
      candidate: '-- target/release/adapter',
    },
  ],
  [
    'c',
    {
      files: { 'adapter.c': 'adapter.c' },
      build: ['cc -O2 adapter.c -lm -o adapter'],
      candidate: '-- ./adapter',
    },
  ],
  [
    'cpp',
    {
      files: { 'adapter.cpp': 'adapter.c' },
      build: ['c++ -O2 adapter.cpp -lm -o adapter'],
      candidate: '-- ./adapter',
    },
  ],
  ['js', { files: { 'adapter.mjs': 'adapter.mjs' }, build: [], candidate: './adapter.mjs' }],
  ['ts', { files: { 'adapter.mts': 'adapter.mts' }, ...(runsTypeScript ? asItIs : compiled) }],
]);

export interface InitOptions {
  readonly lang: string;
  readonly dir: string;
}

/** Returns the exit code. */
export async function init({ lang, dir }: InitOptions, { print }: Terminal): Promise<number> {
  const skeleton = skeletons.get(lang);
  if (!skeleton)
    throw failure(EXIT.usage, `init: --lang ${lang}${suggestion(lang, [...skeletons.keys()])}`);
  await write(skeleton, dir);
  const files = Object.keys(skeleton.files).map((file) => join(dir, file));
  await print(`wrote ${files.join(', ')}\n\nnext:\n${nextOf(skeleton, dir)}`);
  return EXIT.conforms;
}

/** The commands that lead to a verdict, a line each. */
function nextOf({ build, candidate }: Skeleton, dir: string): string {
  const check = `npx touchstone check --profile smoke --op sigmoid ${candidate}`;
  const enter = dir === '.' ? [] : [`cd ${quoted(dir)}`];
  return [...enter, ...build, check].map((line) => `  ${line}\n`).join('');
}

const quoted = (word: string): string =>
  /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** All files or none; what is there already is not touched. */
async function write({ files }: Skeleton, dir: string): Promise<void> {
  const made: string[] = [];
  try {
    for (const [file, template] of Object.entries(files)) {
      const path = join(dir, file);
      // The first of the folders that were not there.
      const folder = await mkdir(dirname(path), { recursive: true });
      if (folder !== undefined) made.push(folder);
      await copyFile(join(templates, template), path, constants.COPYFILE_EXCL);
      made.push(path);
    }
  } catch (problem) {
    for (const path of made.reverse()) await rm(path, { recursive: true, force: true });
    throw failure(EXIT.usage, `init: nothing was written: ${reasonOf(problem)}`, problem);
  }
}

function reasonOf(problem: unknown): string {
  const { code, dest } = problem as NodeJS.ErrnoException & { dest?: string };
  if (code === 'EEXIST' && dest) return `${dest} is there already; name another folder with --dir`;
  return messageOf(problem);
}
