/** # All textbooks */
import { binaryTextbooks } from './binary.ts';
import { classTextbooks } from './classes.ts';
import { errorTextbooks } from './errors.ts';
import type { Textbook } from './textbook.ts';
import { vectorTextbooks } from './vectors.ts';

/** Of one loss and one kind of batch, the most usual comes first. */
export const textbooks: readonly Textbook[] = [
  ...classTextbooks,
  ...binaryTextbooks,
  ...errorTextbooks,
  ...vectorTextbooks,
];
