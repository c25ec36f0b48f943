/**
 * # Enclosures with ends in float64 are judged as the same ends in decimals
 *
 * What float64 decides by itself must be what the exact comparison says: around every bound of an ulp,
 * at powers of two, among subnormals, at overflow, and for what is no number.
 */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bfloat16, type Format, float16, float32, roundNumber } from '../../spec/format.ts';
import { GRADES, judge, strict, type Verdict } from '../../spec/grade.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';
import { seed } from '../seed.ts';

const cell = (lo: number, hi: number, value: number): Certified => ({
  ...{ value, lo, hi, signed: lo !== hi, digits: 0 },
});
const inDecimals = ({ lo, hi, ...rest }: Certified): Certified => ({
  ...{ ...rest, lo: decimalOf(lo), hi: decimalOf(hi) },
});

/** ulp at a finite number that is not 0, told apart from the code under test by logarithms of powers of two. */
function gapAt(x: number, { emax, precision }: Format): number {
  let e = Math.floor(Math.log2(Math.abs(x)));
  if (2 ** e > Math.abs(x)) e--;
  return 2 ** (Math.max(e, 1 - emax) - precision + 1);
}

const both = (got: number, of: Certified, format: Format): readonly [Verdict, Verdict] => [
  judge(got, of, format),
  judge(got, inDecimals(of), format),
];

describe.each([float32, float16, bfloat16])('$name', (format) => {
  const { emax, precision } = format;
  const exponents = fc.integer({ min: 1 - emax - precision, max: emax });
  /** Near a power of two as often as not, and of either sign. */
  const results = fc
    .tuple(
      exponents,
      fc.oneof(fc.constantFrom(0, 1e-9, -1e-9), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.boolean(),
    )
    .map(([e, f, isNegative]) => (isNegative ? -1 : 1) * 2 ** e * (1 + f));
  const steps = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(8, -40, 2 ** precision));
  const widths = fc.constantFrom(0, 2 ** -40, 2 ** -20, 0.1, 0.9);
  const specials = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, -1);

  const agrees = (got: number, of: Certified) => {
    const [ours, due] = both(got, of, format);
    expect({ ...ours, ulps: 0 }).toEqual({ ...due, ulps: 0 });
    if (Number.isFinite(due.ulps))
      expect(Math.abs(ours.ulps - due.ulps)).toBeLessThanOrEqual(1e-9 * due.ulps);
    else expect(ours.ulps).toBe(due.ulps);
  };

  test('grade, certainty and error are the same', () => {
    fc.assert(
      fc.property(results, steps, widths, fc.boolean(), (r, step, width, isAbove) => {
        const gap = gapAt(r, format);
        const end = r + (isAbove ? width : -width) * gap;
        const value = roundNumber(r, format);
        const got = roundNumber(value + step * gapAt(value || r, format), format);
        const [lo, hi] = r < end ? [r, end] : [end, r];
        agrees(got, cell(lo, hi, value));
        agrees(value, cell(lo, hi, value));
      }),
      { seed, numRuns: 3000 },
    );
  });

  test('so is what no number of ulps tells', () => {
    fc.assert(
      fc.property(fc.oneof(specials, results), fc.oneof(specials, results), (got, r) => {
        const value = roundNumber(r, format);
        agrees(roundNumber(got, format), { ...cell(r, r, value), signed: Object.is(r, -0) });
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('less than an ulp is certain, and an ulp is not less', () => {
    const gap = gapAt(1.5, format);
    const near = judge(1.5 + gap, cell(1.5 + gap / 4, 1.5 + gap / 2, 1.5), format);
    expect(near).toEqual({ grade: 'A', ulps: 0.75, isCertain: true });
    const off = judge(1.5 + gap, cell(1.5, 1.5, 1.5), format);
    expect([off.grade, off.ulps, off.wrong]).toEqual(['B', 1, undefined]);
  });
});

describe('what a verdict says beside its grade', () => {
  test('the error of a correct result is that of the farther end', () => {
    const gap = 2 ** -23;
    expect(judge(1, cell(1 + gap / 8, 1 + gap / 4, 1), float32).ulps).toBe(0.25);
    expect(judge(1, cell(1 - gap / 4, 1 - gap / 8, 1), float32).ulps).toBeCloseTo(0.5, 12);
    const ends = { lo: new Decimal(1).plus(gap / 8), hi: new Decimal(1).plus(gap / 4) };
    expect(judge(1, { ...cell(1, 1, 1), ...ends }, float32).ulps).toBeCloseTo(0.25, 12);
  });
  test('ends on both sides of a power of two have two gaps', () => {
    const of = cell(-1 - 0.3 * 2 ** -23, -1 + 2 ** -30, -1);
    const [ours, due] = both(-1 + 2 ** -24, of, float32);
    expect(ours).toEqual(due);
    expect(ours.grade).toBe('B');
  });
  test('a right zero is not off', () => {
    expect(judge(0, cell(2 ** -152, 2 ** -151, 0), float32).ulps).toBe(0);
  });
  test('what is right or of another kind is certain', () => {
    expect(judge(1, cell(1, 1, 1), float32).isCertain).toBe(true);
    expect(judge(NaN, cell(1, 1, 1), float32)).toMatchObject({ wrong: 'nan', isCertain: true });
    const flushed = { signedZero: 'strict', flushes: true } as const;
    expect(judge(0, cell(2 ** -140, 2 ** -140, 2 ** -140), float32, flushed)).toEqual({
      ...{ grade: 'S', ulps: 0, isCertain: true },
    });
  });
  test('a sign is wrong only of a zero that should be a zero', () => {
    const zero = { ...cell(0, 0, 0), signed: true };
    expect(judge(-0, zero, float32, strict).wrong).toBe('sign');
    expect(judge(2 ** -148, zero, float32, strict)).toMatchObject({ grade: 'B' });
    expect(judge(2 ** -146, zero, float32, strict).wrong).toBe('size');
    const one = { ...cell(1, 1, 1), signed: true };
    expect(judge(0, one, float32, strict).wrong).toBe('zero');
  });
  test('grades have their names', () => expect(GRADES.join('')).toBe('SABCDEF'));
});
