/** # Simpler cases: legal, with an end, down to the one or two numbers that matter */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extended, floats } from '../../properties/floats.ts';
import { type Case, cases, rangeOf, type Sizes } from '../../properties/inputs.ts';
import { shrinking, simplerCases } from '../../properties/simplify.ts';
import { isDouble, words } from '../../spec/axes.ts';
import * as spec from '../../spec/index.ts';
import { formsOf } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { type Complexity, complexity, isLess } from './complexity.ts';

const ops = Object.values(spec) as readonly Op[];
const sizes: Sizes = { elements: 20, axis: 4 };

/**
 * Options first, then sizes, then elements: a step makes one of them simpler and leaves those before
 * it as they are, so that there is no endless chain of steps.
 */
function stepBetween(op: Op, before: Case, after: Case): string | undefined {
  const [a, b] = [options(op, before), options(op, after)];
  if (isSimplerSomewhere(a, b)) return 'options';
  if (String(a) !== String(b)) return undefined;
  const [m, n] = [sizesOf(before), sizesOf(after)];
  if (isLess(n, m)) return 'sizes';
  if (String(m) !== String(n)) return undefined;
  return isSimplerSomewhere(elements(before), elements(after)) ? 'elements' : undefined;
}
const options = (op: Op, { tensors, settings }: Case): readonly Complexity[] => [
  ...Object.keys(op.inputs).map((name) => [tensors[name] ? 1 : 0]),
  ...Object.entries(op.params).map(([name, param]) => {
    const set = settings[name]!;
    if (set === param.default) return [0, 0, 0, 0];
    return [1, ...(typeof set === 'number' ? complexity(set) : [])];
  }),
];
const elements = ({ tensors }: Case): readonly Complexity[] =>
  Object.values(tensors).flatMap((t) => (t ? Array.from(t.data, complexity) : []));
/** Numbers, and the axes that they lie along. */
const sizesOf = (c: Case): Complexity => [
  elements(c).length,
  Object.values(c.tensors).reduce((n, t) => n + (t?.shape.length ?? 0), 0),
];

/** One is less, and the others are the same. */
function isSimplerSomewhere(before: readonly Complexity[], after: readonly Complexity[]): boolean {
  const changed = before.flatMap((x, i) => (String(x) === String(after[i]) ? [] : [i]));
  return changed.length === 1 && isLess(after[changed[0]!]!, before[changed[0]!]!);
}

/** How many numbers an input has at least: two where an axis is made of two halves. */
const leastOf = (op: Op, name: string): number =>
  formsOf(op.inputs[name]!).some(({ axes }) => words(axes).some(isDouble)) ? 2 : 1;

describe.each(ops.map((op) => [op.id, op] as const))('%s', (_, op) => {
  test('simpler cases are legal, and simpler by a measure that has an end', () => {
    for (const c of fc.sample(cases(op, extended(), sizes), { seed, numRuns: 15 })) {
      let count = 0;
      for (const simpler of simplerCases(op, c)) {
        if (++count > 80) break;
        lift(op, simpler.tensors, simpler.settings);
        expect(stepBetween(op, c, simpler)).toBeDefined();
      }
      expect(count).toBeGreaterThan(0);
    }
  });

  test.each([
    ['first', () => 0],
    ['any', (n: number, at: number) => (at * 7919) % n],
  ])('taking the %s simpler case leads to the simplest of all', (_, choose) => {
    for (let c of fc.sample(cases(op, floats(), { elements: 6, axis: 2 }), { seed, numRuns: 3 })) {
      for (let step = 0; ; step++) {
        const simpler = [...simplerCases(op, c)];
        if (simpler.length === 0) break;
        c = simpler[choose(simpler.length, step)]!;
      }
      for (const [name, param] of Object.entries(op.params))
        expect(c.settings[name]).toBe(param.default);
      for (const [name, t] of Object.entries(c.tensors))
        if (t) expect(Array.from(t.data)).toEqual(new Array(leastOf(op, name)).fill(0));
    }
  });
});

const firstOf = (op: Op): string => Object.keys(op.inputs)[0]!;

/** The smallest case that fails, and how many numbers it has. */
function shrunk(op: Op, fails: (c: Case) => boolean): { smallest: Case; numbers: number } {
  const drawn = cases(op, floats(), { elements: 67, axis: 4 });
  const { counterexample } = fc.check(
    fc.property(drawn, (c) => !fails(c)),
    { seed, numRuns: 2000 },
  );
  const smallest = counterexample![0]!;
  return { smallest, numbers: smallest.tensors[firstOf(op)]!.data.length };
}
const some = (c: Case, isWanted: (x: number) => boolean, name = 'input') =>
  Array.from(c.tensors[name]!.data).some(isWanted);

/** A bound on the first input that some of its values exceed, and the simplest number above it. */
function bound(op: Op): { limit: number; simplest: number } {
  const form = formsOf(op.inputs[firstOf(op)]!).find((f) => f.of === 'reals')!;
  const [, max] = rangeOf(form);
  return max > 6 ? { limit: 5.3, simplest: 6 } : { limit: 0.6, simplest: 1 };
}

describe('a fault of one element shrinks to that element', () => {
  test.each(ops.map((op) => [op.id, op] as const))('%s', (_, op) => {
    const { limit, simplest } = bound(op);
    const name = firstOf(op);
    const { smallest, numbers } = shrunk(op, (c) => some(c, (x) => x > limit, name));
    expect(numbers).toBe(leastOf(op, name));
    const others = new Array(numbers - 1).fill(0);
    expect(Array.from(smallest.tensors[name]!.data).sort()).toEqual([...others, simplest]);
    for (const [name, param] of Object.entries(op.params))
      expect(smallest.settings[name]).toBe(param.default);
  });

  test('one of two: a pair in one row', () => {
    const { smallest, numbers } = shrunk(spec.logSoftmax, (c) => {
      const { shape } = c.tensors.input!;
      return shape.at(-1)! > 1 && some(c, (x) => x < -16.5);
    });
    expect(numbers).toBe(2);
    expect(Array.from(smallest.tensors.input!.data).sort()).toEqual([-17, 0]);
    expect(smallest.settings.dim).toBe(-1);
  });

  test('an option that matters stays, the others go', () => {
    const { smallest } = shrunk(spec.crossEntropy, (c) => c.settings.labelSmoothing !== 0);
    expect(smallest.settings).toEqual({
      reduction: 'mean',
      ignoreIndex: -100,
      labelSmoothing: 1,
    });
    expect(smallest.tensors.weight).toBeUndefined();
  });

  test('an optional input that matters stays', () => {
    const op = spec.binaryCrossEntropyWithLogits;
    const { smallest } = shrunk(op, (c) => (c.tensors.posWeight?.data[0] ?? 0) > 1.5);
    expect(smallest.tensors.weight).toBeUndefined();
    expect(smallest.tensors.posWeight!.data.length).toBe(1);
  });

  test('an element keeps its partner in the other half', () => {
    const { smallest, numbers } = shrunk(spec.glu, (c) => {
      const { shape } = c.tensors.input!;
      const data = Array.from(c.tensors.input!.data);
      const half = shape.at(-1)! / 2;
      return (
        c.settings.dim === -1 &&
        data.some((a, i) => i % (2 * half) < half && a > 5.3 && data[i + half]! > 5.3)
      );
    });
    expect(numbers).toBe(2);
    expect(Array.from(smallest.tensors.input!.data)).toEqual([6, 6]);
  });

  test('what ends a list of labels stays, and lengths follow their axis', () => {
    const lists: Case = {
      tensors: { input: tensor([3], [0, 0, 9]), target: tensor([3], [2, -1, -1], 'i64') },
      settings: { reduction: 'none' },
    };
    const targets = [...simplerCases(spec.multilabelMarginLoss, lists)].map(
      ({ tensors }) => tensors,
    );
    expect(targets).toContainEqual({
      input: tensor([2], [0, 9]),
      target: tensor([2], [-1, -1], 'i64'),
    });
    const sequence: Case = {
      tensors: {
        input: tensor([3, 2], [0, 0, 0, 0, 0, 0]),
        target: tensor([2], [1, 1], 'i64'),
        inputLengths: tensor([], [3], 'i64'),
        targetLengths: tensor([], [2], 'i64'),
      },
      settings: { blank: 0, zeroInfinity: false, reduction: 'none' },
    };
    const lengths = [...simplerCases(spec.ctcLoss, sequence)].map(({ tensors }) => [
      [tensors.input!.shape[0], tensors.inputLengths!.data[0]],
      [tensors.target!.shape[0], tensors.targetLengths!.data[0]],
    ]);
    // The first of three steps, the last two, and the first of two labels.
    expect(lengths).toContainEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(lengths).toContainEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(lengths).toContainEqual([
      [3, 3],
      [1, 1],
    ]);
  });

  test('labels follow the classes that are left', () => {
    const start: Case = {
      tensors: { input: tensor([2, 3], [0, 0, 7, 0, 9, 0]), target: tensor([2], [2, 1], 'i64') },
      settings: { reduction: 'none', ignoreIndex: -100 },
    };
    const fails = ({ tensors: { input, target } }: Case) => {
      const classes = input!.shape.at(-1)!;
      const at = (i: number) => input!.data[i * classes + target!.data[i]!];
      return Array.from(target!.data).some((_, i) => at(i) === 9);
    };
    const { counterexample } = fc.check(
      fc.property(shrinking(spec.nllLoss, fc.constant(start)), (c) => !fails(c)),
      { seed, numRuns: 1 },
    );
    expect(counterexample![0]!.tensors.input!.data).toEqual([9]);
    expect(counterexample![0]!.tensors.target!.data).toEqual([0]);
  });
});
