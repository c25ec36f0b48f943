/**
 * # What textbooks and first versions of libraries write
 *
 * Code of one number x, for operators in which the formula matters. For rows and losses x is the first
 * element of the section that is plotted: two classes, the other logit 0, the first one being right.
 */

export interface Textbook {
  /** Where the error is shown. */
  readonly from: number;
  readonly to: number;
  readonly code: readonly string[];
}

const NAIVE = 'log(exp(x) + exp(0)) - x';
const SHIFTED = 'log(exp(x - max(x, 0)) + exp(0 - max(x, 0))) + max(x, 0) - x';
const KEPT = 'log1p(exp(-abs(x))) + max(-x, 0)';
const entropy: Textbook = { from: -30, to: 120, code: [NAIVE, SHIFTED, KEPT] };

export const textbooks: { readonly [id: string]: Textbook } = {
  sigmoid: {
    from: -110,
    to: 30,
    code: ['1 / (1 + exp(-x))', 'exp(x) / (1 + exp(x))', '0.5 * (1 + tanh(x / 2))'],
  },
  logsigmoid: {
    from: -110,
    to: 30,
    code: ['log(1 / (1 + exp(-x)))', '-log(1 + exp(-x))', 'min(x, 0) - log1p(exp(-abs(x)))'],
  },
  softplus: {
    from: -30,
    to: 110,
    code: ['log(1 + exp(x))', 'log1p(exp(x))', 'max(x, 0) + log1p(exp(-abs(x)))'],
  },
  tanh: {
    from: -2,
    to: 2,
    code: ['(exp(x) - exp(-x)) / (exp(x) + exp(-x))', '2 / (1 + exp(-2 * x)) - 1'],
  },
  tanhshrink: { from: -2, to: 2, code: ['x - tanh(x)'] },
  elu: {
    from: -4,
    to: 1,
    code: ['max(x, 0) + min(exp(x) - 1, 0)', 'max(x, 0) + min(expm1(x), 0)'],
  },
  celu: {
    from: -4,
    to: 1,
    code: ['max(x, 0) + min(exp(x) - 1, 0)', 'max(x, 0) + min(expm1(x), 0)'],
  },
  selu: {
    ...{ from: -4, to: 1 },
    code: [
      '1.0507009873554804934193349852946 * (max(x, 0) + 1.6732632423543772848170429916717 * min(exp(x) - 1, 0))',
    ],
  },
  gelu: {
    from: -14,
    to: 6,
    code: ['0.5 * x * (1 + erf(x / 1.4142135623730951))'],
  },
  silu: { from: -110, to: 30, code: ['x / (1 + exp(-x))', 'x * (1 / (1 + exp(-x)))'] },
  mish: { from: -30, to: 100, code: ['x * tanh(log(1 + exp(x)))', 'x * tanh(log1p(exp(x)))'] },
  squareplus: { from: -1000, to: 1000, code: ['(x + sqrt(x * x + 4)) / 2'] },
  softsign: { from: -10, to: 10, code: ['x / (1 + abs(x))'] },
  'soft-cap': { from: -200, to: 200, code: ['30 * tanh(x / 30)'] },
  softmax: {
    from: -120,
    to: 120,
    code: [
      'exp(x) / (exp(x) + exp(0))',
      'exp(x - max(x, 0)) / (exp(x - max(x, 0)) + exp(0 - max(x, 0)))',
    ],
  },
  'log-softmax': {
    ...{ from: -30, to: 120 },
    code: [
      'x - log(exp(x) + exp(0))',
      'x - max(x, 0) - log(exp(x - max(x, 0)) + exp(0 - max(x, 0)))',
      '-(log1p(exp(-abs(x))) + max(-x, 0))',
    ],
  },
  'log-sum-exp': {
    from: -30,
    to: 120,
    code: [
      'log(exp(x) + exp(0))',
      'max(x, 0) + log(exp(x - max(x, 0)) + exp(0 - max(x, 0)))',
      'max(x, 0) + log1p(exp(-abs(x)))',
    ],
  },
  'cross-entropy': entropy,
  'binary-cross-entropy-with-logits': {
    from: -120,
    to: 120,
    code: ['-log(1 / (1 + exp(-x)))', 'log(1 + exp(-x))', KEPT],
  },
  'soft-margin-loss': { from: -120, to: 120, code: ['log(1 + exp(-x))', KEPT] },
  'log-cosh-loss': {
    from: -100,
    to: 100,
    code: ['log(cosh(x))', 'abs(x) + log1p(exp(-2 * abs(x))) - 0.6931471805599453'],
  },
};
