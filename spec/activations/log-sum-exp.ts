/**
 * # Log-sum-exp
 *
 *     lse(x) = log Σⱼ e^(xⱼ)
 *
 * A smooth maximum: max x ≤ lse(x) ≤ max x + ln C. An infinite maximum is the result, although such
 * a row has no softmax and hence no gradient: that is NaN. An axis of length 0 gives −∞ = log 0.
 */
import {
  exp,
  isTop,
  largest,
  logSumExp as logSumExpOf,
  type Real,
  real,
  softmax,
} from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise } from '../op.ts';
import { axis } from '../param.ts';

/** m and lse(x) − m, which is nothing beside an infinite m, and has no slope there. */
export function logSumExpParts(x: readonly Real[]): readonly [Real, Real] {
  const { m, rest } = logSumExpOf(x);
  if (m.isFinite()) return [m, rest];
  const nothing = rest.through(
    () => real(0),
    () => real(NaN),
  );
  return [m, nothing];
}

export const logSumExp = rowwise({
  id: 'log-sum-exp',
  params: { dim: axis({ default: -1 }) },
  inputs: { input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }) },
  over: '*',
  output: '*',

  f({ input: x }) {
    const [m, rest] = logSumExpParts(x);
    return [m.plus(rest)];
  },
  addends: ({ input: x }) => [logSumExpParts(x)],
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm.
  textbook: () => [[real(1)]],
  derivative: {
    input: ({ input: x }, u) => softmax(x).map((p) => [p.times(u[0]!)]),
  },

  clauses: {
    'LSE-1': ['value', 'Near 0 the result keeps its digits as far as its two parts have them.'],
    'LSE-2': ['special rows', 'A row of −∞ only gives −∞, one with +∞ gives +∞.'],
    'LSE-3': ['special rows', 'A row with NaN gives NaN, even beside +∞.'],
    'LSE-4': ['special rows', 'One −∞ among finite elements changes nothing.'],
    'LSE-5': ['gradient', 'The gradient is softmax(x), and NaN where the result is infinite.'],
    'LSE-6': [
      'cross-entropy-is-log-sum-exp-minus-the-logit',
      'cross-entropy(x, y) = log-sum-exp(x) − x_y.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'logsumexp',
      note: 'dim is required; it may be several',
      differs: [
        {
          where: 'the gradient beside a single +∞',
          formula: {
            derivative: {
              input: ({ input: x }, [u]) =>
                x.map((xi) =>
                  isTop(largest(x))
                    ? [isTop(xi) ? real(NaN) : exp(xi.minus(largest(x))).times(u!)]
                    : undefined,
                ),
            },
          },
          witness: {
            in: { input: [Infinity, 0] },
            of: 'grad:input',
            element: 1,
            spec: NaN,
            theirs: 0,
          },
        },
      ],
    },
    onnx: {
      name: 'ReduceLogSumExp',
      opset: 13,
      ranks: [1, 2, 3, 4, 5],
      attributes: { dim: 'axes' },
      fixed: { keepdims: 0 },
    },
    jax: { name: 'jax.nn.logsumexp', note: 'without axis it reduces all axes' },
    keras: { name: 'keras.ops.logsumexp', note: 'without axis it reduces all axes' },
    tfjs: { name: 'tf.logSumExp', note: 'without axis it reduces all axes' },
    tinygrad: { name: 'Tensor.logsumexp', note: 'without axis it reduces all axes' },
  },
  sources: ['ONNX operator ReduceLogSumExp-13', 'PyTorch torch.logsumexp'],
});
