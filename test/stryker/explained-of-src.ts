/** # Survivors in the fast implementation */
import { inFile } from './in-file.ts';

const TIME = 'it decides what is kept or which way is quicker, and costs time';
const EXACT = 'the test of rounding passes wherever results are exact, and costs time';
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
  ...inFile('src/activations/clip.ts', { 'true → false': EXACT }),
  ...inFile('src/activations/sparse-sigmoid.ts', {
    'true → false': EXACT,
    '{ isExact: true } → {}': EXACT,
  }),
  ...inFile('src/activations/threshold.ts', { 'true → false': EXACT }),
  ...inFile('src/activations/relu6.ts', {
    'true → false': EXACT,
    '{ isExact: true } → {}': EXACT,
  }),
  ...inFile('src/activations/hard-sigmoid-affine.ts', {
    '-LARGEST → +LARGEST': 'with alpha = 0 the line is beta everywhere',
    '({ alpha }) => isShort(alpha) → () => undefined': EXACT,
  }),
  ...inFile('src/activations/leaky-relu.ts', {
    '(params: { readonly negativeSlope: number }) => isShort(params.negativeSlope) → () => undefined':
      EXACT,
  }),
  ...inFile('src/activations/glu.ts', {
    'i < b.length → i <= b.length': BEYOND,
    'b[i]! > 0 → b[i]! >= 0': 'it is ±∞ there',
  }),
  ...inFile('src/activations/gumbel-softmax.ts', {
    '() => NaN → () => undefined': 'a typed array makes NaN of it',
  }),
  ...inFile('src/activations/entmax15.ts', {
    'room > CLOSE → false': TIME,
    'room > CLOSE → room >= CLOSE': 'at the border both ways have all digits',
  }),
  ...inFile('src/activations/linear.ts', { 'c < classes! → c <= classes!': BEYOND }),
  ...inFile('src/activations/prelu.ts', { 'i < x.length → i <= x.length': BEYOND }),
  ...inFile('src/math/alignments.ts', {
    'come.low[a] === 0 && go.low[b] === 0 && all.low === 0 → false': TIME,
  }),
  ...inFile('src/tensor.ts', {
    'stride === 1 → false': TIME,
    'sameShape(from, shape) → false': TIME,
  }),
};
