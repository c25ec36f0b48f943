import { expect, test } from 'vitest';
import { encodeHex, encodeRequest } from '../conformance/wire/codec.ts';
import { toPayload } from '../properties/payload.ts';
import type { Case } from './case.ts';
import { explains, storedBaseline } from './explained.ts';

const softplus = (x: number, threshold: number): Case => ({
  op: 'softplus',
  params: { beta: 1, threshold },
  in: { input: toPayload({ dtype: 'f32', shape: [1], data: [x] }) },
});

const listed = (of: Case) => ({
  entries: [
    {
      check: 'softplus/value/tail',
      reason: 'a test',
      seen: { version: '1.30.0', cpu: 'unknown' },
      witness: encodeRequest({ ...of, want: ['out'] }, encodeHex),
    },
  ],
});

test('an entry explains its witness and nothing else', () => {
  const baseline = listed(softplus(-0, Number.POSITIVE_INFINITY));
  const { params, ...rest } = softplus(-0, Number.POSITIVE_INFINITY);
  const turned = { ...rest, params: { threshold: Number.POSITIVE_INFINITY, beta: 1 } };
  expect(params).toEqual(turned.params);
  expect(explains(baseline, turned)).toBe(true);
  expect(explains(baseline, softplus(0, Number.POSITIVE_INFINITY))).toBe(false);
  expect(explains(baseline, softplus(-0, 20))).toBe(false);
  expect(explains({ entries: [] }, turned)).toBe(false);
});

test('the stored baseline can be read', async () => {
  const { entries } = await storedBaseline();
  for (const { witness } of entries) expect(witness).toHaveProperty('op');
});
