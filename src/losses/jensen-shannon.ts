/**
 * # Jensen–Shannon divergence
 *
 *     ℓ(p, q) = ½ Σ (p ln(2p/(p + q)) + q ln(2q/(p + q))),   ∂ℓ/∂p = ½ ln(2p/(p + q))
 *
 * along the last axis. With u = (p − q)/(p + q) a term is ¼ (p + q) ((1 + u) ln(1 + u) + (1 − u)
 * ln(1 − u)) = ¼ (p + q) Σ u^2k / (k (2k − 1)), of which little is left near u = 0 unless by the
 * series. The slope in p = 0 is −∞, but 0 where q is 0, too.
 */
import { checkProbabilities } from '../check.ts';
import { log, log1p } from '../math/float64.ts';
import { scaled, sum } from '../math/scaled.ts';
import { termLoss } from '../term-loss.ts';

const id = 'jensen-shannon';

/** Beyond, the difference has lost 9 of 49 bits; below, what is left out is u⁶/28 of it. */
const SMALL = 2 ** -8;

/** ln(2p/(p + q)), next to 0 or not. */
function relative(p: number, q: number): number {
  const u = (p - q) / (p + q);
  return u < -0.5 ? log((2 * p) / (p + q)) : log1p(u);
}

function term(p: number, q: number): number {
  const both = p + q;
  if (both === 0) return 0;
  const square = ((p - q) / both) ** 2;
  if (square < SMALL ** 2) return (both / 4) * square * (1 + square / 6 + (square * square) / 15);
  return (scaled(p, relative(p, q)) + scaled(q, relative(q, p))) / 2;
}

const slope = (p: number, q: number): number => (p === 0 && q === 0 ? 0 : relative(p, q) / 2);

const slopes = (p: ArrayLike<number>, q: ArrayLike<number>): readonly number[] =>
  Array.from(p, (pc, c) => slope(pc, q[c]!));

export const jensenShannon = termLoss({
  id,
  parameters: {},
  inputs: { input: 'vector', target: 'vector' },
  differentiable: ['input', 'target'],
  refuse({ input, target }) {
    for (const [name, { data }] of Object.entries({ input, target }))
      checkProbabilities({ id, name }, data as Float32Array);
  },
  value: ({ input: p, target: q }) => sum(p.length, (c) => term(p[c]!, q[c]!)),
  slopes: ({ input: p, target: q }) => ({ input: slopes(p, q), target: slopes(q, p) }),
});
