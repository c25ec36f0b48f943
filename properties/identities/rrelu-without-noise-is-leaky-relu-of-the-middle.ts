/**
 *     rrelu(x) = leakyRelu(x; (lower + upper) / 2)    where that is a float64
 */
import { leakyRelu, rrelu } from '../../spec/index.ts';
import { restated } from '../restated.ts';

/** A multiple of 2⁻²⁰, so that the middle of two is a float64. */
const short = (x: unknown): number => Math.round((x as number) * 2 ** 20) / 2 ** 20;

export const { certified, law } = restated({
  name: 'rrelu-without-noise-is-leaky-relu-of-the-middle',
  says: 'rrelu(x) without noise is leaky-relu(x) with the slope in the middle',
  op: rrelu,
  given: ({ lower, upper }) => ({ lower: short(lower), upper: short(upper) }),
  fed: ({ input }) => ({ input }),
  as: leakyRelu,
  with: ({ lower, upper }) => ({ negativeSlope: ((lower as number) + (upper as number)) / 2 }),
});
