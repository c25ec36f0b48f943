/**
 * On exact data the tolerance is zero: reductions, denominators, weights, ignored samples, smoothing
 * and axes are a matter of meaning, not of rounding. Numbers are small dyadic ones, or saturated
 * where there is an exponential, and only results count whose exact value is a float (or as good as
 * one) and whose divisor is a power of two, so that every order of operations gives the same bits.
 * Three equal logits have probabilities of one third, whose sums may be floats: so a result that is
 * off counts only if what it is the sum of is exact, too.
 */
import { float32, roundNumber, ulp } from '../../spec/format.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';
import { exactData } from '../floats.ts';
import { cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import {
  addendsOf,
  divisorOf,
  gradientsOn,
  type Judged,
  type Question,
  type Subject,
} from '../subject.ts';
import { judging } from './judgement.ts';

const sizes = { elements: 16, axis: 4, lengths: [1, 2, 4] };

export const reduction: Law = judging({
  name: 'reduction',
  says: 'on exact data the result is exact: what is summed, weighted, ignored and divided by',
  effort: 3,
  appliesTo: () => true,
  questions: (subject) =>
    cases(subject.op, exactData, sizes).map((c) => ({
      ...c,
      want: ['out', ...gradientsOn(subject, c)],
    })),
  strictness(subject, question) {
    const isPlain = dividesExactly(subject, question) && multipliesExactly(question);
    const counts = (n: Judged): boolean =>
      isPlain && isExact(n.cell) && (n.verdict.grade === 'S' || addsExactly(subject, question, n));
    // Whether a tiny number became +0 or −0 is not a matter of meaning.
    return { gate: () => 'S', counts, signedZero: 'ignore' };
  },
});

/** As good as exact: no order of operations could round it to another float. */
function isExact({ lo, hi }: Pick<Certified, 'lo' | 'hi'>): boolean {
  if (typeof lo === 'number' && typeof hi === 'number') return isExactly(lo, hi);
  const [low, high] = [decimalOf(lo), decimalOf(hi)];
  const value = roundNumber(low.toNumber(), float32);
  if (!Number.isFinite(value)) return true;
  const reach = ulp(low, float32).times(2 ** -20);
  return low.minus(value).abs().lte(reach) && high.minus(value).abs().lte(reach);
}

/**
 * The same for ends in float64. The difference of a number and the float32 next to it is exact; of any
 * other it is rounded, and larger than what a power of two could be mistaken for.
 */
function isExactly(low: number, high: number): boolean {
  const value = Math.fround(low);
  if (!Number.isFinite(value)) return true;
  const reach = gap(low) * 2 ** -20;
  return Math.abs(low - value) <= reach && Math.abs(high - value) <= reach;
}

const view = new DataView(new ArrayBuffer(8));

/** The gap between float32 at x: 2^(max(⌊log₂|x|⌋, −126) − 23). */
function gap(x: number): number {
  view.setFloat64(0, x);
  const exponent = ((view.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, -126) - 23);
}

const addsExactly = (subject: Subject, question: Question, { want, index }: Judged): boolean =>
  (addendsOf(subject, question, want)[index] ?? []).every(isExact);

function dividesExactly({ op }: Subject, question: Question): boolean {
  const by = divisorOf(op, question);
  return by !== undefined && (by === 0 || Number.isNaN(by) || isPowerOfTwo(by));
}

/** 0.2 as a float32 has 24 bits: its products are rounded, and then sums of them may be floats by luck. */
const multipliesExactly = ({ settings }: Question): boolean =>
  Object.values(settings).every(
    (p) => typeof p !== 'number' || Math.fround(p) !== p || isFloat(p * (2 ** 12 - 1)),
  );
const isFloat = (x: number): boolean => Object.is(Math.fround(x), x);

function isPowerOfTwo(x: number): boolean {
  let y = Math.abs(x);
  while (y > 1) y /= 2;
  while (y < 1) y *= 2;
  return y === 1;
}
