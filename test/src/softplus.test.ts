/** Where softplus becomes linear: at the last float that is not above the threshold, exactly. */
import { expect, test } from 'vitest';
import { softplusConstants } from '../../src/activations/softplus.ts';

test.each([
  // The product is 5 + 1.25 · 2^−50, and 5 + 2^−50 in float64.
  [1 + 2 ** -52, 5 + 2 ** -50, 5 - 2 ** -21],
  [1, 20, 20],
  [2, -3, -1.5],
  [1, Infinity, Infinity],
  [1, -Infinity, -Infinity],
])('β = %d, threshold %d: up to %d', (beta, threshold, last) => {
  expect(softplusConstants({ beta, threshold }).last).toBe(last);
});
