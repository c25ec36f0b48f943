/**
 * # Linear layer
 *
 *     y_c = Σ_d x_d W_cd + b_c
 *
 * The weight has one row for each output, so that with whole tensors it is y = x Wᵀ + b.
 */
import { type Real, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';

const products = (x: readonly Real[], w: readonly Real[]): readonly Real[] =>
  x.map((xd, d) => xd.times(w[d]!));

export const linear = rowwise({
  id: 'linear',
  params: {},
  inputs: {
    input: reals('* D'),
    weight: reals('C D'),
    bias: reals('C', { absent: 0 }),
  },
  over: '* C',
  output: '* C',

  f: ({ input: x, weight: w, bias: b }) => [sum(products(x, w)).plus(b)],
  addends: ({ input: x, weight: w, bias: b }) => [[...products(x, w), b]],
  derivative: {
    input: ({ weight: w }, [u]) => w.map((wd) => [wd.times(u!)]),
    weight: ({ input: x }, [u]) => x.map((xd) => [xd.times(u!)]),
    bias: (_, [u]) => [[u!]],
  },

  clauses: {
    'LIN-1': ['value', 'Every result is the sum of the products of two vectors, and a bias.'],
    'LIN-2': ['value', 'Without a bias nothing is added.'],
    'LIN-3': ['batch', 'Vectors do not see each other.'],
    'LIN-4': ['gradient', 'The gradients of weight and bias sum over all vectors.'],
    'LIN-5': ['special rows', 'An infinite or NaN factor follows IEEE rules: 0 · ∞ is NaN here.'],
    'LIN-6': ['three-heads-are-one-function', 'It carries the weights of a classification head.'],
  },

  dialects: {
    pytorch: { name: 'nn.functional.linear' },
    onnx: { name: 'Gemm', opset: 13, fixed: { transB: 1 }, ranks: [2] },
    jax: { name: 'flax.linen.Dense', note: 'the kernel has shape [D, C]' },
    keras: { name: 'keras.layers.Dense', note: 'the kernel has shape [D, C]' },
    tfjs: { name: 'tf.layers.dense', note: 'the kernel has shape [D, C]' },
    tinygrad: { name: 'Tensor.linear', note: 'the weight has shape [D, C]' },
  },
  sources: ['ONNX operator Gemm-13', 'PyTorch torch.nn.functional.linear'],
});
