/**
 * # SELU: scaled exponential linear unit
 *
 *     selu(x) = λ x                where x > 0
 *               λα (e^x − 1)       elsewhere
 *
 * λ and α are such that mean 0 and variance 1 are kept from layer to layer. They are the decimals that
 * PyTorch writes, and λα is their exact product; the slope jumps at 0 from λα to λ.
 */
import { exp, expm1 } from '../functions.ts';
import { elementwise } from '../op.ts';
import { real } from '../real.ts';

/** λ, α and λα. */
export const LAMBDA = '1.0507009873554804934';
const ALPHA = 1.6732632;
export const LAMBDA_ALPHA = '1.75809934084737685988995791245045632032';

export const selu = elementwise({
  id: 'selu',
  params: {},

  f: (x) => (x.gt(0) ? x.times(LAMBDA) : expm1(x).times(LAMBDA_ALPHA)),
  df: (x) => (x.gt(0) ? real(LAMBDA) : exp(x).times(LAMBDA_ALPHA)),

  edges: () => ({
    negInf: `-${LAMBDA_ALPHA}`,
    ...{ negZero: -0, posZero: 0, posInf: Infinity, nan: NaN },
  }),
  slopes: () => ({ negInf: 0, posInf: LAMBDA }),
  kinks: () => [{ at: 0, left: LAMBDA_ALPHA, right: LAMBDA, torch: LAMBDA_ALPHA }],
  // e^x rounds to 1; it is all lost beside 1; λx overflows float32.
  points: () => [-(2 ** -25), -17.32868, 3.2386e38],
  range: () => [-1.7580994, Infinity],
  isIncreasing: () => true,

  clauses: {
    'SELU-1': ['value', 'For x > 0 the result is λx, rounded once.'],
    'SELU-2': ['value', 'Near 0 the left side keeps its digits: it is close to λαx, not 0.'],
    'SELU-3': ['edges', 'selu(−∞) is −λα = −1.7580993, and selu(±0) is ±0.'],
    'SELU-4': ['gradient', 'The slope at 0 is λα; anything from λ to λα is a subgradient.'],
    'SELU-5': ['range', 'Results are above −1.7580994.'],
    'SELU-6': ['monotone', 'selu never decreases.'],
    'SELU-7': ['selu-is-elu-scaled', 'selu(x) is elu(x) times λ for x > 0 and times λα for x < 0.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.selu',
      differs: [
        {
          where: 'the gradient at NaN, in scalar loops',
          formula: { slopes: () => ({ nan: LAMBDA }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 1.0507009873554805 },
        },
      ],
    },
    onnx: {
      name: 'Selu',
      opset: 22,
      differs: [
        {
          where: 'float64: the constants are float32 numbers, α = 1.6732631921768188',
          formula: {
            f: (x) =>
              (x.gt(0) ? x : expm1(x).times(Math.fround(ALPHA))).times(Math.fround(Number(LAMBDA))),
          },
          witness: { in: { input: 1 }, spec: 1.0507009873554805, theirs: 1.0507010221481323 },
        },
        {
          where: 'x = −0: λ(αe^x − α) is +0',
          formula: { edges: () => ({ negZero: 0 }) },
          witness: { in: { input: -0 }, spec: -0, theirs: 0 },
        },
      ],
    },
    jax: { name: 'jax.nn.selu' },
    keras: { name: 'keras.activations.selu' },
    tfjs: { name: 'tf.selu' },
    tinygrad: { name: 'Tensor.selu' },
  },
  sources: ['Klambauer et al. 2017, arXiv:1706.02515, appendix A3', 'ONNX operator Selu-22'],
});
