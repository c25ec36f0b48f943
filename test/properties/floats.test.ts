/** # Floats to try: positions on the number line, simplicity, and where draws come from */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Draw,
  dyadic,
  exactData,
  extended,
  floats,
  fromRank,
  rank,
  simplest,
  simplifications,
  TURNING_POINTS,
} from '../../properties/floats.ts';
import { type Format, float16, float32, formats, roundNumber, toBits } from '../../spec/format.ts';
import { seed } from '../seed.ts';
import { isSimpler } from './complexity.ts';

const everywhere: readonly [number, number] = [-Infinity, Infinity];
const drawn = (draw: Draw, numRuns: number, range = everywhere, points: readonly number[] = []) =>
  fc.sample(draw(range, points), { seed, numRuns });

describe('rank', () => {
  test('neighbours of float16 differ by one, everywhere', () => {
    const last = rank(Infinity, float16);
    const wrong: bigint[] = [];
    let before = Number.NaN;
    for (let r = -last; r <= last; r++) {
      const x = fromRank(r, float16);
      if (rank(x, float16) !== r || x <= before) wrong.push(r);
      before = x;
    }
    expect(wrong).toEqual([]);
    expect(last).toBe(0x7c00n);
  });
  test.each(formats)('$name: is undone by fromRank', (format) => {
    for (const x of drawn(extended(format), 500)) {
      if (Number.isNaN(x)) continue;
      expect(fromRank(rank(x, format), format)).toBe(x === 0 ? 0 : x);
      if (Number.isFinite(x)) expect(fromRank(rank(x, format) + 1n, format)).toBeGreaterThan(x);
    }
    expect([rank(0, format), rank(-0, format)]).toEqual([0n, 0n]);
    expect(fromRank(rank(Infinity, format) - 1n, format)).toBeLessThan(Infinity);
  });
});

// Simplicity -------------------------------------------------------------------------------------

describe('simplifications', () => {
  test.each(formats)('$name: each is simpler by a measure that has an end', (format) => {
    for (const x of drawn(extended(format), 400)) {
      const simpler = simplifications(x);
      expect(simpler.length > 0).toBe(!Object.is(x, 0));
      expect(simpler.filter((y) => !Number.isFinite(y) || !isSimpler(y, x))).toEqual([]);
      // The others have too few bits for every everyday number; draws sort those out.
      if (format.precision >= 24)
        expect(simpler.filter((y) => roundNumber(y, format) !== y)).toEqual([]);
    }
  });
  test('the simplest first', () => {
    expect(simplifications(0)).toEqual([]);
    expect(simplifications(NaN)).toEqual([0]);
    expect(simplifications(-Infinity)).toEqual([0]);
    expect(simplifications(8)).toEqual([0, 4, 6, 7]);
    expect(simplifications(-3)).toEqual([0, -2]);
    expect(simplifications(2.625)[0]).toBe(0);
    expect(simplifications(2.625)).toEqual(expect.arrayContaining([2, 3, 2.5]));
    for (const x of [2 ** -149, 3e38, -1e-40]) expect(simplifications(x)[0]).toBe(0);
  });
  test.each([
    ['more than 3', (x: number) => x > 3, 4],
    ['at most −2.5', (x: number) => x <= -2.5, -3],
    ['between whole numbers', (x: number) => x >= 2.5 && x < 3, 2.5],
    ['tiny', (x: number) => x > 0 && x < 2 ** -140, 2 ** -141],
    ['huge', (x: number) => x > 2 ** 120, 2 ** 121],
    ['negative', (x: number) => x < 0, -1],
  ])('what is %s shrinks to what a person would write', (_, isWanted, least) => {
    const element = floats()(everywhere, [2 ** -142, 2.5]);
    const { counterexample } = fc.check(
      fc.property(element, (x) => !isWanted(x)),
      { seed, numRuns: 5000 },
    );
    expect(counterexample).toEqual([least]);
  });
  test.each(formats)('$name: never to a number of another format', (format) => {
    const seen: number[] = [];
    const property = fc.property(floats(format)(everywhere, []), (y) => {
      seen.push(y);
      return Math.abs(y) < 1.1 || Number.isInteger(y);
    });
    fc.check(property, { seed });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.filter((y) => roundNumber(y, format) !== y)).toEqual([]);
  });
  test('never to what is not legal', () => {
    const odd = simplest(fc.constant(10_001), (x) => x % 2 === 1);
    const { counterexample } = fc.check(
      fc.property(odd, (x) => x < 100),
      { seed },
    );
    expect(counterexample![0]! % 2).toBe(1);
    expect(counterexample![0]).toBeLessThan(110);
  });
});

// Draws ------------------------------------------------------------------------------------------

describe('draws', () => {
  const DRAWN = 4000;
  const smallest = ({ emax }: Format) => 2 ** (1 - emax);

  test.each(formats)('$name: every region is reached', (format) => {
    const all = drawn(floats(format), DRAWN);
    const share = (isIn: (x: number) => boolean) => all.filter(isIn).length / DRAWN;
    const size = 2 ** format.emax;
    expect(share((x) => x !== 0 && Math.abs(x) < smallest(format))).toBeGreaterThan(0.01);
    expect(share((x) => Math.abs(x) > size ** 0.75)).toBeGreaterThan(0.02);
    expect(share((x) => x !== 0 && Math.abs(x) < 1 / size ** 0.5)).toBeGreaterThan(0.05);
    expect(share((x) => x === 0)).toBeGreaterThan(0.002);
    expect(share((x) => x < 0)).toBeGreaterThan(0.35);
    expect(share((x) => x > 0)).toBeGreaterThan(0.35);
    expect(share((x) => Math.abs(x) <= 20 && Math.abs(x) >= 0.1)).toBeGreaterThan(0.3);
    expect(all.filter((x) => roundNumber(x, format) !== x || !Number.isFinite(x))).toEqual([]);
  });

  test('every turning point and every point that is stated, and both sides of it', () => {
    const stated = [-3, 3, 0.5];
    const all = drawn(floats(), 2 * DRAWN, everywhere, stated).map((x) => rank(x, float32));
    for (const point of [...TURNING_POINTS, ...stated]) {
      const r = rank(point, float32);
      const near = (from: bigint, to: bigint) =>
        all.filter((x) => x >= r + from && x <= r + to).length;
      expect(near(0n, 0n)).toBeGreaterThan(3);
      expect(near(-3n, -1n)).toBeGreaterThan(10);
      expect(near(1n, 3n)).toBeGreaterThan(10);
    }
  });

  test('extended draws have ±∞, NaN and −0 where they are legal', () => {
    const special = (range: readonly [number, number]) => {
      const all = drawn(extended(), 500, range);
      return [-Infinity, Infinity, NaN, -0].map((x) => all.some((y) => Object.is(x, y)));
    };
    expect(special(everywhere)).toEqual([true, true, true, true]);
    expect(special([0, 1])).toEqual([false, false, false, true]);
    expect(special([1, 2])).toEqual([false, false, false, false]);
  });

  const wide = [
    [0, 1],
    [-20, 40],
    [0.25, 8],
    [0, 0],
  ] as const;
  const narrow = [
    [0.1, 0.3],
    [-0.3, -0.1],
    [1e-18, 1e-3],
  ] as const;
  test.each<readonly [string, Draw, readonly (readonly [number, number])[]]>([
    ['floats', floats(), [...wide, ...narrow]],
    ['extended', extended(), [...wide, ...narrow]],
    ['dyadic', dyadic(3), wide],
    ['exact', exactData, wide],
  ])('%s stay in their range, whatever its ends', (_, draw, ranges) => {
    for (const range of ranges) {
      const all = drawn(draw, 300, range, [...range, 0]);
      expect(all.filter((x) => !(x >= range[0] && x <= range[1]))).toEqual([]);
    }
  });

  test('dyadic numbers are multiples of a power of two, small enough to be added up exactly', () => {
    const all = drawn(dyadic(3), 500);
    expect(all.every((x) => Number.isInteger(8 * x) && Math.abs(x) <= 20)).toBe(true);
    expect(new Set(all).size).toBeGreaterThan(50);
    expect(new Set(fc.sample(exactData(everywhere, [], [0, 128]), { seed, numRuns: 50 }))).toEqual(
      new Set([0, 128]),
    );
  });

  test('the same seed, the same numbers: on every engine', () => {
    const all = formats.flatMap((format) =>
      fc
        .sample(floats(format)(everywhere, [0.5]), { seed: 20260101, numRuns: 500 })
        .map((x) => toBits(x, format)),
    );
    // FNV-1a over the bits, in whole numbers.
    const hash = all.reduce(
      (h, bits) => BigInt.asUintN(64, (h ^ bits) * 0x100000001b3n),
      0xcbf29ce484222325n,
    );
    expect(hash.toString(16)).toBe('48715e45498e0e11');
    const again = fc.sample(floats()(everywhere, []), { seed, numRuns: 200 });
    expect(fc.sample(floats()(everywhere, []), { seed, numRuns: 200 })).toEqual(again);
    expect(fc.sample(floats()(everywhere, []), { seed: seed ^ 1, numRuns: 200 })).not.toEqual(
      again,
    );
  });
});
