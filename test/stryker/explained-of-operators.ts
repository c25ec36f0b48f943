/** # Survivors in single operators */
import { inFile } from './in-file.ts';

const PRECISE = 'more terms than a result needs that is rounded to float32, and costs time';
const STAGED = 'it decides what is computed ahead, and costs time';
const BEYOND = 'a typed array drops what is written beyond its end';

export const operators = {
  ...inFile('src/activations/log-sum-exp.ts', {
    'total[0] + total[1] → total[0] - total[1]':
      'the second of two doubles is below the last bit of the first: both round to that, or to its neighbour, and ln(1 + d) errs by more',
  }),
  ...inFile('src/losses/adaptive-log-softmax-with-loss.ts', {
    'i < data.length → i <= data.length': BEYOND,
    'z < 0 → false': 'before its first element a list has undefined, too',
    '(h, p) => U[row * P + p]! * h → () => undefined':
      'what is no number is not moderate, which leaves all to the exact products, and costs time',
  }),
  ...inFile('src/losses/binary-cross-entropy-with-logits.ts', {
    'x < 0 → x <= 0':
      'at 0 e^−|x| is 1, and v · x is x or joins what is not 0; where posWeight is infinite, the definition has NaN',
  }),
  ...inFile('src/losses/cross-entropy.ts', {
    '(s: number) => part(s) * (1 - epsilon) → () => undefined':
      'rows whose kernel gets NaN are left to the formulas, which say the same, and take longer',
  }),
  ...inFile('src/losses/ctc-loss.ts', {
    'n === 1 → false': 'x/1 is x, and then nothing is left: the other parts are 0',
  }),
  ...inFile('src/losses/jensen-shannon.ts', {
    'square < SMALL ** 2 → square <= SMALL ** 2': 'at the border both ways have all digits',
  }),
  ...inFile('src/losses/kl-div.ts', {
    'false → true': PRECISE,
    'true → false': STAGED,
  }),
  ...inFile('src/losses/log-cosh-loss.ts', { 'false → true': PRECISE }),
  ...inFile('src/losses/poisson-nll-loss.ts', { 'false → true': PRECISE }),
};
