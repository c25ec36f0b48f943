/**
 * # Rows, and the same rows shifted
 *
 * Of operators to which only differences matter. A question is a batch of two rows, of which the
 * second one is the first one with c added to every element, exactly.
 */
import fc from 'fast-check';
import { lift } from '../spec/lift.ts';
import type { Op } from '../spec/op.ts';
import { tensor } from '../spec/tensor.ts';
import type { Computed } from './computed.ts';
import { asked } from './identity.ts';
import { results, same, stated } from './same.ts';
import type { Question } from './subject.ts';

/** Whole numbers below 2²² on a grid of any fineness: every sum of two of them is a float32. */
const WHOLE = 2 ** 22 - 1;
const whole = fc.oneof(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -WHOLE, max: WHOLE }));

export const shifted: fc.Arbitrary<Question> = fc
  .record({
    row: fc.array(whole, { minLength: 1, maxLength: 5 }),
    shift: whole,
    // From subnormal steps to those of numbers that overflow any exponential.
    fineness: fc.oneof(fc.integer({ min: -20, max: 0 }), fc.integer({ min: -149, max: 100 })),
  })
  .map(({ row, shift, fineness }) => {
    const step = 2 ** fineness;
    const data = [...row, ...row.map((x) => x + shift)].map((x) => x * step);
    return asked({
      tensors: { input: tensor([2, row.length], data) },
      settings: { dim: -1 },
    });
  });

/** That both rows have the same results. */
export const certifiedOf = (op: Op): fc.IProperty<[Question]> =>
  stated(shifted, ({ tensors: { input }, settings }) => {
    const [first, second] = [0, 1].map((row) => {
      const { shape, data } = input!;
      const length = shape[1]!;
      const part = Array.from(data).slice(row * length, (row + 1) * length);
      const lifted = lift(op, { input: tensor([length], part) }, settings);
      return () => results(lifted);
    });
    return same(first!, second!);
  });

/** Both rows are held to where the first one may lie. */
export const heldToFirst = ({ tensor: answer, ranges }: Computed): Computed => {
  const { length } = ranges;
  return { tensor: answer, ranges: Array.from(ranges, (_, i) => ranges[i % (length / 2)]) };
};
