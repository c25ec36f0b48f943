/**
 * # Hard sigmoid with parameters
 *
 *     hardSigmoidAffine(x) = min(max(αx + β, 0), 1),     its slope = α where 0 < αx + β < 1, else 0
 *
 * Where αx + β is inside depends on the exact sum: `from` is the last x for which it is not above 0,
 * `to` the last for which it is below 1.
 */
import { elementwise } from '../elementwise.ts';
import { twoProduct } from '../kernel/double.ts';
import { always } from '../kernel/expression.ts';
import { cancelling, kernelOf } from '../kernel/kernel.ts';
import { exactSum } from '../math/exact-sum.ts';
import { lastFloat } from '../math/last-float.ts';
import { isShort } from '../math/parts.ts';
import { number } from '../parameters.ts';

const hardSigmoidAffineKernels = {
  value: kernelOf(
    'hard-sigmoid-affine',
    (x, _, { alpha, beta, least, most, from, to }) => {
      const z = x.max(least).min(most);
      const line = cancelling(z.times(alpha), beta);
      return {
        value: from.ifLess(z, to.ifLess(z, always(1, x), line.value), always(0, x)),
        // What is 0 without any error is told from its neighbours only if nothing is added to it.
        scale: from.ifLess(z, to.ifLess(z, 1, line.scale), 2 ** -1060),
      };
    },
    { parameters: ['alpha', 'beta', 'least', 'most', 'from', 'to'] },
  ),
  slope: kernelOf(
    'hard-sigmoid-affine′',
    (x, _, { alpha, from, to }) => from.ifLess(x, to.ifLess(x, always(0, x), alpha), always(0, x)),
    { parameters: ['alpha', 'from', 'to'], isExact: ({ alpha }) => isShort(alpha) },
  ),
};

interface Params {
  readonly alpha: number;
  readonly beta: number;
}

const LARGEST = 2 ** 128 - 2 ** 104;

/** αx + β − c, with the right sign. */
const above = (x: number, { alpha, beta }: Params, c: number): number =>
  exactSum([...twoProduct(alpha, x), beta, -c]);

export const hardSigmoidAffine = elementwise<Params>({
  id: 'hard-sigmoid-affine',
  parameters: {
    alpha: number({ default: 0.2, min: 0, max: 2 ** 20 }),
    beta: number({ default: 0.5, min: -(2 ** 20), max: 2 ** 20 }),
  },
  kernels: hardSigmoidAffineKernels,
  constants: (params) => ({
    ...params,
    // 0·∞ is 0 here: as for the largest float32, which `from` and `to` may be.
    least: params.alpha === 0 ? -LARGEST : -Infinity,
    most: params.alpha === 0 ? LARGEST : Infinity,
    from: lastFloat((x) => above(x, params, 0) <= 0),
    to: lastFloat((x) => above(x, params, 1) < 0),
  }),
});
