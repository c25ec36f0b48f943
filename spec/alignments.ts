/**
 * # Sums over all alignments of labels with steps of time
 *
 * An alignment begins with the first or the second label and ends with one of the last two. From one
 * step to the next it stays, moves on by one, or moves on by two if the label two before is another
 * one. Its weight is e to the sum of the scores of the labels that it passes; a score of −∞ makes that
 * 0, whatever else it passes but NaN. There are exponentially many alignments, and they are added up
 * step by step: what has come to a place has one sum.
 *
 * A sum of weights is e^size · share. The size is the score of the best of them, a plain sum of inputs:
 * sizes are compared exactly, even where they tie, and have no slope. The share is at least 1 and has
 * the slope of the whole, a sum of positive numbers that cancels nothing.
 */
import { exp, isNan, largest, log, type Real, real, sum } from './functions.ts';
import type { Addends } from './op.ts';

interface Weight {
  readonly size: Real;
  readonly share: Real;
}
/** Of all that comes to a place; undefined where nothing does. */
type Weights = readonly (Weight | undefined)[];

/** By time, then by class. */
export type Scores = readonly (readonly Real[])[];

const one = (): Weight => ({ size: real(0), share: real(1) });

function total(weights: Weights): Weight | undefined {
  const some = weights.filter((w) => w !== undefined);
  if (some.length === 0) return undefined;
  const size = largest([...new Set(some.map((w) => w.size))]);
  if (!size.isFinite()) return { size, share: real(1) };
  const shares = some.map((w) =>
    w.size === size ? w.share : w.share.times(exp(w.size.minus(size))),
  );
  return { size, share: sum(shares) };
}

const isNothing = (x: Real): boolean => !x.isFinite() && x.sign() < 0;

/** x without its slope, and e^x ÷ e^x with the slope of e^x. */
const sizeOf = (x: Real): Real =>
  x.through(
    (x) => x,
    () => real(0),
  );
const shareOf = (x: Real): Real =>
  x.through(
    () => real(1),
    () => real(1),
  );

const sizeTimes = (size: Real, x: Real): Real =>
  (isNothing(size) && !isNan(x)) || (isNothing(x) && !isNan(size))
    ? real(-Infinity)
    : size.plus(sizeOf(x));

/** `known` are sizes times e^x: one that has no end in digits is only known to equal itself. */
function times({ size, share }: Weight, x: Real, known: Map<Real, Real>): Weight {
  const larger = known.get(size) ?? sizeTimes(size, x);
  known.set(size, larger);
  return { size: larger, share: share.times(shareOf(x)) };
}

/** What has come to every place, at every time. */
function forward(x: Scores, labels: readonly number[]): readonly Weights[] {
  const all: Weights[] = [];
  const start = one();
  for (const row of x) {
    const before = all.at(-1);
    const known = row.map(() => new Map<Real, Real>());
    all.push(
      labels.map((label, s) => {
        const skips = s > 1 && label !== labels[s - 2];
        const from = before ? [before[s], before[s - 1], skips ? before[s - 2] : undefined] : [];
        const come = before ? total(from) : s < 2 ? start : undefined;
        return come && times(come, row[label]!, known[label]!);
      }),
    );
  }
  return all;
}

/** Of all alignments; undefined if there is none. */
function whole(forward: readonly Weights[], labels: readonly number[]): Weight | undefined {
  const last = forward.at(-1);
  if (last) return total(last.slice(-2));
  return labels.length === 1 ? one() : undefined;
}

/** log Σ weight, as size and log share: −∞ if there is no alignment. */
export function logTotal(x: Scores, labels: readonly number[]): readonly [Real, Real] {
  const w = whole(forward(x, labels), labels);
  return w ? [w.size, log(w.share)] : [real(-Infinity), real(0)];
}

/** The share of all weights that passes each class at each time, as a sum over places. */
export function posteriors(x: Scores, labels: readonly number[]): readonly (readonly Addends[])[] {
  const come = forward(x, labels);
  const go = forward(x.toReversed(), labels.toReversed()).toReversed();
  const all = whole(come, labels)!;
  return x.map((row, t) =>
    row.map((score, c) =>
      labels.flatMap((label, s) => {
        const [a, b] = [come[t]![s], go[t]!.at(-1 - s)];
        // What cannot go on adds nothing, nor does what weighs nothing.
        if (label !== c || !a?.size.isFinite() || !b?.size.isFinite()) return [];
        const size = a.size.plus(b.size).minus(score).minus(all.size);
        return [exp(size).times(a.share).times(b.share).div(all.share)];
      }),
    ),
  );
}
