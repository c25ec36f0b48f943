/**
 * # The judge
 *
 * Every row of the table of grades from both sides of its bounds, in every format; and one judge for
 * each way of going blind, which the same rows must tell from the real one.
 */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { bfloat16, type Format, float16, float32, formats, round } from '../../spec/format.ts';
import {
  type Grade,
  isAtLeast,
  judge,
  type Policy,
  type Scale,
  strict,
  type Verdict,
  worse,
} from '../../spec/grade.ts';
import { type Certified, decimalOf } from '../../spec/oracle/index.ts';

/** A number as its exact value, text as its digits. */
type Exact = Decimal | number | string;

// More digits than any number here has.
const D = Decimal.clone({ defaults: true, precision: 2500 });
const exact = (x: Exact): Decimal => new D(typeof x === 'number' ? decimalOf(x) : x);
const end = (x: Exact): Decimal | number => (typeof x === 'string' ? exact(x) : x);
/** Less than any bound is apart from any float. */
const HAIR = '1e-1200';
const plus = (x: Exact, y: Exact): Decimal => exact(x).plus(exact(y));
const above = (x: Exact): Decimal => exact(x).plus(HAIR);
const below = (x: Exact): Decimal => exact(x).minus(HAIR);

/** An exact result that is this number. */
const point = (r: Exact, format: Format, signed = false): Certified => ({
  value: round(exact(r), format),
  ...{ signed, lo: end(r), hi: end(r), digits: 0 },
});
const between = (lo: Exact, hi: Exact, value: number): Certified => ({
  ...{ value, signed: true, lo: end(lo), hi: end(hi), digits: 30 },
});

/** What the judge is asked, and what it has to say. */
interface Row {
  readonly what: string;
  readonly got: number;
  readonly cell: Certified;
  readonly format: Format;
  readonly policy?: Policy;
  readonly scale?: Scale;
  readonly due: Partial<Verdict> & { readonly grade: Grade };
}

// On its own -------------------------------------------------------------------------------------

const gapAtOne = ({ precision }: Format): number => 2 ** (1 - precision);
const largest = (format: Format): number => (2 - gapAtOne(format)) * 2 ** format.emax;
const smallest = ({ emax, precision }: Format): number => 2 ** (2 - emax - precision);

const alone = (format: Format): Row[] => {
  const ulp = gapAtOne(format);
  const row = (what: string, got: number, r: Exact, grade: Grade): Row => ({
    what: `${format.name}: ${what}`,
    ...{ got, cell: point(r, format), format, due: { grade, isCertain: true } },
  });
  const beyondC = format.precision < 20 ? 'F' : 'E';
  return [
    row('the nearest float', 1, below(plus(1, ulp / 2)), 'S'),
    row('the float beside the nearest', 1 + ulp, below(plus(1, ulp / 2)), 'A'),
    row('a tie to even', 1, plus(1, ulp / 2), 'S'),
    row('a tie to odd', 1 + ulp, plus(1, ulp / 2), 'A'),
    row('less than 1 ulp', 1 + ulp, above(1), 'A'),
    row('1 ulp', 1 + ulp, 1, 'B'),
    row('2 ulp', 1 + 2 * ulp, 1, 'B'),
    row('more than 2 ulp', 1 + 3 * ulp, below(1 + ulp), 'C'),
    row('4 ulp', 1 + 4 * ulp, 1, 'C'),
    row('more than 4 ulp', 1 + 5 * ulp, below(1 + ulp), beyondC),
    row('1 ulp from below, where gaps are halved', 1 - ulp / 2, below(1 - ulp), 'B'),
    row('4 ulp below a power of two', 1 - 2 * ulp, 1 - 4 * (ulp / 2), 'S'),
    row('above a power of two from below it', 1 + ulp, below(1), 'C'),
    row('the same for negative results', -1 - ulp, above(-1), 'C'),
    row('below a power of two from at it', 1 - ulp / 2, 1, 'A'),
    ...[1, -1].flatMap((sign) => {
      const min = sign * smallest(format);
      return [
        row('subnormal, 1 gap', min, 0, 'B'),
        row('subnormal, 2 gaps', 2 * min, 0, 'B'),
        row('subnormal, 4 gaps', 4 * min, 0, 'C'),
        row('subnormal, 5 gaps', 5 * min, 0, 'E'),
        row('subnormal, lost', 0, min, 'B'),
        row('subnormal, 4 gaps lost', 0, 4 * min, 'C'),
        row('subnormal, 5 gaps lost', 0, 5 * min, 'E'),
        row('subnormal, less than a gap', 2 * min, exact(min).times('1.4'), 'A'),
      ];
    }),
  ];
};

/** ±∞ counts as ±2^(emax + 1), and gaps go on beyond the largest number. */
const beyond = (format: Format): Row[] => {
  const top = largest(format);
  const gap = 2 ** (format.emax + 1 - format.precision);
  const limit = exact(2 ** format.emax).times(2);
  const row = (what: string, got: number, r: Exact, grade: Grade, wrong?: 'infinite'): Row => ({
    what: `${format.name}: ${what}`,
    ...{ got, cell: point(r, format), format, due: { grade, ...(wrong ? { wrong } : {}) } },
  });
  const far = format.precision < 20 ? 'F' : 'E';
  return [1, -1].flatMap((sign) => [
    row('∞ where it is the nearest', sign * Infinity, plus(sign * top, (sign * gap) / 2), 'S'),
    row('∞ a little early', sign * Infinity, plus(sign * top, sign * 0.4 * gap), 'A'),
    row('∞ at the largest number', sign * Infinity, sign * top, 'B'),
    row('∞ 2 gaps early', sign * Infinity, sign * (top - gap), 'B'),
    row('∞ 4 gaps early', sign * Infinity, sign * (top - 3 * gap), 'C'),
    row('∞ 5 gaps early', sign * Infinity, sign * (top - 4 * gap), far, 'infinite'),
    row('the largest number where ∞ is nearest', sign * top, limit.times(sign), 'A'),
    row('the largest number 1 gap late', sign * top, plus(limit, gap).times(sign), 'B'),
    row('the other ∞', -sign * Infinity, sign * top, 'F', 'infinite'),
    row('∞ of what is 1', sign * Infinity, sign, 'F', 'infinite'),
  ]);
};

/** 10⁻⁵ + 1.3·10⁻⁶ |r| met exactly by whole numbers: r = (g − 10⁻⁵) / 1.0000013. */
const loose: Row[] = (() => {
  // 10000013 divides g · 10⁵ − 1.
  const modulus = 10_000_013n;
  let g = 1n;
  while ((g * 100_000n - 1n) % modulus !== 0n) g++;
  const r = new D(((g * 100_000n - 1n) / modulus).toString()).times(100);
  const row = (what: string, x: Decimal, grade: Grade): Row => ({
    what,
    ...{ got: Number(g), cell: point(x, float32), format: float32, due: { grade, wrong: 'size' } },
  });
  return [row('allclose met', r, 'E'), row('allclose missed', r.minus(HAIR), 'F')];
})();

// Sums -------------------------------------------------------------------------------------------

/** Errors in ulp(1) for T = 2: what u (k + more) T allows is k + more. */
const sums = (format: Format): Row[] => {
  const ulp = gapAtOne(format);
  const plain: Scale = { total: exact(2), terms: 4, more: 0, unit: exact(0) };
  const row = (what: string, ulps: number, grade: Grade, scale: Partial<Scale> = {}): Row => ({
    what: `${format.name}: ${what}`,
    ...{ got: 1 + ulps * ulp, cell: point(1, format), format },
    ...{ scale: { ...plain, ...scale }, due: { grade } },
  });
  const less = { total: below(2) };
  const quotient = { more: 2 };
  const textbook = { unit: exact(2) };
  const outside = format.precision < 20 ? 'F' : 'E';
  const beside = (what: string, r: Exact, grade: Grade): Row => ({
    ...row(what, 1, grade),
    cell: point(r, format),
  });
  return [
    beside('a sum, correctly rounded', plus(1, 0.6 * ulp), 'S'),
    beside('a sum, less than 1 ulp off', plus(1, 0.4 * ulp), 'A'),
    // ⌈log₂ 4⌉ + 7, 2 √4 + 7, 4 + 8
    row('pairwise', 9, 'B'),
    row('pairwise missed', 9, 'C', less),
    row('square root', 11, 'C'),
    row('square root missed', 11, 'D', less),
    row('any order', 12, 'D'),
    row('any order missed', 12, outside, less),
    row('quotient, pairwise', 11, 'B', quotient),
    row('quotient, pairwise missed', 12, 'C', quotient),
    row('quotient, square root', 13, 'C', quotient),
    row('quotient, square root missed', 14, 'D', quotient),
    row('quotient, any order missed', 15, outside, quotient),
    row('the textbook form adds to D', 24, 'D', textbook),
    row('the textbook form, missed', 24, outside, { ...textbook, unit: below(2) }),
    row('the textbook form adds to D alone', 10, 'C', textbook),
    row('the textbook form adds to D alone, too', 12, 'D', textbook),
    // ⌈log₂ 5⌉ + 7, 2 √5 + 7 = 11.47, 5 + 8
    row('5 terms, pairwise', 10, 'B', { terms: 5 }),
    row('5 terms, square root', 11, 'C', { terms: 5 }),
    row('5 terms, any order', 12, 'D', { terms: 5 }),
    row('5 terms, at the end', 13, 'D', { terms: 5 }),
    row('5 terms, missed', 14, outside, { terms: 5 }),
    row('1 term, pairwise', 7, 'B', { terms: 1 }),
    row('1 term, square root', 9, 'C', { terms: 1 }),
    row('1 term, missed', 10, outside, { terms: 1 }),
    row('1 ulp is B whatever the terms', 1, 'B', { total: exact(0) }),
    row('a sum of nothing beyond that', 2, outside, { total: exact(0) }),
    ...(format.precision < 20
      ? []
      : [
          // ⌈log₂ 1024⌉ + 7, 2 √1024 + 7, 1024 + 8
          row('1024 terms, pairwise', 17, 'B', { terms: 1024 }),
          row('1024 terms, pairwise missed', 18, 'C', { terms: 1024 }),
          row('1024 terms, square root', 71, 'C', { terms: 1024 }),
          row('1024 terms, square root missed', 72, 'D', { terms: 1024 }),
          row('1024 terms, any order', 1032, 'D', { terms: 1024, total: exact(2) }),
          row('1024 terms, missed', 1033, format === float32 ? 'F' : 'E', { terms: 1024 }),
        ]),
  ];
};

// Kinds ------------------------------------------------------------------------------------------

const lenient: Policy = { ...strict, signedZero: 'ignore' };
const flushing: Policy = { ...strict, flushes: true };

const kinds: Row[] = (() => {
  const row = (
    what: string,
    got: number,
    cell: Certified,
    due: Row['due'],
    policy: Policy = strict,
  ): Row => ({ what, got, cell, format: float32, policy, due });
  const at = (r: number, signed = false) => point(r, float32, signed);
  // Rounded to 0, with the sign of what it was.
  const tiny = between(exact('1e-60'), exact('2e-60'), 0);
  const normal = 2 ** -126;
  const wrong = (kind: NonNullable<Verdict['wrong']>) =>
    ({ grade: 'F', wrong: kind, ulps: Infinity }) as const;
  return [
    row('NaN for NaN', NaN, at(NaN), { grade: 'S' }),
    row('NaN for a number', NaN, at(1), wrong('nan')),
    row('NaN for ∞', NaN, at(Infinity), wrong('nan')),
    row('NaN for 0', NaN, at(0), wrong('nan')),
    row('a number for NaN', 1, at(NaN), wrong('nan')),
    row('0 for NaN', 0, at(NaN), wrong('nan')),
    row('∞ for NaN', Infinity, at(NaN), wrong('nan')),
    row('∞ for ∞', Infinity, at(Infinity), { grade: 'S' }),
    row('−∞ for ∞', -Infinity, at(Infinity), wrong('infinite')),
    row('the largest number for ∞', largest(float32), at(Infinity), wrong('infinite')),
    row('0 for −∞', 0, at(-Infinity), wrong('infinite')),
    row('+0 for a stated +0', 0, at(0, true), { grade: 'S' }),
    row('−0 for a stated +0', -0, at(0, true), wrong('sign')),
    row('+0 for a stated −0', 0, point(new Decimal('-0'), float32, true), wrong('sign')),
    row('−0 for a stated +0, ignored', -0, at(0, true), { grade: 'S' }, lenient),
    row('−0 for a 0 whose sign is not stated', -0, at(0), { grade: 'S' }),
    row('+0 for an underflow from above', 0, tiny, { grade: 'S' }),
    row('−0 for an underflow from above', -0, tiny, { grade: 'A' }),
    row('−0 for an underflow, ignored', -0, tiny, { grade: 'S' }, lenient),
    row('a subnormal lost', 0, at(2 ** -130), { grade: 'E', wrong: 'zero' }),
    row('a number lost', 0, at(1), { grade: 'F', wrong: 'zero' }),
    row('the wrong sign', -1, at(1), { grade: 'F', wrong: 'size' }),
    row('a subnormal flushed', 0, at(2 ** -130), { grade: 'S' }, flushing),
    row('a negative one flushed', -0, at(-(2 ** -130)), { grade: 'S' }, flushing),
    row('the last subnormal flushed', 0, point(below(normal), float32), { grade: 'S' }, flushing),
    row('a normal number flushed', 0, at(normal), { grade: 'E', wrong: 'zero' }, flushing),
    row('a subnormal wrong, not flushed', 2 ** -129, at(2 ** -130), { grade: 'E' }, flushing),
    row(
      'an enclosure up to the first normal number, flushed',
      0,
      between(exact(normal).times('0.99'), normal, normal),
      { grade: 'S' },
      flushing,
    ),
    row(
      'an enclosure across it, flushed',
      0,
      between(below(normal), above(normal), normal),
      { grade: 'E' },
      flushing,
    ),
  ];
})();

// Enclosures -------------------------------------------------------------------------------------

/** As the oracle gives them: open, and both ends round to `value`. */
const enclosures: Row[] = (() => {
  const ulp = gapAtOne(float32);
  const row = (what: string, got: number, cell: Certified, due: Row['due']): Row => ({
    ...{ what, got, cell, format: float32, due },
  });
  const one = (lo: Exact, hi: Exact) => between(lo, hi, 1);
  const third = plus(1, 0.3 * ulp);
  return [
    row('narrow', 1 + ulp, one(third, third.plus('1e-30')), { grade: 'A', isCertain: true }),
    row('around 1 ulp', 1 + ulp, one(below(1), above(1)), { grade: 'C', isCertain: false }),
    row('from 1 ulp on', 1 + ulp, one(1, above(1)), { grade: 'B', isCertain: false }),
    row('around 2 ulp', 1 + 2 * ulp, one(1, exact(1).plus('1e-20')), {
      grade: 'B',
      isCertain: true,
    }),
    row('around 4 ulp', 1 + 5 * ulp, between(below(1 + ulp), above(1 + ulp), 1 + ulp), {
      grade: 'E',
      isCertain: false,
    }),
    row('the right answer, whatever the width', 1, one(below(1), third), {
      grade: 'S',
      isCertain: true,
    }),
    row('below a power of two', 1 - 4 * ulp, one(1 - 2 ** -53, 1), {
      grade: 'E',
      isCertain: false,
    }),
    row('above minus a power of two', -1 + 4 * ulp, between(-1, -1 + 2 ** -53, -1), {
      grade: 'E',
      isCertain: false,
    }),
    row('all that is beyond', largest(float32), between(exact('1e40'), exact('1e300'), Infinity), {
      grade: 'F',
    }),
  ];
})();

const table: readonly Row[] = [
  ...formats.flatMap((format) => [...alone(format), ...beyond(format), ...sums(format)]),
  ...loose,
  ...kinds,
  ...enclosures,
];

type Judge = typeof judge;
const askedBy = (by: Judge, { got, cell, format, policy = strict, scale }: Row): Verdict =>
  by(got, cell, format, policy, () => scale);

describe('grades', () => {
  test.each(table.map((row) => [row.what, row.due.grade, row] as const))('%s: %s', (_, __, row) => {
    expect(askedBy(judge, row)).toMatchObject(row.due);
  });

  test('every grade is given that there is on its own and in sums', () => {
    const given = (isSum: boolean) => {
      const rows = table.filter(({ scale }) => (scale !== undefined) === isSum);
      return [...new Set(rows.map(({ due }) => due.grade))].sort().join('');
    };
    expect(given(false)).toBe('ABCEFS');
    expect(given(true)).toBe('ABCDEFS');
  });

  test('the error is told in ulps of the exact result', () => {
    const ulp = gapAtOne(float32);
    const told = (got: number, r: Exact) => judge(got, point(r, float32), float32).ulps;
    expect(told(1, 1)).toBe(0);
    expect(told(1, 1 + ulp / 4)).toBe(0.25);
    expect(told(1, exact(1 + ulp / 4))).toBe(0.25);
    expect(told(1 + ulp, 1)).toBe(1);
    expect(told(1 - ulp / 2, 1)).toBe(0.5);
    expect(told(1 + ulp, below(1))).toBeCloseTo(2, 10);
    expect(told(0, 1)).toBe(2 ** 23);
    expect(told(0, smallest(float32))).toBe(1);
    expect(told(Infinity, largest(float32))).toBe(1);
  });

  test('what is added up is asked for only where it matters', () => {
    let asked = 0;
    const scale = (): undefined => {
      asked++;
    };
    const ulp = gapAtOne(float32);
    judge(1, point(1, float32), float32, strict, scale);
    judge(1 + ulp, point(above(1), float32), float32, strict, scale);
    judge(1 + ulp, point(1, float32), float32, strict, scale);
    expect(asked).toBe(0);
    judge(1 + 2 * ulp, point(1, float32), float32, strict, scale);
    expect(asked).toBeGreaterThan(0);
  });

  test('the order of grades', () => {
    const all = [...'SABCDEF'] as Grade[];
    for (const [i, a] of all.entries())
      for (const [j, b] of all.entries()) {
        expect(isAtLeast(a, b)).toBe(i <= j);
        expect(worse(a, b)).toBe(all[Math.max(i, j)]);
      }
  });
});

// Blind judges -----------------------------------------------------------------------------------

const passed: Verdict = { grade: 'A', ulps: 0, isCertain: true };
const middle = ({ lo, hi }: Certified): Decimal => D.add(exact(lo), exact(hi)).div(2);
const rescaled =
  (change: (scale: Scale) => Scale | undefined): Judge =>
  (got, cell, format, policy, scale) =>
    judge(got, cell, format, policy, () => {
      const asked = scale?.();
      return asked && change(asked);
    });
const pretending =
  (policy: Partial<Policy>): Judge =>
  (got, cell, format, given, scale) =>
    judge(got, cell, format, { ...strict, ...given, ...policy }, scale);
const onlyEnd =
  (which: (cell: Certified) => Decimal | number): Judge =>
  (got, cell, format, policy, scale) =>
    judge(got, { ...cell, lo: which(cell), hi: which(cell) }, format, policy, scale);
const regraded =
  (change: (verdict: Verdict, got: number, cell: Certified, format: Format) => Verdict): Judge =>
  (got, cell, format, policy, scale) =>
    change(judge(got, cell, format, policy, scale), got, cell, format);
const up = (from: Grade, to: Grade): Judge =>
  regraded((v) => (v.grade === from ? { ...v, grade: to } : v));

const blind: { readonly [what: string]: Judge } = {
  'accepts NaN': regraded((v, got) => (Number.isNaN(got) ? passed : v)),
  'accepts numbers for NaN': regraded((v, _, { value }) => (Number.isNaN(value) ? passed : v)),
  'accepts what is not more than allowed, such as NaN': regraded((v) =>
    v.ulps > 4 && v.wrong !== 'nan' ? v : passed,
  ),
  'accepts every ∞': regraded((v, got) => (Number.isFinite(got) ? v : passed)),
  'never accepts ∞ for a number': regraded((v, got, { lo }) =>
    !Number.isFinite(got) && exact(lo).isFinite() && v.grade !== 'S' ? { ...v, grade: 'F' } : v,
  ),
  'accepts what is absolutely small': regraded((v, got, { value }) =>
    Math.abs(got - value) < 1e-6 ? { ...passed, grade: 'B' } : v,
  ),
  'accepts what is off by a small part': regraded((v, got, { value }) =>
    Math.abs(got - value) <= 1e-6 * Math.abs(value) ? passed : v,
  ),
  'accepts a lost tail': regraded((v) => (v.wrong === 'zero' ? passed : v)),
  'accepts every sign': (got, cell, format, policy, scale) =>
    judge(Math.abs(got) * (cell.value < 0 ? -1 : 1), cell, format, policy, scale),
  'accepts every sign of 0': pretending({ signedZero: 'ignore' }),
  'never ignores the sign of 0': pretending({ signedZero: 'strict' }),
  'accepts flushing from everybody': pretending({ flushes: true }),
  'accepts flushing from nobody': pretending({ flushes: false }),
  'compares with the rounded result': onlyEnd(({ value }) => value),
  'sees the lower end alone': onlyEnd(({ lo }) => lo),
  'sees the upper end alone': onlyEnd(({ hi }) => hi),
  'sees the middle alone': onlyEnd(middle),
  'is always certain': regraded((v) => ({ ...v, isCertain: true })),
  'measures in the gap of what came': regraded((v, got, { lo }, format) => {
    if (!Number.isFinite(got) || !Number.isFinite(v.ulps) || v.grade === 'S') return v;
    const gap = D.max(
      exact(smallest(format)),
      new D(2).pow(Math.floor(Math.log2(Math.abs(got)))).times(gapAtOne(format)),
    );
    const ulps = D.sub(exact(got), exact(lo)).abs().div(gap);
    return { ...v, grade: ulps.lt(1) ? 'A' : ulps.lte(2) ? 'B' : ulps.lte(4) ? 'C' : v.grade };
  }),
  'judges every format as float32': (got, cell, _, policy, scale) =>
    judge(got, cell, float32, policy, scale),
  'judges float16 as bfloat16': (got, cell, format, policy, scale) =>
    judge(got, cell, format === float16 ? bfloat16 : format, policy, scale),
  'takes A for S': up('A', 'S'),
  'takes B for A': up('B', 'A'),
  'takes C for B': up('C', 'B'),
  'takes D for C': up('D', 'C'),
  'takes E for D': up('E', 'D'),
  'takes F for E': up('F', 'E'),
  'knows no sums': rescaled(() => undefined),
  'counts terms twice': rescaled((s) => ({ ...s, terms: 2 * s.terms })),
  'counts one term': rescaled((s) => ({ ...s, terms: 1 })),
  'allows quotients no more': rescaled((s) => ({ ...s, more: 0 })),
  'allows everything as much as quotients': rescaled((s) => ({ ...s, more: 2 })),
  'knows no textbook': rescaled((s) => ({ ...s, unit: exact(0) })),
  'adds what the textbook adds to every grade': rescaled((s) => ({
    ...s,
    total: D.add(s.total, s.unit),
  })),
  'takes a sum for a little larger': rescaled((s) => ({ ...s, total: D.add(s.total, '1e-100') })),
};

describe('judges that are blind', () => {
  const agrees = (by: Judge) => (row: Row) => {
    const { grade, isCertain } = askedBy(by, row);
    return (
      grade === row.due.grade &&
      (row.due.isCertain === undefined || isCertain === row.due.isCertain)
    );
  };
  test('the real one is not', () => expect(table.every(agrees(judge))).toBe(true));
  test.each(Object.entries(blind))('%s', (_, by) => expect(table.every(agrees(by))).toBe(false));
});
