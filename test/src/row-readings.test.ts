/** All readings of a row kernel give the same bits, for rows of every length and kind. */

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { generatedModule } from '../../src/generate.ts';
import { crossEntropy, softmax, softplus } from '../../src/index.ts';
import { compile } from '../../src/kernel/compile.ts';
import { input } from '../../src/kernel/expression.ts';
import { generated } from '../../src/kernel/generated.ts';
import { force, readings } from '../../src/kernel/reading.ts';
import { rowSource } from '../../src/kernel/rows/javascript.ts';
import { argumentsOf, type RowKernel, sum } from '../../src/kernel/rows/language.ts';
import { machineOf, type Room } from '../../src/kernel/rows/machine.ts';
import { rowKernels } from '../../src/kernels.ts';
import { random } from './patterns.ts';

const ROWS = 3;
const CANARY = -(2 ** 99);

/** Fills what a kernel reads with the same numbers in each reading. */
function fill(kernel: RowKernel, room: Room, length: number, spread: number): void {
  const next = random(length + spread);
  const results = Object.keys(kernel.results);
  for (const [name, array] of Object.entries(room.floats)) {
    const number = () => (next() - 0.5) * spread;
    const draw =
      name === 'x' ? number : name === 't' || name === 'q' || name === 'w' ? next : number;
    if (results.includes(name)) array.fill(CANARY);
    else for (let i = 0; i < array.length; i++) array[i] = draw();
  }
  for (const { name } of kernel.scalars ?? [])
    room.doubles[name]!.forEach((_, r, a) => {
      a[r] = next();
    });
  for (const { name } of kernel.indices ?? [])
    room.integers[name]!.forEach((_, r, a) => {
      a[r] = Math.floor(next() * length);
    });
}

/** All that a kernel has written, NaN being NaN. */
function written(kernel: RowKernel, room: Room): readonly (readonly [string, readonly number[]])[] {
  const given = new Set(
    [
      ...kernel.inputs,
      ...(kernel.columns ?? []),
      ...(kernel.scalars ?? []),
      ...(kernel.indices ?? []),
    ].map((e) => e.name),
  );
  return argumentsOf(kernel)
    .filter(({ name }) => !given.has(name) && !name.startsWith('kept'))
    .map(({ name }) => [name, [...(room.floats[name] ?? room.doubles[name]!)]]);
}

const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100, 1003];
const spreads = [0, 2 ** -30, 0.1, 1, 10, 100, 1000, 2 ** 100];

describe.each(rowKernels.map((kernel) => ({ kernel })))('$kernel.name', ({ kernel }) => {
  const machines = readings.slice(1).map((reading) => machineOf(kernel, reading)!);
  test('SIMD, JavaScript and what was generated give the same bits', () => {
    for (const length of lengths) {
      for (const spread of spreads) {
        const answers = machines.map((machine) => {
          const room = machine(ROWS, length);
          fill(kernel, room, length, spread);
          room.run(ROWS);
          return written(kernel, room);
        });
        expect(answers[1]).toEqual(answers[0]);
        expect(answers[2]).toEqual(answers[0]);
        expect(answers[0]!.flatMap(([, list]) => list)).not.toContain(CANARY);
      }
    }
  });
  test('special elements are seen, or answered alike', () => {
    for (const odd of [NaN, Infinity, -Infinity]) {
      const answers = machines.map((machine) => {
        const room = machine(ROWS, 9);
        fill(kernel, room, 9, 3);
        for (const r of [0, 1, 2]) room.floats.x![r * 9 + r * 4] = odd;
        room.run(ROWS);
        return written(kernel, room);
      });
      expect(answers[1]).toEqual(answers[0]);
      const usual = answers[0]!.find(([name]) => name === 'usual')![1];
      // What is no probability is refused before it gets here.
      const refused = kernel.name.startsWith('binary-cross-entropy, ');
      const mask = kernel.name.startsWith('softmin') ? Infinity : -Infinity;
      // Formulas that cut ±∞ off answer with more than any float32.
      const ordinary = usual.filter((y) => Math.abs(y) < 2 ** 128);
      if (odd !== mask && !refused) expect(ordinary).toEqual([]);
    }
  });
  test('fewer rows than there is room for leave the others alone', () => {
    const room = machines[0]!(ROWS, 5);
    fill(kernel, room, 5, 1);
    room.run(1);
    for (const name of Object.keys(kernel.results)) {
      expect([...room.floats[name]!.subarray(5)]).toEqual(Array(10).fill(CANARY));
    }
  });
});

test('arrays may end anywhere in a page of memory, and loops may look beyond', () => {
  const kernel = rowKernels.find(({ name }) => name === 'softmax')!;
  const machine = machineOf(kernel, 'simd')!;
  for (let length = 4; length < 20000; length += 4) machine(1, length).run(1);
  expect(machine(1, 20000).floats.x).toHaveLength(20000);
});

describe('a sum', () => {
  const x = input('x');
  const total = sum(x);
  const kernel: RowKernel = {
    ...{ name: 'sum', inputs: [x], results: {}, rowResults: { total }, usual: total },
  };
  const sumOf = (data: Float32Array): number => {
    const room = machineOf(kernel, 'simd')!(1, data.length);
    room.floats.x!.set(data);
    room.run(1);
    return room.doubles.total![0]!;
  };
  /** In units of 2⁻¹⁴⁹, of which every float32 is a whole number. */
  const exactly = (data: Float32Array): number =>
    Number([...data].reduce((a, v) => a + BigInt(v * 2 ** 60), 0n)) / 2 ** 60;
  test('has four lanes', () => {
    const lost = 2 ** 60;
    expect(sumOf(Float32Array.of(lost, 1, -lost, 0, 1, 0, 0, 0))).toBe(1);
    expect(sumOf(Float32Array.of(lost, 0, 1, 0, -lost, 0, 0, 0))).toBe(1);
  });
  test('of n numbers of one sign errs at most (n/4 + 4)·2⁻⁵³', () => {
    const next = random(11);
    for (const n of [10, 1000, 100_000]) {
      // Multiples of 2⁻⁶⁰ below 2.
      const data = Float32Array.from({ length: n }, () => 2 ** (-36 * next()));
      const error = Math.abs(sumOf(data) / exactly(data) - 1);
      expect(error).toBeLessThanOrEqual((n / 4 + 4) * 2 ** -53);
    }
  });
});

describe('where text must not be compiled', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    force(undefined);
  });
  test('what was generated is up to date', () => {
    const file = new URL('../../src/kernel/generated.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(generatedModule());
  });
  test('it is what runs', () => {
    vi.stubGlobal('Function', () => {
      throw new EvalError('unsafe-eval');
    });
    const source = rowSource(rowKernels[0]!);
    expect(compile(source)).toBeTypeOf('function');
    expect(compile(source, 'compiled')).toBeUndefined();
    expect(compile('return () => 1;')).toBeUndefined();
    expect(Object.keys(generated).length).toBeGreaterThan(20);
  });
  test('operators give the same, also with parameters that no text was written for', () => {
    const data = Float32Array.from({ length: 40 }, (_, i) => Math.fround((i % 7) - i / 3));
    const tensor = { data, shape: [5, 8] };
    const target = { data: [1, 2, 3, 4, 5], shape: [5] };
    const answers = () => [
      softmax({ input: tensor }),
      crossEntropy.valueAndGradient({ input: tensor, target }, { labelSmoothing: 0.1 }),
      softplus({ input: tensor }, { beta: 0.7 }),
    ];
    const due = answers();
    vi.stubGlobal('WebAssembly', undefined);
    vi.stubGlobal('Function', () => {
      throw new EvalError('unsafe-eval');
    });
    force('generated');
    expect(answers()).toEqual(due);
  });
});
