/**
 * # Candidates by name
 *
 * `fast`, `reference`, `onnxruntime`, the path of a module, or the command of a program. Each is loaded when it is asked for, so that
 * nobody needs the packages of another.
 */
import { createRequire } from 'node:module';
import type { Candidate } from '../../properties/candidate.ts';
import { EXIT, failure } from '../failure.ts';
import { nearest } from '../operators.ts';
import { isModulePath, loadModule } from './module.ts';

/** Of this package. */
export const version: string = createRequire(import.meta.url)('touchstone/package.json').version;

const loaders: ReadonlyMap<string, () => Promise<Candidate>> = new Map([
  ['fast', async () => (await import('./fast.ts')).fast(version)],
  ['reference', async () => (await import('../reference.ts')).reference],
  ['onnxruntime', async () => (await import('./onnxruntime.ts')).onnxruntime],
]);

/** A candidate by its name or path, or as the command that starts it, word by word. */
export type Named = string | readonly string[];

export const showNamed = (named: Named): string =>
  typeof named === 'string' ? named : named.join(' ');

/** Fails with the exit code for usage if there is none of this name, and for candidates if it cannot be run. */
export async function loadCandidate(name: Named): Promise<Candidate> {
  if (typeof name !== 'string') return (await import('./process.ts')).program(name);
  const load = loaders.get(name);
  if (load) return load();
  if (isModulePath(name)) return loadModule(name);
  const known = [...loaders.keys()];
  const near = nearest(name, known);
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  throw failure(
    EXIT.usage,
    `there is no candidate ${name}; there is ${known.join(', ')}, the path of a module, ./module.js, and a program, -- COMMAND${meant}`,
  );
}
