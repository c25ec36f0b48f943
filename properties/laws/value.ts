/** Every result is within the grade that is asked for. */
import { floats } from '../floats.ts';
import { cases, type Sizes } from '../inputs.ts';
import type { Law } from '../law.ts';
import { judging } from './judgement.ts';

/** Long enough for the vector and the scalar part of a kernel. */
const sizes: Sizes = { elements: 67, axis: 4 };

export const value: Law = judging({
  name: 'value',
  says: 'every result is within the grade that is asked for',
  appliesTo: () => true,
  questions: ({ op }) => cases(op, floats(), sizes).map((c) => ({ ...c, want: ['out'] })),
  strictness: () => ({ isGraded: true }),
});
