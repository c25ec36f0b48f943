/**
 * # Who is asked
 *
 * To add a peer is to add a line. One that is not installed stays in the list and is not run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Named } from '../../conformance/adapters/index.ts';

export interface Peer {
  readonly name: string;
  /** A program in Python; otherwise the name is that of a candidate of `touchstone check`. */
  readonly python?: string;
}

/** In the order of the columns. */
export const PEERS: readonly Peer[] = [
  { name: 'fast' },
  { name: 'pytorch', python: 'pytorch.py' },
  { name: 'jax', python: 'jax_optax.py' },
  { name: 'keras', python: 'keras_3.py' },
  { name: 'tinygrad', python: 'tinygrad.py' },
  { name: 'onnxruntime' },
  { name: 'onnx-reference', python: 'onnx_reference.py' },
  { name: 'tfjs' },
  { name: 'tfjs-wasm' },
  { name: 'transformers-style' },
  { name: 'numpy', python: 'numpy.py' },
];

/** How a peer is called, or why it cannot be. */
export type Located = { readonly named: Named } | { readonly reason: string };

export function locate({ name, python }: Peer, root: string): Located {
  if (python === undefined) return { named: name };
  const program = `conformance/adapters/${python}`;
  const interpreter = `.peers/${name}/bin/python`;
  for (const path of [program, interpreter])
    if (!existsSync(join(root, path)))
      return { reason: `it is not installed: there is no ${path}` };
  return { named: [interpreter, program] };
}

/** What follows `touchstone replay -`. */
export const replayOf = (named: Named): string =>
  typeof named === 'string' ? `--candidate ${named}` : `-- ${named.join(' ')}`;
