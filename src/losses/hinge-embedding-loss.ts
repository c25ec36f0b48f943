/**
 * # Hinge embedding loss
 *
 *     ℓ(x, t) = x, max(0, margin − x), or both, for t = 1, −1, or any other t
 *
 * Both are max(x, margin). The slope at x = margin is −1 for t = −1, and 0 where both are taken.
 */
import { hinge, hinged } from '../math/hinge.ts';
import { number } from '../parameters.ts';
import { termLoss } from '../term-loss.ts';

export const hingeEmbeddingLoss = termLoss({
  id: 'hinge-embedding-loss',
  accuracy: { value: 'B', gradient: 'A' },
  parameters: { margin: number({ default: 1 }) },
  inputs: { input: 'number', target: 'number' },
  differentiable: ['input'],
  value({ input: x, target: t }, { margin }) {
    if (t === 1) return x;
    return t === -1 ? hinge(margin - x) : Math.max(x, margin);
  },
  slopes({ input: x, target: t }, { margin }) {
    if (t === 1) return { input: 1 };
    return { input: t === -1 ? hinged(margin - x, -1) : x <= margin ? 0 : 1 };
  },
});
