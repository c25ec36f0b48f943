import { expect, test } from 'vitest';
import { toPayload } from '../properties/payload.ts';
import { readPayload, readSetting, writePayload, writeSetting } from './case.ts';
import { casesOf } from './cases/index.ts';
import { drawFrom } from './draw.ts';

test('bits are written with the most significant digit first, and read back', () => {
  const floats = toPayload({ dtype: 'f32', shape: [3], data: [1, -0, Number.NaN] });
  expect(writePayload(floats).hex).toBe('3f800000 80000000 7fc00000');
  const doubles = toPayload({ dtype: 'f64', shape: [1], data: [-2] });
  expect(writePayload(doubles).hex).toBe('c000000000000000');
  const classes = toPayload({ dtype: 'i64', shape: [2], data: [-100, 7] });
  expect(writePayload(classes).hex).toBe('ffffffffffffff9c 0000000000000007');
  const nothing = toPayload({ dtype: 'f32', shape: [0], data: [] });
  for (const payload of [floats, doubles, classes, nothing])
    expect(readPayload(writePayload(payload))).toEqual(payload);
});

test('a parameter may be infinite', () => {
  for (const value of [Number.POSITIVE_INFINITY, 20, 'mean', true])
    expect(readSetting(JSON.parse(JSON.stringify(writeSetting(value))))).toBe(value);
});

test('one seed means the same numbers everywhere', () => {
  const draw = drawFrom(1);
  expect([draw.unit(), draw.below(10), draw.normal(1)]).toEqual([
    0.20754390954971313, 7, -0.403614342212677,
  ]);
  for (const make of Object.values(casesOf)) {
    expect(make(drawFrom(3))).toEqual(make(drawFrom(3)));
    expect(make(drawFrom(3))).not.toEqual(make(drawFrom(4)));
  }
});

test('drawn numbers are about normal and never far out', () => {
  const draw = drawFrom(5);
  const numbers = Array.from({ length: 10_000 }, () => draw.normal(1));
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance = numbers.reduce((a, b) => a + b * b, 0) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(6);
});
