/** # From a declaration to cases: whatever is drawn is legal, and every option is drawn */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Draw, dyadic, exactData, extended, floats } from '../../properties/floats.ts';
import { type Case, cases, pointsOf, rangeOf, type Sizes, small } from '../../properties/inputs.ts';
import { bfloat16, float16, float32, float64, roundNumber, toBits } from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import { formsOf, isOptional } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { isInteger } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

const ops = Object.values(spec) as readonly Op[];
const draws: { readonly [name: string]: Draw } = {
  floats: floats(),
  'floats of float16': floats(float16),
  'floats of bfloat16': floats(bfloat16),
  'floats of float64': floats(float64),
  extended: extended(),
  dyadic: dyadic(3),
  'exact data': exactData,
};
/** Parameters are float64 and not of the format of the inputs: half of a range may have no float16. */
const parametersFor = (name: string, draw: Draw): Draw =>
  name.startsWith('floats') ? floats() : draw;
const large: Sizes = { elements: 67, axis: 5 };
const powers: Sizes = { elements: 16, axis: 4, lengths: [1, 2, 4] };

const refusal = (op: Op, { tensors, settings }: Case): string | undefined => {
  try {
    lift(op, tensors, settings);
    return undefined;
  } catch (problem) {
    return String(problem);
  }
};

describe.each(ops.map((op) => [op.id, op] as const))('%s', (_, op) => {
  test.each(Object.entries(draws))('every case of %s is legal', (name, draw) => {
    for (const sizes of [small, large, powers])
      for (const c of fc.sample(cases(op, draw, sizes, parametersFor(name, draw)), {
        seed,
        numRuns: 40,
      }))
        expect(refusal(op, c)).toBeUndefined();
  });

  const all = fc.sample(cases(op, floats(), small), { seed, numRuns: 500 });

  test('every parameter is complete, and both at its default and elsewhere', () => {
    for (const { settings } of all) expect(Object.keys(settings)).toEqual(Object.keys(op.params));
    for (const [name, param] of Object.entries(op.params)) {
      const values = new Set(all.map((c) => c.settings[name]));
      expect(values).toContain(param.default);
      expect(values.size).toBeGreaterThan(1);
      if (param.kind === 'choice') expect(values).toEqual(new Set(param.values));
    }
  });

  test('every optional input is given and left out, every form is drawn', () => {
    for (const [name, input] of Object.entries(op.inputs)) {
      const given = all.map((c) => c.tensors[name]);
      expect(given.some((t) => t !== undefined)).toBe(true);
      expect(given.some((t) => t === undefined)).toBe(isOptional(input));
      const forms = new Set(given.flatMap((t) => (t ? [isInteger(t.dtype)] : [])));
      expect(forms.size).toBe(formsOf(input).length);
    }
  });

  test('axes: as few and as many as the declaration has, of length 1 and longer', () => {
    const shapes = all.map((c) => Object.values(c.tensors)[0]!.shape);
    const ranks = new Set(shapes.map((shape) => shape.length));
    const words = formsOf(Object.values(op.inputs)[0]!)[0]!.axes.split(' ');
    if (op.kind === 'elementwise') expect(ranks).toEqual(new Set([1]));
    else {
      const fixed = words.filter((word) => word !== '*' && word !== 'N?').length;
      const most = fixed + (words.includes('N?') ? 1 : 0) + (words.includes('*') ? 2 : 0);
      expect([...ranks].sort()).toEqual(
        Array.from({ length: most - fixed + 1 }, (_, i) => fixed + i),
      );
    }
    const lengths = new Set(shapes.flat());
    expect(lengths).toContain(1);
    expect(lengths.size).toBeGreaterThan(1);
  });

  test('numbers are of their format, in the range that is stated', () => {
    for (const { tensors } of all)
      for (const [name, t] of Object.entries(tensors)) {
        if (!t || isInteger(t.dtype)) continue;
        const form = formsOf(op.inputs[name]!).find((f) => f.of === 'reals');
        const [min, max] = form?.of === 'reals' ? rangeOf(form) : [-Infinity, Infinity];
        const outside = Array.from(t.data).filter(
          (x) => roundNumber(x, float32) !== x || !(x >= min && x <= max),
        );
        expect(outside).toEqual([]);
      }
  });
});

test('elements are drawn at kinks and at points that depend on parameters', () => {
  for (const op of ops.filter((o) => o.kind === 'elementwise')) {
    const all = fc.sample(cases(op, floats(), large), { seed, numRuns: 300 });
    const kinks = op.kinks(settle(op) as never).length + Object.keys(op.params).length;
    const hits = all.filter(({ tensors, settings }) => {
      const at = pointsOf(op, settings).map((x) => roundNumber(x, float32));
      return Array.from(tensors.input!.data).some((x) => at.includes(x));
    });
    if (kinks > 0) expect(hits.length).toBeGreaterThan(10);
  }
});

test('ignored samples and classes of every index', () => {
  const all = fc.sample(cases(spec.nllLoss, floats(), small), { seed, numRuns: 300 });
  const labels = all.flatMap(({ tensors, settings }) =>
    Array.from(tensors.target!.data, (y) => (y === settings.ignoreIndex ? 'ignored' : y)),
  );
  expect(new Set(labels)).toEqual(new Set(['ignored', 0, 1, 2]));
});

/** Every kind of operator and of input. Not all there are: a new one changes no case of another. */
const SOME: readonly Op[] = [
  ...[spec.relu, spec.softplus, spec.gelu, spec.linear, spec.logSoftmax, spec.glu],
  ...[spec.binaryCrossEntropyWithLogits, spec.crossEntropy, spec.klDiv, spec.nllLoss],
];

test('the same seed, the same cases: on every engine', () => {
  const text = SOME.flatMap((op) =>
    fc
      .sample(cases(op, floats(), small), { seed: 20260101, numRuns: 20 })
      .map((c) =>
        JSON.stringify([
          op.id,
          Object.entries(c.settings).map(([name, x]) => [name, spelt(x)]),
          Object.entries(c.tensors).map(([name, t]) => [
            name,
            t && [t.dtype, t.shape, Array.from(t.data, spelt)],
          ]),
        ]),
      ),
  );
  // FNV-1a over the characters, in whole numbers.
  let hash = 0xcbf29ce484222325n;
  for (const letter of text.join('\n'))
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0)!)) * 0x100000001b3n);
  expect(hash.toString(16)).toBe('72689baaa4b405c');
});
const spelt = (x: number | string | boolean): string | boolean =>
  typeof x === 'number' ? toBits(x, float64).toString(16) : x;
