/** # Survivors in the fast implementation */
import { inFile } from './in-file.ts';

const TIME = 'it decides what is kept or which way is quicker, and costs time';
const BEYOND = 'a typed array drops what is written beyond its end';

export const implementation = {
  ...inFile('src/parameters.ts', {
    'x !== undefined → true': 'undefined is in no range',
    'found → false': TIME,
  }),
  ...inFile('src/reduction.ts', { 'i < count → i <= count': BEYOND }),
  ...inFile('src/tensor.ts', {
    'stride === 1 → false': TIME,
    'sameShape(from, shape) → false': TIME,
  }),
};
