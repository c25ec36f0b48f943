/** Values ↔ bits, and one rounding: against the machine's floats, and against MPFR's rounding. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactly } from '../../spec/exact.ts';
import {
  bfloat16,
  type Format,
  float16,
  float32,
  float64,
  formats,
  fromBits,
  round,
  roundNumber,
  type Side,
  toBits,
  ulp,
} from '../../spec/format.ts';
import { seed } from '../seed.ts';
import { mpfr, nearest, read } from './mpfr.ts';

const view = new DataView(new ArrayBuffer(8));
const exact = (x: number): Decimal => new Decimal(exactly(x));
const patterns = ({ bits }: Format) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

describe('value ↔ bits', () => {
  const thereAndBack = (pattern: bigint, format: Format): void => {
    const x = fromBits(pattern, format);
    if (Number.isNaN(x)) {
      expect(Number.isNaN(fromBits(toBits(x, format), format))).toBe(true);
      return;
    }
    if (toBits(x, format) !== pattern) throw new Error(`${pattern} → ${x} → ${toBits(x, format)}`);
    if (!Object.is(roundNumber(x, format), x)) throw new Error(`${x} is not its own rounding`);
    if (format.bits > 16 && !Object.is(round(exact(x), format), x))
      throw new Error(`${x} is not its own rounding`);
  };
  test.each(formats.filter((f) => f.bits === 16))('$name, all patterns', (format) => {
    for (let pattern = 0n; pattern < 1n << 16n; pattern++) thereAndBack(pattern, format);
  });
  test.each(formats.filter((f) => f.bits > 16))('$name', (format) =>
    fc.assert(
      fc.property(patterns(format), (pattern) => thereAndBack(pattern, format)),
      { seed, numRuns: 5000 },
    ),
  );

  test('float32 and float64 are the ones of the machine', () =>
    fc.assert(
      fc.property(patterns(float64), patterns(float32), (long, short) => {
        view.setBigUint64(0, long);
        const x = view.getFloat64(0);
        expect(fromBits(long, float64)).toBe(x);
        view.setUint32(0, Number(short));
        expect(fromBits(short, float32)).toBe(view.getFloat32(0));
      }),
      { seed, numRuns: 3000 },
    ));

  test.each([
    [
      'float16',
      [0x3c00, 0x0001, 0x0400, 0x7bff, 0xc000, 0x7c00],
      [1, 2 ** -24, 2 ** -14, 65504, -2, Infinity],
    ],
    [
      'bfloat16',
      [0x3f80, 0x0001, 0x0080, 0x7f7f, 0xc000, 0x7f80],
      [1, 2 ** -133, 2 ** -126, (2 - 2 ** -7) * 2 ** 127, -2, Infinity],
    ],
  ])('%s, numbers people can look up', (name, bits, values) => {
    const format = formats.find((f) => f.name === name)!;
    expect(bits.map((b) => fromBits(BigInt(b), format))).toEqual(values);
    expect(values.map((x) => Number(toBits(x, format)))).toEqual(bits);
  });
});

/** By MPFR: the value just beside x is one that differs from it by 2^−1300 of it. */
const truth = (x: Decimal, format: Format, side: Side): number =>
  mpfr(5000, () => {
    const at = read(x.toString());
    const beside = at
      .abs()
      .times(2 ** -1000)
      .times(2 ** -300)
      .times(side);
    return nearest(at.plus(beside), format);
  });

const D = Decimal.clone({ defaults: true, precision: 1200 });

/** Floats, midpoints between floats, and what lies 10^−20 to 10^−60 of itself beside them. */
const places = (format: Format) =>
  fc
    .record({
      pattern: patterns(format),
      half: fc.boolean(),
      off: fc.constantFrom(
        '0',
        '1e-11',
        '-1e-11',
        '1e-20',
        '-1e-20',
        '1e-38',
        '-1e-38',
        '1e-60',
        '-1e-60',
      ),
    })
    .map(({ pattern, half, off }) => {
      const x = fromBits(pattern, format);
      const from = Number.isFinite(x) ? x : fromBits(toBits(Infinity, format) - 1n, format);
      const gap = half ? D.div(ulp(exact(from), format), 2).times(from < 0 ? -1 : 1) : new D(0);
      const at = D.add(exact(from), gap);
      return D.add(at, D.mul(at, off));
    });

describe('one rounding', () => {
  test.each(formats)('$name: as MPFR, at and beside floats and midpoints', (format) =>
    fc.assert(
      fc.property(places(format), fc.constantFrom<Side>(-1, 0, 1), (x, side) => {
        fc.pre(!x.isZero());
        const [got, due] = [round(x, format, side), truth(x, format, side)];
        if (!Object.is(got, due)) throw new Error(`${x} (${side}) → ${got}, MPFR says ${due}`);
      }),
      { seed, numRuns: 2000 },
    ),
  );

  test('float32 from float64 is Math.fround', () =>
    fc.assert(
      fc.property(patterns(float64), (pattern) => {
        const x = fromBits(pattern, float64);
        expect(round(exact(x), float32)).toBe(Math.fround(x));
      }),
      { seed, numRuns: 3000 },
    ));

  test('through float64 it would be two roundings, and wrong', () => {
    const x = D.add(exact(1 + 2 ** -24), '1e-30');
    expect(Math.fround(x.toNumber())).toBe(1);
    expect(round(x, float32)).toBe(1 + 2 ** -23);
  });

  test('ties go to even, or to the side where the value lies', () => {
    const tie = exact(1 + 2 ** -24);
    expect([-1, 0, 1].map((side) => round(tie, float32, side as Side))).toEqual([
      1,
      1,
      1 + 2 ** -23,
    ]);
    expect([-1, 0, 1].map((side) => round(tie.neg(), float32, side as Side))).toEqual([
      -1 - 2 ** -23,
      -1,
      -1,
    ]);
    const next = exact(1 + 3 * 2 ** -24);
    expect([-1, 0, 1].map((side) => round(next, float32, side as Side))).toEqual([
      1 + 2 ** -23,
      1 + 2 ** -22,
      1 + 2 ** -22,
    ]);
  });

  test('beside zero', () => {
    expect([-1, 0, 1].map((side) => round(new D(0), float32, side as Side))).toEqual([-0, 0, 0]);
    expect(round(new D('-0'), float32)).toBe(-0);
    expect(round(new D('1e-5000'), float64)).toBe(0);
    expect(round(new D('-1e-5000'), float64)).toBe(-0);
    const half = exact(2 ** -150);
    expect([-1, 0, 1].map((side) => round(half, float32, side as Side))).toEqual([0, 0, 2 ** -149]);
    expect(round(half.neg(), float32)).toBe(-0);
  });

  test.each(formats)('$name: the edge of overflow', (format) => {
    const top = D.pow(2, format.emax + 1);
    const largest = fromBits(toBits(Infinity, format) - 1n, format);
    const edge = D.sub(top, D.pow(2, format.emax - format.precision));
    expect([-1, 0, 1].map((side) => round(edge, format, side as Side))).toEqual([
      largest,
      Infinity,
      Infinity,
    ]);
    expect(round(D.mul(edge, '-0.99999999999999999999999999999999999999'), format)).toBe(-largest);
    expect(round(new D('-1e5000'), format)).toBe(-Infinity);
    expect(round(new D(NaN), format)).toBeNaN();
    expect(round(new D(-Infinity), format)).toBe(-Infinity);
  });

  test.each(formats)('$name: roundNumber is round', (format) =>
    fc.assert(
      fc.property(patterns(float64), places(format), (pattern, place) => {
        for (const x of [fromBits(pattern, float64), place.toNumber()]) {
          if (!Object.is(roundNumber(x, format), round(exact(x), format)))
            throw new Error(`${x} → ${roundNumber(x, format)}, not ${round(exact(x), format)}`);
          // An enclosure's ends may be rounded without breaking ties, never to the wrong side.
          for (const side of [-1, 1] as const)
            expect(
              (roundNumber(x, format, side) - round(exact(x), format, side)) * side,
            ).not.toBeGreaterThan(0);
        }
      }),
      { seed, numRuns: 1000 },
    ),
  );
  test('roundNumber beside zero', () => {
    for (const format of formats) {
      expect([-1, 0, 1].map((side) => roundNumber(0, format, side as Side))).toEqual([-0, 0, 0]);
      expect(roundNumber(-0, format)).toBe(-0);
      expect(roundNumber(-0, format, 1)).toBe(0);
      expect(roundNumber(NaN, format)).toBeNaN();
    }
  });
});

describe('ulp', () => {
  test.each(formats)('$name: the gap to the next float, exactly', (format) =>
    fc.assert(
      fc.property(patterns(format), (pattern) => {
        const x = Math.abs(fromBits(pattern, format));
        const next = fromBits(toBits(x, format) + 1n, format);
        fc.pre(Number.isFinite(x) && Number.isFinite(next));
        const gap = D.sub(exact(next), exact(x));
        expect(ulp(exact(x), format).toString()).toBe(gap.toString());
        // The same anywhere between the two.
        expect(ulp(D.add(exact(x), D.mul(gap, '0.99')).neg(), format).eq(gap)).toBe(true);
      }),
      { seed, numRuns: 1000 },
    ),
  );
  test('has all its digits', () =>
    expect(ulp(new D(0), float32).toString()).toBe(exact(2 ** -149).toString()));
  test('below every float, and beyond', () => {
    expect(ulp(new D('1e-5000'), float64).eq(exact(2 ** -1074))).toBe(true);
    expect(ulp(D.pow(2, 200), float32).eq(D.pow(2, 177))).toBe(true);
    expect(ulp(D.pow(2, 17), float16).eq(D.pow(2, 7))).toBe(true);
  });
});

describe('float64 to a short format', () => {
  const format = fc.constantFrom(float16, bfloat16);
  const near = format.chain((format) =>
    fc.tuple(fc.nat(2 ** 15 - 1), fc.constantFrom(0, 0.25, 0.5, 0.75)).map(([bits, part]) => {
      const [low, high] = [0n, 1n].map((step) => fromBits(BigInt(bits) + step, format));
      return low! + (high! - low!) * part;
    }),
  );
  test('is the one rounding of its exact value, also beside it', () => {
    const any = fc.double({ noDefaultInfinity: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.oneof(any, near.filter(Number.isFinite)),
        fc.boolean(),
        format,
        fc.constantFrom(-1 as const, 0 as const, 1 as const),
        (size, isNegative, format, side) => {
          const x = isNegative ? -size : size;
          const due = round(new Decimal(exactly(x)), format, side);
          expect(roundNumber(x, format, side)).toBe(due);
        },
      ),
      { seed, numRuns: 20_000 },
    );
  });
});
