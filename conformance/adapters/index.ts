/**
 * # Candidates by name
 *
 * `fast`, `reference`, `onnxruntime`, a peer in Python such as `pytorch`, the path of a module, or the command of a program. Each is
 * loaded when it is asked for, so that nobody needs the packages of another.
 */
import type { Candidate } from '../../properties/candidate.ts';
import { EXIT, failure } from '../failure.ts';
import { nearest } from '../operators.ts';
import { version } from '../version.ts';
import { isModulePath, loadModule } from './module.ts';
import { PEERS, peersIn } from './peers.ts';

const loaders: ReadonlyMap<string, () => Promise<Candidate>> = new Map([
  ['fast', async () => (await import('./fast.ts')).fast(version)],
  ['reference', async () => (await import('../reference.ts')).reference],
  ['onnxruntime', async () => (await import('./onnxruntime.ts')).onnxruntime],
  ['tfjs', async () => (await import('./tfjs.ts')).tfjs],
  ['tfjs-wasm', async () => (await import('./tfjs.ts')).tfjsWasm],
  ['transformers-style', async () => (await import('./transformers-style.ts')).transformersStyle],
  ...Object.keys(PEERS).map((name) => [name, () => loadPeer(name)] as const),
]);

/** Of all candidates that need no path and no command. */
export const names: readonly string[] = [...loaders.keys()];

/** As it is installed beside the project that we are in. */
async function loadPeer(name: string): Promise<Candidate> {
  const found = peersIn(process.cwd()).find((peer) => peer.name === name)!;
  if ('reason' in found) throw failure(EXIT.candidate, found.reason);
  return (await import('./process.ts')).program(found.command);
}

/** A candidate by its name or path, or as the command that starts it, word by word. */
export type Named = string | readonly string[];

export const showNamed = (named: Named): string =>
  typeof named === 'string' ? named : named.join(' ');

/** Seconds, as options of the command line. */
export interface Patience {
  readonly startTimeout?: string;
  readonly timeout?: string;
}

const patienceOf = (options: Patience): { startTimeout?: number; timeout?: number } =>
  Object.fromEntries(
    Object.entries({ startTimeout: options.startTimeout, timeout: options.timeout })
      .filter(([, text]) => text !== undefined)
      .map(([name, text]) => {
        const seconds = Number(text);
        if (seconds > 0 && seconds <= 2 ** 20) return [name, seconds];
        const flag = name === 'timeout' ? 'timeout' : 'start-timeout';
        throw failure(EXIT.usage, `--${flag} ${text} should be a number of seconds above 0`);
      }),
  );

/** Fails with the exit code for usage if there is none of this name, and for candidates if it cannot be run. */
export async function loadCandidate(name: Named, options: Patience = {}): Promise<Candidate> {
  if (typeof name !== 'string')
    return (await import('./process.ts')).program(name, patienceOf(options));
  const load = loaders.get(name);
  if (load) return load();
  if (isModulePath(name)) return loadModule(name);
  const near = nearest(name, names);
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  throw failure(
    EXIT.usage,
    `there is no candidate ${name}; there is ${names.join(', ')}, the path of a module, ./module.js, and a program, -- COMMAND${meant}`,
  );
}
