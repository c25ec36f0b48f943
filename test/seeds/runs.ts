/**
 * # One check after another, each with its own seed
 *
 * What passes with most seeds and fails with one is a bug: of the implementation, of a law, or of the
 * oracle. What each run said is kept, so that a series that was cut goes on.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT } from '../../conformance/failure.ts';
import { writeWhole } from '../../conformance/whole.ts';
import { type Ran, touchstone } from '../conformance/terminal.ts';

/** Far from each other, and from the seed of every day. */
export const seedsOf = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => 2_000_003 + 7_919 * (i + 1));

/** Of all code that a check runs; runs of other code are not taken for runs of this. */
export function hashOfCode(): string {
  const hash = createHash('sha256');
  for (const part of ['spec', 'src', 'properties', 'conformance'])
    for (const name of readdirSync(`dist/${part}`, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.js')) hash.update(name).update(readFileSync(`dist/${part}/${name}`));
  return hash.digest('hex').slice(0, 16);
}

/** The seeds that fail; `check` are the words of a command. What was run before is in `folder`. */
export async function failing(
  seeds: readonly number[],
  check: readonly string[],
  folder: string,
  tell: (line: string) => void,
): Promise<readonly number[]> {
  const failed: number[] = [];
  for (const seed of seeds) {
    const { code, out, err } = await ran(
      [...check, '--seed', String(seed)],
      `${folder}/${seed}.json`,
    );
    tell(code === EXIT.conforms ? `${seed}: conforms` : `${seed}: exit code ${code}\n${out}${err}`);
    if (code !== EXIT.conforms) failed.push(seed);
  }
  return failed;
}

async function ran(words: readonly string[], file: string): Promise<Ran> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as Ran;
  const run = await touchstone(words);
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, JSON.stringify(run));
  return run;
}
