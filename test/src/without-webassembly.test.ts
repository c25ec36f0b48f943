/** Where there is no WebAssembly JavaScript answers, with the same bits. */
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void vi.unstubAllGlobals());

const x = Float32Array.from({ length: 1000 }, (_, i) => (i - 500) / 16);
async function answers(): Promise<readonly Float32Array[]> {
  vi.resetModules();
  const { sigmoid, silu, tanh } = await import('../../src/index.ts');
  return [sigmoid, silu, tanh].flatMap((f) => [f(x), f.gradient(x)]);
}

test('all bits are the same', async () => {
  const due = await answers();
  vi.stubGlobal('WebAssembly', undefined);
  expect(await answers()).toEqual(due);
});
