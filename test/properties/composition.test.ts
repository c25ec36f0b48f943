/** Ranges say what the gate says, hold whatever their stages may answer, and know when to be silent. */
import fc from 'fast-check';
import { describe, expect, test as it } from 'vitest';
import { reference } from '../../conformance/reference.ts';
import { subjectOf } from '../../conformance/run.ts';
import type { Hello } from '../../properties/candidate.ts';
import { placed, rangesOf } from '../../properties/composition.ts';
import { around, type Computed, monotone, summed } from '../../properties/computed.ts';
import { fromRank, rank } from '../../properties/floats.ts';
import { bounded, everyday } from '../../properties/identity.ts';
import type { Case } from '../../properties/inputs.ts';
import { toPayload } from '../../properties/payload.ts';
import { decides, isWithin, type Range, type Tolerance } from '../../properties/range.ts';
import { judgeReply } from '../../properties/subject.ts';
import { float16, float32, float64, toBits } from '../../spec/format.ts';
import { type Grade, isAtLeast, strict } from '../../spec/grade.ts';
import * as spec from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { type Tensor, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';

const at = (gate: Grade): Tolerance => ({ gate, format: float32, policy: strict });
const exactly = (op: Op, { tensors, settings }: Case, tolerance: Tolerance) =>
  rangesOf(lift(op, tensors, settings), tensors, tolerance);
const next = (x: number, steps: bigint) => fromRank(rank(x, float32) + steps, float32);

/** The last float32 within an end, and the first one beyond; nothing where the end is as good as a float. */
function besides(
  { lo, hi }: Range,
  side: 1 | -1,
  ends: readonly number[],
): readonly [number, number] | undefined {
  const end = side > 0 ? hi : lo;
  const near = 1e-6 * (hi - lo);
  const isFloat = (x: number): boolean => Math.abs(Math.fround(x) - x) <= near;
  const nearest = Math.fround(end);
  // Results that are floats have such ends, too. Rounding decides about these, and not about the
  // floats on both sides of them, unless the gap is another on each side, or the
  // range of the function cuts it off.
  const middle = lo / 2 + hi / 2;
  const isPower = (toBits(Math.fround(middle), float32) & 0x7fffffn) === 0n;
  const isCut = ends.some((y) => y === Math.fround(lo) || y === Math.fround(hi));
  const isAt = [lo, middle, hi].every(isFloat) && hi > lo && !isPower && !isCut;
  const isBeyond = (nearest - end) * side > 0;
  const inner = isAt || isBeyond ? next(nearest, BigInt(-side)) : nearest;
  const outer = next(isAt ? nearest : inner, BigInt(side));
  const isClear = [inner, outer].every((x) => Math.abs(x - end) > near);
  return isClear && Number.isFinite(inner) && Number.isFinite(outer) ? [inner, outer] : undefined;
}

describe('a range ends where the grade does', () => {
  const gates = ['S', 'A', 'B', 'C', 'D'] as const;
  const operators = Object.values(spec) as readonly Op[];
  const hello = reference.hello() as Hello;
  // Every result of hardmax is 0 or 1, and 1 is a power of two: at A the ends of its range are floats.
  const isToldAt = (gate: Grade) => (op: Op) => gate !== 'A' || op !== spec.hardmax;
  const told = gates.flatMap((gate) =>
    operators.filter(isToldAt(gate)).map((op) => [op.id, gate, op] as const),
  );
  it.each(told)('%s, %s', (_, gate, op) => {
    const found = subjectOf(reference, hello, op, { seed, minGrade: gate })!;
    // A range does not know the sign of a zero.
    const subject = { ...found, policy: { ...strict, signedZero: 'ignore' as const } };
    let compared = 0;
    const holds = (c: Case, side: 1 | -1): boolean => {
      const ranges = exactly(op, c, at(gate));
      const ends: readonly number[] =
        op.kind === 'elementwise' ? op.range(c.settings as never) : [];
      const pairs = ranges.map((range) => {
        const end = range && (side > 0 ? range.hi : range.lo);
        if (end === undefined || !Number.isFinite(end) || ends.includes(end)) return undefined;
        return besides(range!, side, ends);
      });
      return ([0, 1] as const).every((which) => {
        const got = tensor(
          lift(op, c.tensors, c.settings).shape,
          pairs.map((pair) => pair?.[which] ?? 0),
        );
        const judged = judgeReply(subject, { ...c, want: ['out'] }, { out: toPayload(got) });
        if (judged.status !== 'judged') return true;
        return judged.numbers.every(({ index, verdict }) => {
          if (!pairs[index]) return true;
          compared++;
          return isAtLeast(verdict.grade, gate) === (which === 0);
        });
      });
    };
    fc.assert(fc.property(everyday(op), fc.constantFrom<1 | -1>(1, -1), holds), {
      seed,
      numRuns: 12,
    });
    expect(compared).toBeGreaterThan(0);
  });
});

/** An operator whose answers are fed into another one. */
interface Chain {
  readonly name: string;
  readonly inner: Op;
  readonly outer: Op;
  /** What the outer one takes beside them, given the shape of the answer. */
  readonly beside: (shape: readonly number[]) => { readonly [input: string]: Tensor };
  readonly settings?: object;
}
const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const quarters = (shape: readonly number[]) => ({
  target: tensor(
    shape,
    Array.from({ length: size(shape) }, (_, i) => (i % 5) / 4),
  ),
});
const firstClass = ([n]: readonly number[]) => ({
  target: tensor([n!], new Array(n!).fill(0), 'i64'),
});
const chains: readonly Chain[] = [
  { inner: spec.logSoftmax, outer: spec.nllLoss, beside: firstClass },
  { inner: spec.logSoftmax, outer: spec.klDiv, beside: quarters },
  {
    inner: spec.logSoftmax,
    outer: spec.klDiv,
    beside: quarters,
    settings: { reduction: 'batchmean' },
  },
  {
    inner: spec.sigmoid,
    outer: spec.binaryCrossEntropy,
    beside: quarters,
    settings: { reduction: 'none' },
  },
  { inner: spec.tanh, outer: spec.softplus, beside: () => ({}) },
  { inner: spec.tanh, outer: spec.relu, beside: () => ({}) },
  { inner: spec.sigmoid, outer: spec.binaryCrossEntropyWithLogits, beside: quarters },
  { inner: spec.logSoftmax, outer: spec.crossEntropy, beside: firstClass },
  { inner: spec.logSoftmax, outer: spec.softmax, beside: () => ({}) },
].map((chain) => ({ ...chain, name: `${chain.outer.id} of ${chain.inner.id}` }));

const rows = (c: Case): Case => {
  const { input } = c.tensors;
  const columns = input!.shape.at(-1) ?? 1;
  const shape = [input!.data.length / columns, columns];
  return { ...c, tensors: { input: { ...input!, shape } } };
};

describe('a composed range holds what its stages may answer', () => {
  it.each(chains)('$name', ({ inner, outer, beside, settings = {} }) => {
    let held = 0;
    const drawn = fc.tuple(
      bounded(inner).map(rows),
      fc.array(fc.constantFrom(0, 0.25, 1), { minLength: 64, maxLength: 64 }),
      fc.constantFrom<Grade>('S', 'A', 'B', 'C', 'D', 'E'),
    );
    const holds = (c: Case, choices: readonly number[], gate: Grade): boolean => {
      const { shape } = c.tensors.input!;
      const given = { ...c, settings: 'dim' in c.settings ? { dim: -1 } : {} };
      const ranges = exactly(inner, given, at(gate));
      if (ranges.includes(undefined)) return true;
      const answer = ranges.map((range, i) => within(range!, choices[i % 64]!));
      const computed: Computed = { tensor: tensor(shape, answer), ranges };
      const fed = { input: computed, ...beside(shape) };
      const composed = rangesOf(placed(outer, fed, settings), fed, at(gate));
      const exact = { input: tensor(shape, answer), ...beside(shape) };
      const single = rangesOf(placed(outer, exact, settings), exact, at(gate));
      return composed.every((range, i) => {
        const part = single[i];
        if (!range || !part) return true;
        held++;
        return range.lo <= part.lo && part.hi <= range.hi;
      });
    };
    fc.assert(
      fc.property(drawn, ([c, choices, gate]) => holds(c, choices, gate)),
      {
        seed,
        numRuns: 200,
      },
    );
    expect(held).toBeGreaterThan(100);
  });
});

/** A float32 that lies so far between the ends, or next to that. */
function within({ lo, hi }: Range, part: number): number {
  const x = Math.fround(lo + (hi - lo) * part);
  if (x > hi) return next(x, -1n);
  return x < lo ? next(x, 1n) : x;
}

// Silence ----------------------------------------------------------------------------------------

const scalar = (x: number) => tensor([1], [x]);

/** Binary cross-entropy of a sigmoid, at grade C. */
function throughSigmoid(z: number, t: number): Range | undefined {
  const input = { input: scalar(z) };
  const probability = {
    tensor: scalar(0.5),
    ranges: exactly(spec.sigmoid, { tensors: input, settings: {} }, at('C')),
  };
  const fed = { input: probability, target: scalar(t) };
  return rangesOf(placed(spec.binaryCrossEntropy, fed, {}), fed, at('C'))[0];
}

describe('what cannot be told', () => {
  it('is decided where the probability is in the middle', () => {
    const range = throughSigmoid(2, 1)!;
    expect(isWithin(0.126928, range, float32)).toBe(true);
    expect(isWithin(0.1271, range, float32)).toBe(false);
    expect(decides(range, float32)).toBe(true);
  });

  it('is not decided where the probability may be 0 or 1', () => {
    expect(throughSigmoid(18, 0)).toBeUndefined();
    expect(throughSigmoid(-103, 1)).toBeUndefined();
  });

  it('is not decided by a range that is wider than its number', () => {
    const input = { input: scalar(2e-7) };
    const ranges = exactly(spec.sigmoid, { tensors: input, settings: {} }, at('C'));
    const stretched = monotone(([p]) => 2 * p! - 1, { tensor: scalar(0.5), ranges });
    expect(isWithin(1e-7, stretched.ranges[0]!, float32)).toBe(true);
    expect(decides(stretched.ranges[0]!, float32)).toBe(false);
  });

  it('is not decided beyond an overflow', () => {
    const tensors = { input: tensor([1, 2], [3e38, 3e38]), weight: tensor([1, 2], [2, 2]) };
    const ranges = exactly(spec.linear, { tensors, settings: {} }, at('C'));
    expect(isWithin(Infinity, ranges[0]!, float32)).toBe(true);
    const fed = { input: { tensor: tensor([1, 1], [Infinity]), ranges } };
    expect(rangesOf(placed(spec.tanh, fed, {}), fed, at('C'))).toEqual([undefined]);
    expect(monotone(([y]) => y! / 2, fed.input).ranges).toEqual([undefined]);
    expect(summed(fed.input, [[0]]).ranges).toEqual([undefined]);
  });

  it('is nothing where every answer passes', () =>
    expect(exactly(spec.tanh, { tensors: { input: scalar(1) }, settings: {} }, at('F'))).toEqual([
      undefined,
    ]));
});

describe('numbers within ranges', () => {
  const range = (lo: number, hi: number, scale = 0): Range => ({ lo, hi, scale });

  it('NaN is only NaN', () => {
    const nan = range(NaN, NaN);
    expect(isWithin(NaN, nan, float32)).toBe(true);
    expect(isWithin(0, nan, float32)).toBe(false);
    expect(isWithin(NaN, range(0, 1), float32)).toBe(false);
    expect(decides(nan, float32)).toBe(true);
  });

  it('infinity stands for what is beyond the largest number of the format', () => {
    expect(isWithin(Infinity, range(3.5e38, 3.6e38), float32)).toBe(true);
    expect(isWithin(Infinity, range(3.5e38, 3.6e38), float64)).toBe(false);
    expect(isWithin(Infinity, range(65000, 65600), float16)).toBe(true);
    expect(isWithin(-Infinity, range(-3.6e38, -3.5e38), float32)).toBe(true);
    expect(isWithin(-Infinity, range(3.5e38, 3.6e38), float32)).toBe(false);
  });

  it('a range that holds both signs decides only beside what was added up', () => {
    expect(decides(range(-1, 1), float32)).toBe(false);
    expect(decides(range(-1, 1, 100), float32)).toBe(false);
    expect(decides(range(-1, 1, 1000), float32)).toBe(true);
    // Next to 0 a result of a few subnormals is as good as told.
    expect(decides(range(-(2 ** -140), 2 ** -140), float32)).toBe(true);
  });

  it('a candidate that flushes may answer 0 for what is subnormal', () => {
    const c = { tensors: { input: scalar(-100) }, settings: {} };
    const flushes = { ...at('C'), policy: { ...strict, flushes: true } };
    expect(isWithin(0, exactly(spec.sigmoid, c, flushes)[0]!, float32)).toBe(true);
    expect(isWithin(0, exactly(spec.sigmoid, c, at('C'))[0]!, float32)).toBe(false);
  });
});

describe('calculating with answers', () => {
  const computed: Computed = {
    tensor: tensor([3], [1, 2, 4]),
    ranges: [
      { lo: 0.5, hi: 1.5, scale: 1 },
      { lo: 1, hi: 3, scale: 2 },
      { lo: 4, hi: 4.5, scale: 4 },
    ],
  };

  it('ends stay in order where a function falls', () => {
    const { tensor: result, ranges } = monotone(([y], i) => i - y!, computed);
    expect(result.data).toEqual([-1, -1, -2]);
    expect(ranges[2]).toEqual({ lo: -2.5, hi: -2, scale: 0 });
  });

  it('ends of two tensors go together', () => {
    const { ranges } = monotone(([x, y]) => 2 * x! + y!, computed, computed);
    expect(ranges[0]).toEqual({ lo: 1.5, hi: 4.5, scale: 0 });
  });

  it('sums add up numbers, ends and scales', () => {
    const { tensor: result, ranges } = summed(computed, [[0, 2], [1]]);
    expect(result.data).toEqual([5, 2]);
    expect(ranges).toEqual([
      { lo: 4.5, hi: 6, scale: 5 },
      { lo: 1, hi: 3, scale: 2 },
    ]);
  });

  it('what is allowed around one number is allowed around another', () =>
    expect(around(1, computed).ranges[1]).toEqual({ lo: 0, hi: 2, scale: 2 }));
});
