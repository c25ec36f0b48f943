/** # Survivors in the mathematics of the fast implementation */
import { inFile } from './in-file.ts';

const EITHER =
  'what no kernel of unweighted elements is made for is seen by its loss as well as by its slopes; where only one of them shows something, the slow way says the same, and costs time';

const MORE = 'what is computed beside the coefficients that were asked for does not harm them';

export const math = {
  ...inFile('src/math/gelu-tanh.ts', { 'k < 0 → k <= 0': 'at 0 both halves are ½' }),
  ...inFile('src/math/normal.ts', {
    'n + 1 < count → n + 1 <= count': MORE,
    'n + 1 → n - 1': MORE,
  }),
  ...inFile('src/math/norm.ts', {
    'exactSum(parts) < 0 → exactSum(parts) <= 0':
      'parts that add up to 0 add up to 0 when all of them are negated, too',
    'Math.abs(excess) < 0.5 → Math.abs(excess) <= 0.5':
      'at the border both ways have all digits: one norm is not next to the other there',
  }),
  ...inFile('src/math/pair-kernels.ts', {
    "wish.loss !== 'none' && !wish.weighted → false": EITHER,
    "wish.loss !== 'none' → true": EITHER,
    "wish.loss !== 'none' → wish.loss === 'none'": EITHER,
  }),
};
