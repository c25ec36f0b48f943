/**
 * # Implementations in Python
 *
 * Each is a short file that speaks lines of JSON, and a virtual environment beside the project,
 * `.peers/<name>`, with the packages at the versions that the file was written against. What is not
 * installed is not run, and never passes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

export interface Peer {
  /** In conformance/adapters of this package. */
  readonly file: string;
  readonly packages: readonly string[];
  /** A program that must be on the path. */
  readonly needs?: string;
}

const NUMPY = 'numpy==2.4.6';

export const PEERS: { readonly [name: string]: Peer } = {
  pytorch: {
    file: 'pytorch.py',
    packages: ['torch==2.13.0', NUMPY],
  },
  jax: {
    file: 'jax_optax.py',
    packages: ['jax==0.10.2', 'jaxlib==0.10.2', 'optax==0.2.8', NUMPY],
  },
  keras: {
    file: 'keras_3.py',
    packages: ['keras==3.15.1', 'tensorflow-cpu==2.21.0', NUMPY],
  },
  tinygrad: { file: 'tinygrad_adapter.py', packages: ['tinygrad==0.14.0', NUMPY], needs: 'clang' },
  numpy: { file: 'numpy_textbook.py', packages: [NUMPY] },
  'onnx-reference': { file: 'onnx_reference.py', packages: ['onnx==1.23.2', NUMPY] },
};

const isWindows = process.platform === 'win32';
/** The interpreter that makes the environments. */
export const PYTHON = isWindows ? 'python' : 'python3';

const home = dirname(createRequire(import.meta.url).resolve('touchstone/package.json'));

/** The file that speaks for a peer. */
export const adapterOf = ({ file }: Peer): string => join(home, 'conformance', 'adapters', file);

export const folderOf = (root: string, name: string): string => join(root, '.peers', name);

const interpreterOf = (root: string, name: string): string =>
  join(folderOf(root, name), ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']));

/** What it holds was installed to the end; a broken installation has none. */
export const stampOf = (root: string, name: string): string =>
  join(folderOf(root, name), 'installed.txt');

export const stampFor = ({ packages }: Peer): string => `${packages.join('\n')}\n`;

/** The commands that install a peer, word by word. */
export function installation(root: string, name: string, peer: Peer): readonly string[][] {
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet'];
  return [
    [PYTHON, '-m', 'venv', folderOf(root, name)],
    [interpreterOf(root, name), ...install, ...peer.packages],
  ];
}

/** A peer that can be asked, or why it cannot. */
export type Found =
  | { readonly name: string; readonly command: readonly string[] }
  | { readonly name: string; readonly reason: string };

/** Every peer, as it is installed beside the project in `root`. */
export const peersIn = (root: string): readonly Found[] =>
  Object.entries(PEERS).map(([name, peer]) => {
    const reason = lacking(root, name, peer);
    if (reason !== undefined) return { name, reason };
    return { name, command: [interpreterOf(root, name), adapterOf(peer)] };
  });

function lacking(root: string, name: string, peer: Peer): string | undefined {
  if (!isInstalled(root, name)) {
    const there = stampIn(root, name);
    const how = `install it with: npm run peers -- ${name}`;
    if (there === undefined) return `${name} is not installed; ${how}`;
    return `${name} is installed as ${listed(there)} but should be ${listed(stampFor(peer))}; ${how}`;
  }
  if (peer.needs !== undefined && !isOnPath(peer.needs))
    return `${name} needs ${peer.needs}, which is not on the path`;
  return undefined;
}

/** Whether all its packages are there, at their versions. */
export const isInstalled = (root: string, name: string): boolean =>
  stampIn(root, name) === stampFor(PEERS[name]!);

function stampIn(root: string, name: string): string | undefined {
  const stamp = stampOf(root, name);
  if (!existsSync(interpreterOf(root, name)) || !existsSync(stamp)) return undefined;
  return readFileSync(stamp, 'utf8');
}

const listed = (stamp: string): string => stamp.trim().split('\n').join(', ');

const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, isWindows ? `${program}.exe` : program)));
