/**
 * # Softmin
 *
 *     softmin(x) = softmax(−x)
 */
import { rowwise } from '../rowwise.ts';
import { kernelsOf, ofRows } from './softmax.ts';

const softminKernels = kernelsOf('softmin', -1);

export const softmin = rowwise({
  id: 'softmin',
  accuracy: { value: 'A', gradient: 'B' },
  reduces: false,
  kernels: softminKernels,
  negates: true,
  value: ofRows.value,
  gradient(row, u) {
    const slope = ofRows.gradient(row, u);
    return (i) => -slope(i);
  },
});
