/**
 * # Sums over all alignments of labels with steps of time
 *
 * An alignment begins with the first or second label, ends with one of the last two, and from one step
 * to the next stays, moves on by one, or by two if the label two before is another one. Its weight is
 * e to the sum of its scores. What has come to a place weighs e^size · (1 + rest), where the size is
 * the score of the best alignment; rest is −1 where none comes.
 *
 * Method: sizes are pairs of float64, so that small differences of large sizes keep their digits; all
 * else is a sum of positive numbers with one exponential each, of relative error 2⁻⁴⁹. T steps add up
 * to about T · 2⁻⁴⁷ of a posterior, and as much absolutely in log Σ; found by comparison with the
 * certified definition, as long as sums of scores are exact as pairs.
 */
import { twoSum } from '../kernel/double.ts';
import { exp, log1p } from './float64.ts';

export interface Scores {
  readonly steps: number;
  readonly labels: Int32Array;
  /** Of the s-th label at time t. */
  readonly at: (t: number, s: number) => number;
}

interface Weight {
  size: number;
  /** What the size lacks. */
  low: number;
  rest: number;
}
/** By time and place. */
type Weights = { readonly [part in keyof Weight]: Float64Array };

/** Shares that are larger go into the size. */
const LARGE = 2 ** 64;
/** Its logarithm 64 ln 2 as a pair: ln 2 is this much more than its float64. */
const LOG_LARGE = 64 * Math.LN2;
const LOG_LARGE_LOW = 64 * 2.3190468138462996e-17;

/** How much larger the size at i is than that at j. */
const gap = ({ size, low }: Weights, i: number, j: number): number =>
  (size[i] === size[j] ? 0 : size[i]! - size[j]!) + (low[i]! - low[j]!);

const isReached = (w: Weights, place: number): boolean => w.rest[place]! > -1;

/** The sum of the weights at the last `count` places up to `last`. */
function total(w: Weights, last: number, count: number, to: Weight): void {
  let best = -1;
  for (let i = last; i > last - count; i--) {
    if (!isReached(w, i)) continue;
    if (best < 0 || Number.isNaN(w.size[i]) || gap(w, i, best) > 0) best = i;
  }
  to.rest = best < 0 ? -1 : w.rest[best]!;
  if (best < 0) return;
  to.size = w.size[best]!;
  to.low = w.low[best]!;
  if (!Number.isFinite(to.size)) to.rest = 0;
  else
    for (let i = last; i > last - count; i--)
      if (i !== best && isReached(w, i)) to.rest += (1 + w.rest[i]!) * exp(gap(w, i, best));
}

/** A weight times e^x; −∞ makes it 0, even beside +∞. */
function multiply(w: Weight, x: number): void {
  if (Number.isFinite(w.size) && Number.isFinite(x)) {
    const [size, low] = twoSum(w.size, x);
    w.size = size;
    w.low += low;
  } else {
    const isZero = Math.min(w.size, x) === -Infinity;
    w.size = isZero ? -Infinity : w.size + x;
    w.low = 0;
  }
  if (w.rest < LARGE) return;
  w.rest = (1 + w.rest) / LARGE - 1;
  const [size, low] = twoSum(w.size, LOG_LARGE);
  w.size = size;
  w.low += low + LOG_LARGE_LOW;
}

/** What has come to every place, at every time. */
function forward({ steps, labels, at }: Scores): Weights {
  const { length } = labels;
  const [size, low, rest] = [0, 0, 0].map(() => new Float64Array(steps * length));
  const all: Weights = { size: size!, low: low!, rest: rest! };
  const to = { size: 0, low: 0, rest: 0 };
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < length; s++) {
      const place = t * length + s;
      const skips = s > 1 && labels[s] !== labels[s - 2];
      if (t > 0) total(all, place - length, skips ? 3 : Math.min(s + 1, 2), to);
      else Object.assign(to, { size: 0, low: 0, rest: s < 2 ? 0 : -1 });
      if (to.rest > -1) multiply(to, at(t, s));
      all.size[place] = to.size;
      all.low[place] = to.low;
      all.rest[place] = to.rest;
    }
  return all;
}

/** Of all alignments. */
function whole({ steps, labels: { length } }: Scores, come: Weights): Weight {
  const to = { size: 0, low: 0, rest: length === 1 ? 0 : -1 };
  if (steps > 0) total(come, steps * length - 1, Math.min(2, length), to);
  return to;
}

const logOf = ({ size, low, rest }: Weight): number => {
  if (rest === -1) return -Infinity;
  return Number.isFinite(size) ? size + (low + log1p(rest)) : size;
};

/** log Σ weight: −∞ if there is no alignment. */
export const logTotal = (scores: Scores): number => logOf(whole(scores, forward(scores)));

export interface Posteriors {
  readonly logTotal: number;
  /** The share of all weights that passes place s at time t; only where the total is finite. */
  readonly at: (t: number, s: number) => number;
}

export function posteriors(scores: Scores): Posteriors {
  const { steps, labels, at } = scores;
  const { length } = labels;
  const come = forward(scores);
  const go = forward({
    steps,
    labels: labels.toReversed(),
    at: (t, s) => at(steps - 1 - t, length - 1 - s),
  });
  const all = whole(scores, come);
  return {
    logTotal: logOf(all),
    at(t, s) {
      const a = t * length + s;
      const b = steps * length - 1 - a;
      const isPassed = isReached(come, a) && isReached(go, b);
      if (!isPassed || !Number.isFinite(come.size[a]) || !Number.isFinite(go.size[b])) return 0;
      const [before, d] = twoSum(come.size[a]!, -all.size);
      const [after, e] = twoSum(go.size[b]!, -at(t, s));
      const [size, f] = twoSum(before, after);
      const low = come.low[a]! + go.low[b]! - all.low + (d + e + f);
      return (exp(size + low) * (1 + come.rest[a]!) * (1 + go.rest[b]!)) / (1 + all.rest);
    },
  };
}
