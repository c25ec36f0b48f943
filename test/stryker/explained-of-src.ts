/** # Survivors in the fast implementation */
import { inFile } from './in-file.ts';

const TIME = 'it decides what is kept or which way is quicker, and costs time';
const BEYOND = 'a typed array drops what is written beyond its end';

export const implementation = {
  ...inFile('src/parameters.ts', {
    'x !== undefined → true': 'undefined is in no range',
    'found → false': TIME,
  }),
  ...inFile('src/element-loss.ts', {
    "params.reduction === 'mean' → true": 'only a mean is divided by the denominator',
  }),
  ...inFile('src/elementwise.ts', { '!latest || !areSame(latest.params, params) → true': TIME }),
  ...inFile('src/operator.ts', { '!plan.both → true': TIME }),
  ...inFile('src/term-loss.ts', { '[] → ["Stryker was here"]': 'no input has that name' }),
  ...inFile('src/margin-loss.ts', {
    'p < 0.5 → p <= 0.5': 'at the border both ways have all digits',
  }),
  ...inFile('src/row-function.ts', { 'i < length → i <= length': BEYOND }),
  ...inFile('src/reduction.ts', { 'i < count → i <= count': BEYOND }),
  ...inFile('src/tensor.ts', {
    'stride === 1 → false': TIME,
    'sameShape(from, shape) → false': TIME,
  }),
};
