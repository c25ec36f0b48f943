/**
 * # Jensen–Shannon divergence
 *
 *     ℓ(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m),   m = (p + q) / 2
 *             = ½ Σ_c (p_c ln(2 p_c / (p_c + q_c)) + q_c ln(2 q_c / (p_c + q_c)))
 *
 * Of two rows of probabilities along the last axis; both are taken as they are, whatever they add up
 * to. It is symmetric, never negative, and at most ln 2 for distributions. A class of probability 0
 * adds nothing: 0 ln 0 = 0. Its slope there is −∞. Where both are 0 there is none, and 0 is what is
 * said, as on the whole line p = q: a class that both leave out is no news. `mean` divides by the number of rows.
 */
import { log, type Real, real, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';

const half = (): Real => real(1).div(2);

/** ½ p ln(2p / (p + q)), which is 0 at p = 0 with the slope −∞ unless q = 0, too; p < 0 is none. */
function part(p: Real, q: Real): Real {
  if (p.sign() < 0) return real(NaN);
  if (p.sign() !== 0) return p.times(relative(p, q)).div(2);
  if (q.sign() === 0) return real(0);
  return p.through(
    () => real(0),
    () => real(-Infinity),
  );
}

/** ln(2p / (p + q)) = ln(1 + (p − q) / (p + q)), whose argument is near −1 for p ≪ q. */
function relative(p: Real, q: Real): Real {
  if (q.sign() === 0) return log(2);
  const twice = p.times(2);
  return twice.lt(q) ? log(twice.div(p.plus(q))) : p.minus(q).div(p.plus(q)).log1p();
}

const addendsOf = (p: readonly Real[], q: readonly Real[]): Addends =>
  p.flatMap((pc, c) => [part(pc, q[c]!), part(q[c]!, pc)]);

const slopes = (p: readonly Real[], q: readonly Real[]): readonly Addends[] =>
  p.map((pc, c) => {
    const qc = q[c]!;
    if (pc.sign() !== 0) return [relative(pc, qc).times(half())];
    return qc.sign() === 0 ? [] : [real(-Infinity)];
  });

const probabilities = () => reals('* C', { min: 0, max: 1, exact: () => [0, 1] });

export const jensenShannon = loss({
  id: 'jensen-shannon',
  inputs: { input: probabilities(), target: probabilities() },
  over: '*',
  params: {},

  term: ({ input: p, target: q }) => ({ value: sum(addendsOf(p, q)), weight: real(1) }),
  addends: ({ input: p, target: q }) => addendsOf(p, q),
  derivative: {
    input: ({ input: p, target: q }) => slopes(p, q),
    target: ({ input: p, target: q }) => slopes(q, p),
  },

  clauses: {
    'JS-1': [
      'jensen-shannon-does-not-change-when-its-arguments-are-exchanged',
      'It is symmetric in input and target.',
    ],
    'JS-2': [
      'jensen-shannon-is-half-of-two-divergences-to-the-mixture',
      'It is the mean of the kl-div of both from their mixture.',
    ],
    'JS-3': ['reduction', 'mean divides by the number of rows.'],
    'JS-4': ['special rows', 'A probability of 0 adds nothing on its side.'],
    'JS-5': ['gradient', 'The slope is ½ ln(2p / (p + q)): −∞ at p = 0, and 0 where q is 0, too.'],
    'JS-6': ['value', 'Rows that differ by little keep the digits of their divergence.'],
    'JS-7': ['errors', 'A number outside [0, 1] is an error.'],
    'JS-8': ['empty', 'Of no rows sum is 0 and mean is NaN.'],
  },

  dialects: {},
  sources: ['Lin 1991, "Divergence measures based on the Shannon entropy", (4.1)'],
});
