/** # Survivors in definitions */
import { inFile } from './in-file.ts';

const THEIRS = 'what a framework does by default shows only beside it, in docs/results';
const ANSWER = 'what a framework answers where no formula says it shows only beside it';
const FORM = 'both forms are the same number; one of them cancels, and is enclosed by more digits';

export const definitions = {
  ...inFile('spec/activations/gelu.ts', { '-0 → +0': ANSWER }),
  ...inFile('spec/activations/hardshrink.ts', {
    'lambd.sign() === 0 → true': 'between −lambd and lambd their slope is 0, as it is here',
  }),
  ...inFile('spec/activations/squareplus.ts', {
    'x.sign() < 0 → false': FORM,
    'x.sign() < 0 → x.sign() <= 0': FORM,
  }),
  ...inFile('spec/losses/cosine-similarity-loss.ts', { 'true → false': THEIRS }),
  ...inFile('spec/losses/cross-entropy.ts', {
    '-Infinity → +Infinity': 'of a row with +∞ they say NaN, too',
  }),
  ...inFile('spec/losses/sigmoid-focal-loss.ts', {
    '-1 → +1': THEIRS,
  }),
};
