/**
 * # RReLU: randomized leaky ReLU
 *
 *     rrelu(x, r) = x      where x > 0
 *                   s x    elsewhere,     s = lower + (upper − lower) · r
 *
 * In training every element has a slope of its own, drawn evenly from lower to upper. Here the noise r
 * is an input, so that training is a function too. Without it r is ½, which is exactly evaluation: the
 * slope is the middle of the two. Nothing flows back into the noise.
 */
import { isNan, isSilenced, type Real, scaled } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { number } from '../param.ts';
import { factor } from './prelu.ts';

interface Bounds {
  readonly lower: Real;
  readonly upper: Real;
}
interface Pair {
  readonly input: Real;
  readonly noise: Real;
}
const factorOf = ({ input: x, noise: r }: Pair, { lower, upper }: Bounds): Real =>
  factor(x, lower.plus(upper.minus(lower).times(r)));
const product = (pair: Pair, p: Bounds): Real => scaled(factorOf(pair, p), pair.input);

export const rrelu = rowwise({
  id: 'rrelu',
  params: {
    lower: number({ default: 1 / 8, draw: [-2, 2] }),
    upper: number({ default: 1 / 3, draw: [-2, 2] }),
  },
  inputs: {
    input: reals('*'),
    noise: reals('*', { absent: 0.5, min: 0, max: 1, differentiable: false }),
  },
  over: '*',
  output: '*',
  refuse({ lower, upper }) {
    if (lower > upper)
      throw new RangeError(`rrelu: lower = ${lower} should be at most upper = ${upper}`);
  },

  f: (pair, p) => [product(pair, p)],
  addends: (pair, p) => [[product(pair, p)]],
  derivative: {
    input: (pair, [u], p) => [[factorOf(pair, p).times(u!)]],
  },

  clauses: {
    'RRELU-1': [
      'rrelu-without-noise-is-leaky-relu-of-the-middle',
      'Without noise it is leaky-relu with the slope (lower + upper) / 2.',
    ],
    'RRELU-2': ['parameters', 'Noise from 0 to 1 takes the slope from lower to upper.'],
    'RRELU-3': ['errors', 'lower above upper is refused.'],
    'RRELU-4': ['gradient', 'At x = 0 the slope is that of the left side.'],
    'RRELU-5': ['special rows', 'A slope of 0 makes 0 of −∞; NaN stays NaN.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.rrelu',
      lacks: ['noise'],
      note: 'training = True draws the noise; in training the gradient at NaN is 1',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: {
            derivative: {
              input: ({ input: x }, [u], { lower, upper }) => [
                isNan(x) ? [lower.plus(upper).div(2).times(u!)] : undefined,
              ],
            },
          },
          witness: {
            in: { input: NaN },
            params: { lower: 0, upper: 0.5 },
            of: 'grad:input',
            spec: NaN,
            theirs: 0.25,
          },
        },
        {
          where: 'x = −∞ with slope 0',
          formula: {
            f: (pair, p) => [isSilenced(factorOf(pair, p), pair.input) ? NaN : undefined],
          },
          witness: {
            in: { input: -Infinity },
            params: { lower: 0, upper: 0 },
            spec: 0,
            theirs: NaN,
          },
        },
      ],
    },
  },
  sources: ['Xu et al. 2015, arXiv:1505.00853', 'PyTorch torch.nn.RReLU'],
});
