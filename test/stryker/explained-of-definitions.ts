/** # Survivors in definitions */
import { inFile } from './in-file.ts';

const HINT = 'it says where more questions are drawn, and nothing about answers';
const THEIRS = 'what a framework does by default shows only beside it, in docs/results';
const ANSWER = 'what a framework answers where no formula says it shows only beside it';
const FORM = 'both forms are the same number; one of them cancels, and is enclosed by more digits';

export const definitions = {
  ...inFile('spec/activations/clip.ts', {
    '[min, max].filter(Number.isFinite) → [min, max]': HINT,
  }),
  ...inFile('spec/activations/elu.ts', {
    '-(2 ** -25) → +(2 ** -25)': HINT,
    '-25 → +25': HINT,
    '-17.32868 → +17.32868': HINT,
  }),
  ...inFile('spec/activations/gelu.ts', { '-0 → +0': ANSWER }),
  ...inFile('spec/activations/hardshrink.ts', {
    'lambd.sign() === 0 → true': 'between −lambd and lambd their slope is 0, as it is here',
  }),
  ...inFile('spec/activations/sparse-plus.ts', { '-1 → +1': HINT }),
  ...inFile('spec/activations/squareplus.ts', {
    'x.sign() < 0 → false': FORM,
    'x.sign() < 0 → x.sign() <= 0': FORM,
  }),
  ...inFile('spec/activations/tanhshrink.ts', {
    '(x) => [x, -x] → () => undefined': HINT,
    '-x → +x': HINT,
  }),
  ...inFile('spec/losses/adaptive-log-softmax-with-loss.ts', {
    '-2 → +2': HINT,
    '-1 → +1': HINT,
    '() => [-2, -1, 0, 1, 2] → () => undefined': HINT,
  }),
  ...inFile('spec/losses/cosine-similarity-loss.ts', { 'true → false': THEIRS }),
  ...inFile('spec/losses/cross-entropy.ts', {
    '() => [0, 0.5, 1] → () => undefined': HINT,
    '-Infinity → +Infinity': 'of a row with +∞ they say NaN, too',
  }),
  ...inFile('spec/losses/hinge-loss.ts', {
    '-1 → +1': HINT,
    '() => [-1, 0, 1] → () => undefined': HINT,
  }),
  ...inFile('spec/losses/info-nce.ts', {
    '-16 → +16': HINT,
    '() => [-16, 0, 16] → () => undefined': HINT,
  }),
  ...inFile('spec/losses/mape-loss.ts', {
    '-4 → +4': HINT,
    '-2 → +2': HINT,
    '-1 → +1': HINT,
    '-0.5 → +0.5': HINT,
    '() => [-4, -2, -1, -0.5, 0.5, 1, 2, 4] → () => undefined': HINT,
  }),
  ...inFile('spec/losses/poly-1-loss.ts', { '-1 → +1': HINT }),
  ...inFile('spec/losses/sigmoid-focal-loss.ts', {
    '() => [0, 1] → () => undefined': HINT,
    '-1 → +1': THEIRS,
  }),
};
