/**
 * # Dice loss
 *
 *     ℓ(p, t) = 1 − (2 Σ p t + s) / (Σ p + Σ t + s)
 *
 * for each class of each sample, as in overlap-loss.ts: Σ p + Σ t is 2 Σ p t and what is wrong.
 */
import { overlapLoss } from '../overlap-loss.ts';
import { number } from '../parameters.ts';

interface Params {
  readonly smooth: number;
}

export const diceLoss = overlapLoss<Params>({
  id: 'dice-loss',
  parameters: { smooth: number({ default: 1, min: 0 }) },
  weights: ({ smooth }) => ({ a: 1, b: 1, r: 2, s: smooth }),
});
