/**
 * # Twenty mistakes that float32 invites
 *
 * Each is code that people write, in float32 where the mistake is a rounding: `f32` after every step
 * that a float32 program would round. Where the formula itself is the mistake, it is evaluated in
 * float64 and rounded once, so that nothing else is wrong with it.
 */
export interface Bug {
  readonly op: string;
  /** What the code does. */
  readonly name: string;
  readonly code: (x: number) => number;
}

const f32 = Math.fround;
const exp = (x: number): number => f32(Math.exp(x));
const log = (x: number): number => f32(Math.log(x));
const log1p = (x: number): number => f32(Math.log1p(x));
const tanh = (x: number): number => f32(Math.tanh(x));
const erf = (x: number): number => f32(erfOf(x));
const { abs, max, min, sqrt, PI, SQRT2 } = Math;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const sigmoid = (x: number): number => f32(logistic(x));

/** erf in float64: 2x/√π · e^(−x²) · Σ (2x²)ⁿ / (1·3·5⋯(2n+1)), all terms of one sign; ±1 from 6 on. */
function erfOf(x: number): number {
  if (abs(x) >= 6) return Math.sign(x);
  let [term, total] = [1, 1];
  for (let n = 1; term > total * 2 ** -60; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return ((2 * x) / sqrt(PI)) * Math.exp(-x * x) * total;
}

const sigmoids: readonly Bug[] = [
  {
    op: 'sigmoid',
    name: 'exp(x) / (1 + exp(x))',
    code: (x) => f32(exp(x) / f32(1 + exp(x))),
  },
  {
    op: 'sigmoid',
    name: '0.5 (1 + tanh(x / 2))',
    code: (x) => f32(0.5 * f32(1 + tanh(f32(x / 2)))),
  },
  {
    op: 'sigmoid',
    name: 'clamped to [1e-7, 1 - 1e-7]',
    code: (x) => min(max(sigmoid(x), f32(1e-7)), f32(1 - 1e-7)),
  },
  {
    op: 'sigmoid',
    name: '0 below -87',
    code: (x) => (x < -87 ? 0 : sigmoid(x)),
  },
  {
    op: 'silu',
    name: 'x 0.5 (1 + tanh(x / 2))',
    code: (x) => f32(x * f32(0.5 * f32(1 + tanh(f32(x / 2))))),
  },
];

const exponentials: readonly Bug[] = [
  {
    op: 'elu',
    name: 'exp(x) - 1',
    code: (x) => (x > 0 ? x : f32(exp(x) - 1)),
  },
  {
    op: 'tanh',
    name: '(exp(2x) - 1) / (exp(2x) + 1)',
    code: (x) => f32(f32(exp(f32(2 * x)) - 1) / f32(exp(f32(2 * x)) + 1)),
  },
  {
    op: 'tanh',
    name: 'x for |x| < 0.02',
    code: (x) => (abs(x) < 0.02 ? x : tanh(x)),
  },
  {
    op: 'gelu',
    name: 'the approximation by tanh',
    // ½ (1 + tanh u) = σ(2u), and the tail is not lost.
    code: (x) => f32(x * logistic(2 * sqrt(2 / PI) * (x + 0.044715 * x ** 3))),
  },
  {
    op: 'gelu',
    name: '0.5 x (1 + erf(x / sqrt(2)))',
    code: (x) => f32(f32(0.5 * x) * f32(1 + erf(f32(x / SQRT2)))),
  },
  {
    op: 'gelu',
    name: 'x sigmoid(1.702 x)',
    code: (x) => f32(x * logistic(1.702 * x)),
  },
];

const logarithms: readonly Bug[] = [
  {
    op: 'softplus',
    name: 'log(1 + exp(x))',
    code: (x) => log(f32(1 + exp(x))),
  },
  {
    op: 'softplus',
    name: 'x above 10',
    code: (x) => (x > 10 ? x : log1p(exp(x))),
  },
  {
    op: 'softplus',
    name: 'max(x, 0) + log(1 + exp(-|x|))',
    code: (x) => f32(max(x, 0) + log(f32(1 + exp(-abs(x))))),
  },
  {
    op: 'logsigmoid',
    name: 'log(sigmoid(x))',
    code: (x) => log(sigmoid(x)),
  },
  {
    op: 'mish',
    name: 'x tanh(log(1 + exp(x)))',
    code: (x) => f32(x * tanh(log(f32(1 + exp(x))))),
  },
];

/** Of the class that leads the other one by x. */
const twoClasses: readonly Bug[] = [
  {
    op: 'log-softmax',
    name: 'log(softmax(x))',
    code: (x) => log(sigmoid(x)),
  },
  {
    op: 'log-softmax',
    name: 'the maximum is not subtracted',
    code: (x) => f32(x - log(f32(exp(x) + 1))),
  },
];

/** For the target 1. */
const losses: readonly Bug[] = [
  {
    op: 'binary-cross-entropy-with-logits',
    name: '-log(max(sigmoid(x), 1e-7))',
    code: (x) => -log(max(sigmoid(x), f32(1e-7))),
  },
  {
    op: 'binary-cross-entropy-with-logits',
    name: 'the logarithm is at least -100',
    code: (x) => -max(log(sigmoid(x)), -100),
  },
];

export const bugs: readonly Bug[] = [
  ...sigmoids,
  ...exponentials,
  ...logarithms,
  ...twoClasses,
  ...losses,
];
