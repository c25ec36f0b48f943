/** # Every bug of the corpus: its mutant, or why there is none that quick can show */
import { activations } from './activations.ts';
import { corpus } from './corpus.ts';
import { losses } from './losses.ts';
import type { Mutants } from './mutant.ts';

export const mutants: Mutants = { ...activations, ...losses };

const short = 'it needs arithmetic in float16 or bfloat16';
const memory = 'it needs strides or aliasing, and messages have neither';

/** Bugs that no question here can show, with the reason. */
export const notShown: { readonly [bug: string]: string } = {
  'softmax-f16-sum': short,
  'nll-f16-accumulate': short,
  'softplus-f16-collapses': short,
  'softplus-small-beta-f16': short,
  'p-sce-clamp-pred-f32': short,
  'noncontiguous-activation': memory,
  'p-output-aliases-input': memory,
};

/** Bugs of the corpus without any entry. */
export const missing: readonly string[] = Object.keys(corpus).filter(
  (id) => !(id in mutants) && !(id in notShown),
);
