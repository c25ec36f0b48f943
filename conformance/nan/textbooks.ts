/** # All textbooks */
import { classTextbooks } from './classes.ts';
import { elementTextbooks } from './elements.ts';
import type { Textbook } from './textbook.ts';
import { vectorTextbooks } from './vectors.ts';

/** Of one loss and one kind of batch, the most usual comes first. */
export const textbooks: readonly Textbook[] = [
  ...classTextbooks,
  ...elementTextbooks,
  ...vectorTextbooks,
];
