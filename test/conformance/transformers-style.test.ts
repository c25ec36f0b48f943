/** # Plain JavaScript conforms where double precision is enough, and fails where digits cancel */
import { expect, test } from 'vitest';
import { transformersStyle } from '../../conformance/adapters/transformers-style.ts';
import type { Payload } from '../../properties/candidate.ts';
import { checked } from './judge.ts';
import { touchstone } from './terminal.ts';

test('softmax, sigmoid and tanh conform; log-softmax and gelu lose their tails', async () => {
  const { code, out, err } = await checked(transformersStyle);
  expect([code, err]).toEqual([1, '']);
  for (const op of ['sigmoid', 'softmax', 'tanh'])
    expect(out).toMatch(new RegExp(`PASS  ${op} +S `));
  for (const op of ['gelu', 'log-softmax']) expect(out).toContain(`FAIL ${op}/value/zero`);
  expect(out).toContain('FAIL relu/edges/sign'); // Math.max(0, -0) is 0
  expect(out).not.toMatch(/FAIL \S+\/(errors|parameters|reduction|batch|deterministic)\//);
});

test('it goes by its name', async () => {
  const { code, out } = await touchstone(
    'check transformers-style --op tanh --profile smoke'.split(' '),
  );
  expect(code).toBe(0);
  expect(out).toContain('transformers-style 1 (JavaScript)');
});

test('rows along any axis', async () => {
  const input: Payload = {
    dtype: 'f32',
    shape: [2, 2],
    data: Float32Array.of(0, Math.log(3), 0, Math.log(3)),
  };
  const asked = { op: 'softmax', in: { input }, want: ['out'] } as const;
  const out = async (dim: number) =>
    Array.from(
      (await transformersStyle.run({ ...asked, params: { dim } })).out!.data as Float32Array,
    );
  expect(await out(0)).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(await out(1)).toEqual([0.25, 0.75, 0.25, 0.75]);
  expect(await out(-1)).toEqual([0.25, 0.75, 0.25, 0.75]);
  const { error } = await transformersStyle.run({ ...asked, params: { dim: 2 } });
  expect(error?.kind).toBe('invalid_input');
});
