/** # Cases that follow from a definition are legal, and leave nothing out */
import { describe, expect, test } from 'vitest';
import { operators } from '../conformance/operators.ts';
import { toTensor } from '../properties/payload.ts';
import { reals } from '../spec/input.ts';
import { lift } from '../spec/lift.ts';
import { elementwise, type Op, rowwise } from '../spec/op.ts';
import { axis, choice, flag, number } from '../spec/param.ts';
import type { Case } from './case.ts';
import { derived } from './cases/index.ts';
import { settingsOf } from './cases/settings.ts';
import { drawFrom } from './draw.ts';

const tensorsOf = ({ in: given }: Case) =>
  Object.fromEntries(Object.entries(given).map(([name, p]) => [name, toTensor(p)]));

const nothing = { clauses: {}, dialects: {}, sources: [] };

/** The first half of a row times the second. */
const gate = rowwise({
  ...nothing,
  id: 'gate',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* 2H'), by: reals('H', { absent: 1 }) },
  over: '*',
  output: '* H',
  f: ({ input: x, by }) => by.map((b, i) => b.times(x[i]!).times(x[i + by.length]!)),
  addends: () => [],
  derivative: {},
});

test.each([...operators.values()].map((op) => [op.id, op] as const))(
  '%s takes all of them',
  (_, op) => {
    const all = derived(op)(drawFrom(2));
    expect(all.length).toBeGreaterThanOrEqual(20);
    for (const of of all) lift(op, tensorsOf(of), of.params);
    const left = Object.keys(op.inputs).filter((name) => !all.some((of) => of.in[name]));
    expect(left).toEqual([]);
  },
);

describe('a row', () => {
  const all = derived(gate as Op)(drawFrom(1));
  test('lies along every axis, from the front and from the back', () => {
    const axes = all.map(({ params, in: { input } }) => `${input!.shape.length}, ${params.dim}`);
    expect(new Set(axes).size).toBe(2 + 4 + 6 + 8);
    for (const { in: given, params } of all)
      expect(given.input!.shape.at(Number(params.dim))! % 2).toBe(0);
  });
  test('comes with optional inputs and without', () => {
    expect(new Set(all.map(({ in: given }) => 'by' in given))).toEqual(new Set([true, false]));
  });
});

describe('parameters', () => {
  const clamp = elementwise({
    ...nothing,
    id: 'clamp',
    params: {
      low: number({ default: -1, draw: [-4, 4] }),
      high: number({ default: 1, draw: [-4, 4] }),
      way: choice('one', 'two', 'three'),
      isSoft: flag(),
    },
    refuse({ low, high }) {
      if (!(low <= high)) throw new RangeError('clamp: low = … should be at most high');
    },
    f: (x) => x,
    df: (x) => x,
    edges: () => ({ negInf: 0, negZero: 0, posZero: 0, posInf: 0, nan: NaN }),
    slopes: () => ({ negInf: 0, posInf: 0 }),
  });
  const all = settingsOf(drawFrom(1), clamp as Op);
  test('are the defaults, every choice, and combinations that are legal', () => {
    expect(all[0]).toEqual({ low: -1, high: 1, way: 'one', isSoft: false });
    expect(all.slice(1, 4).map(({ way, isSoft }) => [way, isSoft])).toEqual([
      ['two', false],
      ['three', false],
      ['one', true],
    ]);
    expect(all.length).toBe(8);
    for (const { low, high } of all) expect(Number(low)).toBeLessThanOrEqual(Number(high));
    expect(new Set(all.map(({ low }) => low)).size).toBeGreaterThan(2);
  });
  test('are refused where no combination is legal', () => {
    const never = {
      ...clamp,
      refuse: () => {
        throw new RangeError('never');
      },
    };
    expect(() => settingsOf(drawFrom(1), never as Op)).toThrow('no combination');
  });
});
