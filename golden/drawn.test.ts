/** # The certified reference and `src/` agree with ONNX Runtime on drawn inputs */
import { expect, test } from 'vitest';
import { offered } from '../conformance/adapters/onnxruntime.ts';
import * as answers from './answers.ts';
import { casesOf } from './cases/index.ts';
import { differences } from './compare.ts';
import { drawFrom } from './draw.ts';
import { explains, storedBaseline } from './explained.ts';
import { hasFloat64, type Precision, testify } from './witness.ts';

/** The same for everybody unless TOUCHSTONE_SEED says otherwise. */
const SEED = Number(process.env.TOUCHSTONE_SEED ?? 1);

const baseline = await storedBaseline();

test('a float64 graph speaks about every case of every operator', () => {
  const lacking = Object.entries(casesOf).filter(
    ([, make]) => !make(drawFrom(SEED)).every(hasFloat64),
  );
  expect(
    lacking.map(([op]) => op),
    'these need a composed graph in golden/graphs',
  ).toEqual([]);
});

test.each(Object.keys(casesOf))('%s agrees with ONNX Runtime', async (op) => {
  const cases = casesOf[op]!(drawFrom(SEED));
  const witnesses = await testify(cases);
  // Its float64 graph speaks about every case; its own operator about some, where it has one.
  const heard = (precision: Precision): number =>
    witnesses.filter((witness) => witness.precision === precision).length;
  expect(heard('float64')).toBe(cases.filter(hasFloat64).length);
  expect(heard('float32') > 0).toBe(offered.has(op));
  expect(witnesses.length).toBeGreaterThan(0);
  const found = await differences(witnesses, answers);
  const unexplained = found.filter(({ of }) => !explains(baseline, of));
  expect(
    unexplained.map(({ message }) => message),
    `TOUCHSTONE_SEED=${SEED}`,
  ).toEqual([]);
});
