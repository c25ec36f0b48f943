/** # Implementations in Python, as they are installed beside the project */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FILES: { readonly [peer: string]: string } = {
  pytorch: 'pytorch.py',
  jax: 'jax_optax.py',
  keras: 'keras_3.py',
  tinygrad: 'tinygrad_adapter.py',
  numpy: 'numpy_textbook.py',
  'onnx-reference': 'onnx_reference.py',
};

/** A peer that can be asked, or why it cannot. */
export type Found =
  | { readonly name: string; readonly command: readonly string[] }
  | { readonly name: string; readonly reason: string };

export const peersIn = (root: string): readonly Found[] =>
  Object.entries(FILES).map(([name, file]) => {
    const command = [`.peers/${name}/bin/python`, `conformance/adapters/${file}`].map((path) =>
      join(root, path),
    );
    return command.every((path) => existsSync(path))
      ? { name, command }
      : { name, reason: `${name} is not installed` };
  });
