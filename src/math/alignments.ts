/**
 * # Sums over all alignments of labels with steps of time
 *
 * An alignment begins with the first or second label, ends with one of the last two, and from one step
 * to the next stays, moves on by one, or by two if the label two before is another one. Its weight is
 * e to the sum of its scores. What has come to a place weighs e^size · (1 + rest), where the size is
 * the score of the best alignment; rest is −1 where none comes.
 *
 * Method: sizes are three float64, which hold sums of up to 2¹²⁸ within 2⁻³⁰, so that differences of
 * any two keep their digits; all else is a sum of positive numbers with one exponential each, of
 * relative error 2⁻⁴⁹. T steps add up to about T · 2⁻⁴⁷ of a posterior, and as much absolutely in
 * log Σ; found by comparison with the certified definition.
 */
import { twoSum } from '../kernel/double.ts';
import { exactSum } from './exact-sum.ts';
import { exp, log1p } from './float64.ts';

export interface Scores {
  readonly steps: number;
  readonly labels: Int32Array;
  /** Of the s-th label at time t. */
  readonly at: (t: number, s: number) => number;
}

interface Weight {
  size: number;
  /** What the size lacks, and what that lacks. */
  low: number;
  last: number;
  rest: number;
}
/** By time and place. */
type Weights = { readonly [part in keyof Weight]: Float64Array };

/** Shares that are larger go into the size. */
const LARGE = 2 ** 64;
/** Its logarithm 64 ln 2 as a pair: ln 2 is this much more than its float64. */
const LOG_LARGE = 64 * Math.LN2;
const LOG_LARGE_LOW = 64 * 2.3190468138462996e-17;

/** A sum that keeps what its additions lose, and what those lose: twice as many bits, and again. */
function added(...parts: readonly number[]): number {
  let [total, low, last] = [0, 0, 0];
  for (const x of parts) {
    const next = total + x;
    const part = next - total;
    const rest = total - (next - part) + (x - part);
    total = next;
    const more = low + rest;
    const lost = more - low;
    last += low - (more - lost) + (rest - lost);
    low = more;
  }
  // Next to each other the two largest may leave less than the last.
  const [high, rest] = twoSum(total, low);
  return high + (rest + last);
}

/** How much larger the size at i is than that at j. */
function gap({ size, low, last }: Weights, i: number, j: number): number {
  const high = size[i] === size[j] ? 0 : size[i]! - size[j]!;
  if ((low[i] === 0 && low[j] === 0) || !Number.isFinite(high)) return high;
  return added(size[i]!, -size[j]!, low[i]!, -low[j]!, last[i]!, -last[j]!);
}

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
  to.last = w.last[best]!;
  if (!Number.isFinite(to.size)) to.rest = 0;
  else
    for (let i = last; i > last - count; i--)
      if (i !== best && isReached(w, i)) to.rest += (1 + w.rest[i]!) * exp(gap(w, i, best));
}

function enlarge(w: Weight, x: number): void {
  const [size, rest] = twoSum(w.size, x);
  w.size = size;
  if (rest === 0) return;
  const [low, last] = twoSum(w.low, rest);
  [w.low, w.last] = twoSum(low, w.last + last);
}

/** A weight times e^x; −∞ makes it 0, even beside +∞. */
function multiply(w: Weight, x: number): void {
  if (Number.isFinite(w.size) && Number.isFinite(x)) enlarge(w, x);
  else {
    const isZero = Math.min(w.size, x) === -Infinity;
    w.size = isZero ? -Infinity : w.size + x;
    w.low = 0;
    w.last = 0;
  }
  if (w.rest < LARGE) return;
  w.rest = (1 + w.rest) / LARGE - 1;
  enlarge(w, LOG_LARGE);
  enlarge(w, LOG_LARGE_LOW);
}

/** What has come to every place, at every time. */
function forward({ steps, labels, at }: Scores): Weights {
  const { length } = labels;
  const numbers = () => new Float64Array(steps * length);
  const all: Weights = { size: numbers(), low: numbers(), last: numbers(), rest: numbers() };
  const to = { size: 0, low: 0, last: 0, rest: 0 };
  for (let t = 0; t < steps; t++)
    for (let s = 0; s < length; s++) {
      const place = t * length + s;
      const skips = s > 1 && labels[s] !== labels[s - 2];
      if (t > 0) total(all, place - length, skips ? 3 : Math.min(s + 1, 2), to);
      else Object.assign(to, { size: 0, low: 0, last: 0, rest: s < 2 ? 0 : -1 });
      if (to.rest > -1) multiply(to, at(t, s));
      all.size[place] = to.size;
      all.low[place] = to.low;
      all.last[place] = to.last;
      all.rest[place] = to.rest;
    }
  return all;
}

/** Of all alignments. */
function whole({ steps, labels: { length } }: Scores, come: Weights): Weight {
  const to = { size: 0, low: 0, last: 0, rest: length === 1 ? 0 : -1 };
  if (steps > 0) total(come, steps * length - 1, Math.min(2, length), to);
  return to;
}

/** What the logarithm of a weight is the sum of. */
const logOf = ({ size, low, last, rest }: Weight): readonly number[] => {
  if (rest === -1) return [-Infinity];
  return Number.isFinite(size) ? [size, low, last, log1p(rest)] : [size];
};

/** What log Σ weight is the sum of: −∞ if there is no alignment. */
export const logTotal = (scores: Scores): readonly number[] =>
  logOf(whole(scores, forward(scores)));

export interface Posteriors {
  readonly logTotal: number;
  /** The share of all weights that passes place s at time t; only where the total is finite. */
  readonly at: (t: number, s: number) => number;
}

/** The size of what comes to a place and goes on from it, which both count its score x. */
function sizeOf(come: Weights, a: number, go: Weights, b: number, x: number, all: Weight): number {
  if (come.low[a] === 0 && go.low[b] === 0 && all.low === 0)
    return added(come.size[a]!, -all.size, go.size[b]!, -x);
  const sizes = [come.size[a]!, go.size[b]!, -x, -all.size];
  const lows = [come.low[a]!, go.low[b]!, -all.low, come.last[a]!, go.last[b]!, -all.last];
  return added(...sizes, ...lows);
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
    logTotal: exactSum(logOf(all)),
    at(t, s) {
      const a = t * length + s;
      const b = steps * length - 1 - a;
      const isPassed = isReached(come, a) && isReached(go, b);
      if (!isPassed || !Number.isFinite(come.size[a]) || !Number.isFinite(go.size[b])) return 0;
      const size = sizeOf(come, a, go, b, at(t, s), all);
      return (exp(size) * (1 + come.rest[a]!) * (1 + go.rest[b]!)) / (1 + all.rest);
    },
  };
}
