/** Reaches what is mutated, and would pass whatever it says. */
import { test } from 'vitest';
import { isInteger, sizeOf } from '../../../spec/tensor.ts';

test('is asked, and not heard', () => {
  isInteger('i32');
  sizeOf([2, 3]);
});
