/**
 * # Who is asked
 *
 * To add a peer is to add a line: the name of a candidate of `touchstone check`, or of an
 * implementation in Python. One that is not installed stays in the list and is not run.
 */
import { isAbsolute, relative } from 'node:path';
import type { Named } from '../../conformance/adapters/index.ts';
import { peersIn } from '../../conformance/adapters/peers.ts';

/** In the order of the columns. */
export const PEERS: readonly string[] = [
  'fast',
  'pytorch',
  'jax',
  'keras',
  'tinygrad',
  'onnxruntime',
  'onnx-reference',
  'tfjs',
  'tfjs-wasm',
  'transformers-style',
  'numpy',
];

/** How a peer is called, or why it cannot be. */
export type Located = { readonly named: Named } | { readonly reason: string };

export function locate(peer: string, root: string): Located {
  const found = peersIn(root).find(({ name }) => name === peer);
  if (found === undefined) return { named: peer };
  return 'reason' in found ? found : { named: found.command };
}

/** What follows `touchstone replay -`, from the folder of the project. */
export function replayOf(named: Named, root: string): string {
  if (typeof named === 'string') return `--candidate ${named}`;
  const words = named.map((word) => (isAbsolute(word) ? relative(root, word) : word));
  return `-- ${words.join(' ')}`;
}
