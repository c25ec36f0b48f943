/**
 * # Hard sigmoid
 *
 *     hardsigmoid(x) = min(max(x + 3, 0), 6) / 6
 *
 * A sixth, exactly: not a product with a number near 1/6. ONNX's HardSigmoid is another function,
 * 0.2 x + 0.5 unless told otherwise: hard-sigmoid-affine.
 */
import { real } from '../functions.ts';
import { elementwise } from '../op.ts';

export const hardsigmoid = elementwise({
  id: 'hardsigmoid',
  params: {},

  f(x) {
    if (!x.gt(-3)) return real(0);
    return x.lt(3) ? x.plus(3).div(6) : real(1);
  },
  df: (x) => (x.gt(-3) && x.lt(3) ? real(1).div(6) : real(0)),

  edges: () => ({ negInf: 0, negZero: 0.5, posZero: 0.5, posInf: 1, nan: NaN }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  kinks: () => [
    { at: -3, left: 0, right: 1 / 6, torch: 0 },
    { at: 3, left: 1 / 6, right: 0, torch: 0 },
  ],
  range: () => [0, 1],
  isIncreasing: () => true,

  clauses: {
    'HSIG-1': ['range', 'Results are from 0 to 1, and 0 and 1 beyond −3 and 3.'],
    'HSIG-2': ['value', 'Just right of −3 the result keeps its digits.'],
    'HSIG-3': ['edges', 'hardsigmoid(±0) is ½.'],
    'HSIG-4': ['gradient', 'The slope is 1/6 between −3 and 3, and 0 at them and beyond.'],
    'HSIG-5': ['monotone', 'hardsigmoid never decreases.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.hardsigmoid',
      differs: [
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 0 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 0 },
        },
        {
          where: 'the gradient in float64: 1/6 is a float32 there',
          formula: { df: (x) => (x.gt(-3) && x.lt(3) ? Math.fround(1 / 6) : undefined) },
          witness: {
            in: { input: 0 },
            of: 'grad:input',
            spec: 0.16666666666666666,
            theirs: 0.1666666716337204,
          },
        },
      ],
    },
    jax: { name: 'jax.nn.hard_sigmoid' },
    keras: { name: 'keras.activations.hard_sigmoid' },
    tinygrad: { name: 'Tensor.hardsigmoid', note: 'with alpha = 1/6, rounded' },
  },
  sources: ['Howard et al. 2019, "Searching for MobileNetV3", arXiv:1905.02244'],
});
