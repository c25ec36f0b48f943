/** # TensorFlow.js is asked as its users ask it, and what it cannot be asked is skipped */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { INSTALL, tfjs, tfjsWasm } from '../../conformance/adapters/tfjs.ts';
import { operators } from '../../conformance/operators.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import { complete } from '../../conformance/wire/session.ts';
import type { Payload, Reply } from '../../properties/candidate.ts';
import { touchstone } from './terminal.ts';

const PACKAGES = ['core', 'layers', 'backend-cpu', 'backend-wasm'].map(
  (name) => `@tensorflow/tfjs-${name}`,
);
const missing = PACKAGES.filter((name) => {
  try {
    return !createRequire(import.meta.url).resolve(name);
  } catch {
    return true;
  }
});
if (missing.length > 0) console.warn(`TF.js was NOT RUN: there is no ${missing.join(', ')}`);

const f32 = (shape: readonly number[], values: readonly (number | string)[]) => ({
  dtype: 'f32',
  shape,
  values,
});
const run = async (message: object): Promise<Reply> => tfjs.run(complete(decodeRequest(message)));
const numbers = (payload: Payload | undefined) => Array.from(payload!.data as Float32Array);

describe('TF.js', () => {
  beforeEach(({ skip }) => {
    if (missing.length > 0) skip(`not run: there is no ${missing.join(', ')}`);
  });

  test('offers every operator that has a name in its dialect, or says why not', async () => {
    const { ops, unsupported, impl } = await tfjs.hello();
    const due = [...operators.values()].filter((op) => op.dialects.tfjs).map(({ id }) => id);
    expect([...Object.keys(ops), ...Object.keys(unsupported!)].sort()).toEqual(due.sort());
    expect(
      PACKAGES.map((name) => `${name}@${impl.version}`).filter((p) => !INSTALL.includes(p)),
    ).toEqual([]);
    for (const [id, { grad }] of Object.entries(ops))
      for (const input of grad) expect(Object.keys(operators.get(id)!.inputs)).toContain(input);
  });

  test.each([
    ['tfjs', 'softmax', 0],
    ['tfjs', 'relu', 0],
    ['tfjs', 'elu', 1],
    ['tfjs-wasm', 'softmax', 0],
    ['tfjs-wasm', 'sigmoid', 1],
  ] as const)('%s on %s: exit code %i', async (name, op, due) => {
    const { code, out, err } = await touchstone(['check', name, '--op', op, '--profile', 'smoke']);
    expect([code, err]).toEqual([due, '']);
    expect(out).toContain(`${name} 4.22.0`);
    if (op === 'elu') expect(out).toContain('FAIL elu/value/zero  0 where the result is not 0');
  });

  test('both backends, by turns, each answer with their own', async () => {
    const request = complete(
      decodeRequest({ op: 'sigmoid', in: { input: f32([1], [-100]) }, want: ['out'] }),
    );
    const due = numbers((await tfjs.run(request)).out);
    expect(due).toEqual([3.783505853677006e-44]);
    expect(numbers((await tfjsWasm.run(request)).out)).toEqual([0]);
    expect(numbers((await tfjs.run(request)).out)).toEqual(due);
  });

  test('a mean with weights divides by their sum', async () => {
    const [input, target] = [f32([2], [1, 3]), f32([2], [0, 0])];
    const { out, ...gradients } = await run({
      op: 'mse-loss',
      in: { input, target, weight: f32([2], [1, 3]) },
      want: ['out', 'grad:input', 'grad:target'],
    });
    expect(numbers(out)).toEqual([7]);
    expect(numbers(gradients['grad:input'])).toEqual([0.5, 4.5]);
    expect(numbers(gradients['grad:target'])).toEqual([-0.5, -4.5]);
  });

  test('a cotangent is multiplied with', async () => {
    const { 'grad:input': slope } = await run({
      op: 'relu',
      in: { input: f32([3], [-1, 1, 2]) },
      want: ['grad:input'],
      grad_out: f32([3], [5, 6, 7]),
    });
    expect(numbers(slope)).toEqual([0, 6, 7]);
  });

  test('slopes of the weights of channels', async () => {
    const { out, 'grad:weight': slope } = await run({
      op: 'prelu',
      in: { input: f32([1, 2, 2], [-1, -2, -4, 8]), weight: f32([2], [2, 3]) },
      want: ['out', 'grad:weight'],
    });
    expect(numbers(out)).toEqual([-2, -4, -12, 8]);
    expect(numbers(slope)).toEqual([-3, -4]);
    expect(slope!.shape).toEqual([2]);
  });

  const x = f32([1, 2], [1, 2]);
  const classes = { dtype: 'i64', shape: [1], values: [0] };
  test.each([
    [{ op: 'softplus', params: { beta: 2 }, in: { input: x } }, 'TF.js has beta = 1 only'],
    [{ op: 'softmax', params: { dim: 0 }, in: { input: x } }, 'along the last axis only'],
    [{ op: 'cross-entropy', in: { input: x, target: classes } }, 'distributions only'],
    [
      { op: 'binary-cross-entropy-with-logits', in: { input: x, target: x, weight: x } },
      'no mean over all that is weighted',
    ],
  ])('%o is skipped', async (message, reason) => {
    expect((await run(message)).skip?.reason).toContain(reason);
  });

  test.each([
    [{ op: 'relu', params: { slope: 1 }, in: { input: x } }, 'there is no parameter slope'],
    [{ op: 'relu', in: { input: classes } }, 'input is i64 but should be f32'],
    [{ op: 'softmax', params: { dim: 2 }, in: { input: x } }, 'dim is 2 but should be in [-2, 1]'],
    [{ op: 'mse-loss', params: { reduction: 'all' }, in: { input: x, target: x } }, 'is all'],
    [
      { op: 'mse-loss', params: { reduction: 'sum' }, in: { input: x, target: f32([1], [1]) } },
      'meanSquaredError',
    ],
  ])('%o is refused', async (message, says) => {
    const { error } = await tfjs.run(decodeRequest({ params: {}, ...message }));
    expect(error).toMatchObject({ kind: 'invalid_input' });
    expect(error!.message).toContain(says);
  });

  test('what it has not is unsupported', async () => {
    for (const message of [
      { op: 'constructor', in: { input: x } },
      { op: 'relu', in: { input: x }, want: ['grad:weight'] },
      { op: 'thresholded-relu', in: { input: x }, want: ['grad:input'] },
    ])
      expect((await tfjs.run(decodeRequest(message))).error?.kind).toBe('unsupported');
  });
});

describe('a copy of the adapter', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is a module that stands alone; without packages it says how to get them', async () => {
    const compiled = new URL('../../dist/conformance/adapters/tfjs.js', import.meta.url);
    const copy = join(folder, 'tfjs.mjs');
    await copyFile(compiled, copy);
    expect(await readFile(copy, 'utf8')).not.toMatch(/from '\.|import\('\./);
    const cli = fileURLToPath(new URL('../cli.js', compiled));
    const { status, stderr } = spawnSync(process.execPath, [cli, 'check', copy], {
      encoding: 'utf8',
    });
    expect(status).toBe(3);
    expect(stderr).toContain(`install it with: ${INSTALL}`);
  });
});
