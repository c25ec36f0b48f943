/**
 *     logSoftmax(x + c) = logSoftmax(x)    where every x + c is exact
 *
 * The question is a batch of two rows, of which the second one is the first one shifted.
 */
import fc from 'fast-check';
import { logSoftmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { tensor } from '../../spec/tensor.ts';
import { asked, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

/** Whole numbers below 2²² on a grid of any fineness: every sum of two of them is a float32. */
const WHOLE = 2 ** 22 - 1;
const whole = fc.oneof(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -WHOLE, max: WHOLE }));

const questions = fc
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

export const certified = stated(questions, ({ tensors: { input }, settings }) => {
  const [first, second] = [0, 1].map((row) => {
    const { shape, data } = input!;
    const length = shape[1]!;
    const part = Array.from(data).slice(row * length, (row + 1) * length);
    const lifted = lift(logSoftmax, { input: tensor([length], part) }, settings);
    return () => results(lifted);
  });
  return same(first!, second!);
});

export const law = identity({
  name: 'log-softmax-does-not-change-under-shifts',
  says: 'adding c to every element changes nothing where every x + c is exact',
  ops: [logSoftmax],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { tensor: answer, ranges } = await ask(logSoftmax, tensors, settings);
    const { length } = ranges;
    // Both rows are held to where the first one may lie.
    const first = Array.from(ranges, (_, i) => ranges[i % (length / 2)]);
    return { 'log-softmax of x and of x + c': { tensor: answer, ranges: first } };
  },
});
