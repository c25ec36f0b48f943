import { expect, test } from 'vitest';
import { cpuFeatures, featuresIn } from '../../conformance/onnx/cpu.ts';

test('features are read from what Linux says of the first processor', () => {
  const intel =
    'processor\t: 0\nflags\t\t: fpu sse4_1 fma avx avx2 avx512f avx512bw\nbugs\t\t: none\n';
  expect(featuresIn(intel)).toBe('sse4_1 avx avx2 fma avx512f');
  expect(featuresIn('processor\t: 0\nFeatures\t: fp asimd sve\n')).toBe('asimd sve');
});

test('what is not said is unknown', () => {
  expect(featuresIn('')).toBe('unknown');
  expect(featuresIn('flags\t\t: fpu\n')).toBe('unknown');
  expect(cpuFeatures()).not.toBe('');
});
