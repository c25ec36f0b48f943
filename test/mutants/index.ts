/** # Every bug of the corpus: its mutant, or why there is none that quick can show */
import { activations } from './activations.ts';
import { corpus } from './corpus.ts';
import { losses } from './losses.ts';
import type { Mutants } from './mutant.ts';

export const mutants: Mutants = { ...activations, ...losses };

const short = 'it needs arithmetic in float16 or bfloat16';
const memory = 'it needs strides or aliasing, and messages have neither';

/** Bugs that no question here can show, or that are none by our definition, with the reason. */
export const notShown: { readonly [bug: string]: string } = {
  'softmax-f16-sum': short,
  'nll-f16-accumulate': short,
  'softplus-f16-collapses': short,
  'softplus-small-beta-f16': short,
  'p-sce-clamp-pred-f32': short,
  'ce-naive-f32-sum': 'it shows in a sum of 20 million terms; in short ones it is within grade C',
  'p-sum-order': 'terms of cross-entropy have one sign: any order of a short sum is within grade C',
  'cce-renormalize-logits-silently': 'no operator here takes probabilities that must add up to 1',
  'lse-where-grad': 'log-sum-exp has no mask here',
  'lse-grad-all-neginf': 'NaN is our definition, as it is what PyTorch 2.13 returns',
  'p-hinge-le': 'a slope of −1 at the margin is our definition, as it is what PyTorch 2.13 returns',
  'selu-formula-max-min': 'it is right for the two constants, and they are no parameters here',
  'celu-composed-elu': 'an alpha that is not positive is refused here',
  'noncontiguous-activation': memory,
  'p-output-aliases-input': memory,
};

/** Bugs of the corpus without any entry. */
export const missing: readonly string[] = Object.keys(corpus).filter(
  (id) => !(id in mutants) && !(id in notShown),
);
