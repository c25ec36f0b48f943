/**
 * # The adapters in Python
 *
 * What needs no Python is always tested; the rest where an interpreter is found, and what is not run
 * says so in its title.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { loadCandidate } from '../../conformance/adapters/index.ts';
import {
  adapterOf,
  installation,
  PEERS,
  PYTHON,
  peersIn,
  stampFor,
  stampOf,
} from '../../conformance/adapters/peers.ts';
import { operators } from '../../conformance/operators.ts';
import { touchstone } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'peers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const texts = Object.entries(PEERS).map(
  ([name, peer]) => [name, readFileSync(adapterOf(peer), 'utf8')] as const,
);

// What the files name ----------------------------------------------------------------------------

/** `op("name", …)`, `activation("name", …)`, `loss("name", …)`, `OPS["name"]`, and entries of tables. */
const NAMES =
  /\b(?:op|activation|loss)\(\s*"([^"]+)"|\bOPS\["([^"]+)"\]|^ {4}"([^"]+)": (?:node\(|")/gm;
const named = (text: string): readonly string[] =>
  [...text.matchAll(NAMES)].map(([, a, b, c]) => (a ?? b ?? c)!);

const strangers = (text: string): readonly string[] =>
  named(text).filter((name) => !operators.has(name));

/** Of every function under an operator's name, the arguments: inputs and parameters. */
const FUNCTIONS = /\bop\("([^"]+)"[^()]*\)(?:\(\s*lambda ([^:]*):|\s*def \w+\(([^)]*)\))/g;
function strangersAmongArguments(text: string): readonly string[] {
  return [...text.matchAll(FUNCTIONS)].flatMap(([, name, lambda, def]) => {
    const { inputs = {}, params = {} } = operators.get(name!) ?? {};
    return (lambda ?? def)!
      .split(',')
      .map((argument) => argument.split('=')[0]!.trim())
      .filter((argument) => argument !== '' && argument !== '*')
      .filter((argument) => !Object.hasOwn(inputs, argument) && !Object.hasOwn(params, argument))
      .map((argument) => `${name}: ${argument}`);
  });
}

describe.each(texts)('%s', (_, text) => {
  test('offers operators of the specification only', () => {
    expect(named(text).length).toBeGreaterThan(20);
    expect(strangers(text)).toEqual([]);
  });

  test('takes inputs and parameters of the specification only', () => {
    expect(strangersAmongArguments(text)).toEqual([]);
  });
});

test('a name that nothing has is found', () => {
  const text = 'op("sigmoidal", "input")(lambda input: 1)\n@op("elu")\ndef elu(input, *, alpa):\n';
  expect(strangers(text)).toEqual(['sigmoidal']);
  expect(strangersAmongArguments(text)).toEqual(['sigmoidal: input', 'elu: alpa']);
  expect(strangers('OPS = {\n    "relu7": node("Relu", 14),\n')).toEqual(['relu7']);
});

test('all functions are seen', () => {
  const text = texts.find(([name]) => name === 'pytorch')![1];
  expect([...text.matchAll(FUNCTIONS)].length).toBe(named(text).length);
});

// What is installed ------------------------------------------------------------------------------

/** As an installation leaves it, without the packages. */
function pretend(root: string, name: string, stamp: string): void {
  const [, [interpreter]] = installation(root, name, PEERS[name]!) as [unknown, [string]];
  mkdirSync(dirname(interpreter), { recursive: true });
  writeFileSync(interpreter, '');
  writeFileSync(stampOf(root, name), stamp);
}

describe('peers', () => {
  test('that are not installed have a reason and how to end it', () => {
    const found = peersIn(join(folder, 'nothing'));
    expect(found.map(({ name }) => name)).toEqual(Object.keys(PEERS));
    for (const { name, ...rest } of found)
      expect(rest).toEqual({
        reason: `${name} is not installed; install it with: npm run peers -- ${name}`,
      });
  });

  test('that are installed have a command', () => {
    const root = join(folder, 'whole');
    pretend(root, 'numpy', stampFor(PEERS.numpy!));
    const found = peersIn(root).find(({ name }) => name === 'numpy')!;
    expect(found).toHaveProperty('command.1', adapterOf(PEERS.numpy!));
  });

  test('that are installed in other versions are not run', () => {
    const root = join(folder, 'old');
    pretend(root, 'numpy', 'numpy==1.0\n');
    const found = peersIn(root).find(({ name }) => name === 'numpy')!;
    expect(found).toHaveProperty(
      'reason',
      expect.stringMatching(/^numpy is installed as numpy==1\.0 but should be numpy==/),
    );
  });

  test('whose installation broke off are not installed', () => {
    const root = join(folder, 'broken');
    pretend(root, 'numpy', '');
    rmSync(stampOf(root, 'numpy'));
    expect(peersIn(root).find(({ name }) => name === 'numpy')).toHaveProperty('reason');
  });

  test('check exits 3 and says how to install what it is asked to judge', async () => {
    vi.spyOn(process, 'cwd').mockReturnValue(join(folder, 'nothing'));
    try {
      const { code, err } = await touchstone(['check', 'pytorch', '--op', 'relu']);
      expect(code).toBe(3);
      expect(err).toContain('install it with: npm run peers -- pytorch');
    } finally {
      vi.restoreAllMocks();
    }
  });
});

// What they answer -------------------------------------------------------------------------------

const runs = (command: readonly string[], code: string, ...args: readonly string[]) =>
  spawnSync(command[0]!, [...command.slice(1), '-c', code, ...args], { encoding: 'utf8' });

const hasPython = runs([PYTHON], '').status === 0;
const installed = peersIn(process.cwd()).find(({ name }) => name === 'numpy')!;
const interpreter =
  'command' in installed
    ? installed.command[0]
    : hasPython && runs([PYTHON], 'import numpy').status === 0
      ? PYTHON
      : undefined;

test.skipIf(!hasPython)(`are Python${hasPython ? '' : ` (not run: ${PYTHON} is not here)`}`, () => {
  const compile = 'import sys\nfor f in sys.argv[1:]: compile(open(f, "rb").read(), f, "exec")';
  const { status, stderr } = runs([PYTHON], compile, ...Object.values(PEERS).map(adapterOf));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const broken = join(folder, 'broken.py');
  writeFileSync(broken, 'def f(:\n');
  expect(runs([PYTHON], compile, broken).status).not.toBe(0);
});

const why = interpreter ? '' : ` (not run: there is no ${PYTHON} with NumPy)`;
test.skipIf(!interpreter)(`one of them answers over the wire${why}`, async () => {
  const candidate = await loadCandidate([interpreter!, adapterOf(PEERS.numpy!)]);
  const ask = (op: string, data: readonly number[], shape: readonly number[], params = {}) => {
    const input = { dtype: 'f32', shape, data: Float32Array.from(data) } as const;
    return candidate.run({ op, params, in: { input }, want: ['out', 'grad:input'] });
  };
  try {
    const { impl, ops } = await candidate.hello();
    expect(impl.name).toBe('numpy-textbook');
    expect(ops.sigmoid).toEqual({ grad: ['input'] });
    const { out, 'grad:input': slope } = await ask('sigmoid', [0, Infinity], [2]);
    expect(out).toEqual({ dtype: 'f32', shape: [2], data: Float32Array.of(0.5, 1) });
    expect(slope?.data).toEqual(Float32Array.of(0.25, 0));
    expect((await ask('relu', [-1], [])).out).toHaveProperty('shape', []);
    expect((await ask('relu', [], [0, 3])).out).toHaveProperty('shape', [0, 3]);
    expect(await ask('relu', [1], [1], { alpha: 1 })).toHaveProperty('error.kind', 'invalid_input');
    expect(await ask('ctc-loss', [1], [1])).toHaveProperty('error.kind', 'unsupported');
    expect(await ask('gelu', [1], [1], { approximate: 'none' })).toHaveProperty('skip.reason');
  } finally {
    await candidate.close?.();
  }
});
