/** Loops that compute stages of a formula ahead give the bits of those that do not. */
import { describe, expect, test } from 'vitest';
import { softplusKernels } from '../../src/activations/softplus.ts';
import type { Expression } from '../../src/kernel/expression.ts';
import { kernelOf } from '../../src/kernel/kernel.ts';
import { readings } from '../../src/kernel/reading.ts';
import { productAs, readAs } from '../../src/kernel/rounded.ts';
import { stagesOf } from '../../src/kernel/stages.ts';

/** x/3 + 1/7 + … through so many stages, or the same without any. */
const chain = (stages: number, ahead: boolean) =>
  kernelOf('chain', (x) => {
    let y: Expression = x.div(3);
    for (let i = 0; i < stages; i++) y = (ahead ? y.ahead() : y).plus(1 / 7).div(i + 3);
    return y.plus(x);
  });

const draw = (n: number, factor: number) =>
  Float32Array.from({ length: n }, (_, i) => ((i * factor) % 1) - 0.4);
const LENGTHS = [1, 4, 5, 8, 9, 12, 13, 100, 4095, 4096, 4097, 8200];
const SIMD = readings.filter((reading) => reading === 'fma' || reading === 'simd');

describe.each(SIMD)('%s', (reading) => {
  test.each([1, 2, 3, 4])('%d stages', (stages) => {
    const [cut, whole] = [chain(stages, true), chain(stages, false)];
    expect(stagesOf([cut.fast])).toHaveLength(stages);
    expect(stagesOf([whole.fast])).toHaveLength(0);
    const [values, products] = [readAs(cut, reading), productAs(cut, reading)];
    for (const n of values ? LENGTHS : []) {
      const [x, u, y] = [draw(n, 0.618), draw(n, 0.414), new Float32Array(n)];
      const plain = new Float32Array(n);
      values!(x, y);
      readAs(whole, reading)!(x, plain);
      expect(y).toEqual(plain);
      products!(x, u, y);
      productAs(whole, reading)!(x, u, plain);
      expect(y).toEqual(plain);
    }
  });
});

test('softplus has two stages', () => {
  expect(stagesOf([softplusKernels.plain.value.fast])).toHaveLength(2);
});
