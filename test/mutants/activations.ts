/** # Bugs of activations, recreated */
import type { Payload, Reply } from '../../properties/candidate.ts';
import {
  changing,
  changingOut,
  exp,
  f32,
  log,
  logSoftmaxBy,
  mistaking,
  most,
  withParams,
} from '../planted.ts';
import type { Mutants } from './mutant.ts';
import {
  cotangent,
  dataOf,
  linesOf,
  rowSlopes,
  rows,
  slopes,
  sum,
  surprises,
  values,
} from './textbook.ts';

const { abs, max, min, sqrt, PI, LN2 } = Math;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => max(x, 0) + Math.log1p(Math.exp(-abs(x)));
const clamp = (x: number, lo: number, hi: number): number => min(max(x, lo), hi);
const softmax = (x: readonly number[]): readonly number[] => surprises(x).map((s) => Math.exp(-s));
const areFinite = (x: readonly number[]): boolean => x.every(Number.isFinite);
/** ½x(1 + tanh u) by other constants. */
const geluBy = (root: number) => (x: number) => x * sigmoid(2 * root * (x + 0.044715 * x * x * x));
/** Abramowitz and Stegun 7.1.26: erfc of z ≥ 0 to 1.5e−7. */
function roughErfc(z: number): number {
  const t = 1 / (1 + 0.3275911 * z);
  const [a, b, c, d, e] = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  return t * (a + t * (b + t * (c + t * (d + t * e)))) * Math.exp(-z * z);
}
const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
const TINY = 2 ** -126;
/** e^−x, which is ∞ early. */
const sigmoidInFloat32 = (x: number): number => f32(1 / f32(1 + exp(-x)));

const rowMutants: Mutants = {
  'softmax-all-axes': [
    'softmax',
    changing('softmax', (reply, r) => {
      const x = dataOf(r.in.input);
      return reply.out && areFinite(x)
        ? { ...reply, out: { ...reply.out, data: Float32Array.from(softmax(x)) } }
        : reply;
    }),
  ],
  'softmax-all-neginf': [
    'softmax',
    rows('softmax', (x) => (x.every((y) => y === -Infinity) ? x.map(() => 0) : undefined)),
  ],
  'softmax-plus-inf': [
    'softmax',
    rows('softmax', (x) =>
      x.filter((y) => y === Infinity).length === 1 && !x.some(Number.isNaN)
        ? x.map((y) => Number(y === Infinity))
        : undefined,
    ),
  ],
  'p-softmax-subnormal': [
    'softmax',
    rows('softmax', (_, y) => y.map((yi) => (abs(yi) < TINY ? 0 : yi))),
    /lost/,
  ],
  'lse-all-neginf': [
    'log-sum-exp',
    rows('log-sum-exp', (x) =>
      x.length > 0 && x.every((y) => y === -Infinity) ? [Number.NaN] : undefined,
    ),
  ],
  'lse-no-shift-dml': [
    'log-sum-exp',
    rows('log-sum-exp', (x) => (areFinite(x) ? [log(f32(sum(x.map(exp))))] : undefined)),
    /overflows/,
  ],
  'p-lse-underflow': [
    'log-sum-exp',
    rows('log-sum-exp', (x) =>
      areFinite(x) && most(x) < 0 ? [log(f32(sum(x.map(exp))))] : undefined,
    ),
    /overflows/,
  ],
  'p-lse-nan-swallowed': [
    'log-sum-exp',
    rows('log-sum-exp', (x, [y]) =>
      x.some(Number.isNaN) ? [most(x.filter((v) => !Number.isNaN(v)))] : [y!],
    ),
  ],
  'p-max-of-abs': ['log-softmax', logSoftmaxBy((x) => most(x.map(abs))), /overflows/],
  'p-shift-first-element': ['log-softmax', logSoftmaxBy((x) => x[0]!), /overflows/],
  'p-log-of-softmax': [
    'log-softmax',
    rows('log-softmax', (x) => (areFinite(x) ? softmax(x).map((p) => log(f32(p))) : undefined)),
    /overflows|lost/,
  ],
  'p-log-softmax-precision': [
    'log-softmax',
    rows('log-softmax', (x) =>
      areFinite(x)
        ? softmax(x).map((p, i) => (p > 0.5 ? log(f32(p)) : -surprises(x)[i]!))
        : undefined,
    ),
    /lost/,
  ],
  'p-logsoftmax-grad-sum': [
    'log-softmax',
    rowSlopes('log-softmax', (x, u) =>
      areFinite(x) ? softmax(x).map((p, i) => u[i]! - p) : undefined,
    ),
  ],
  'p-axis-negative': [
    'log-softmax',
    mistaking('log-softmax', (r) => {
      const dim = Number(r.params.dim);
      return dim < -1 ? withParams(r, { dim: -dim }) : r;
    }),
  ],
  'prelu-weight-axis': [
    'prelu',
    changing('prelu', (reply, r) => {
      const { input, weight } = r.in;
      const [n, last] = [weight!.data.length, input!.shape.at(-1)];
      if (!reply.out || n === 1 || last !== n) return reply;
      const data = dataOf(input).map((x, i) => (x > 0 ? x : Number(weight!.data[i % n]) * x));
      return { ...reply, out: { ...reply.out, data: Float32Array.from(data) } };
    }),
  ],
  'prelu-alpha-grad-by-output': [
    'prelu',
    changing('prelu', (reply, r) => {
      const gradient = reply['grad:weight'];
      const { input, weight } = r.in;
      if (!gradient || !areFinite(dataOf(input))) return reply;
      const n = weight!.data.length;
      const data = new Float64Array(n);
      const lines = linesOf(input!.shape, input!.shape.length > 1 ? 1 : 0);
      for (const places of lines) {
        places.forEach((place, c) => {
          const [x, w] = [Number(input!.data[place]), Number(weight!.data[c % n])];
          const y = x > 0 ? x : w * x;
          data[c % n]! += y > 0 ? 0 : x * cotangent(r, place);
        });
      }
      const some = dataOf(weight).some((w) => w < 0) ? Float32Array.from(data) : gradient.data;
      return { ...reply, 'grad:weight': { ...gradient, data: some } };
    }),
  ],
};

const smooth: Mutants = {
  'softplus-beta-zero': [
    'softplus',
    mistaking('softplus', (r) => (r.params.beta === 0 ? withParams(r, { beta: 2 ** -20 }) : r)),
  ],
  'p-threshold-low': [
    'softplus',
    values('softplus', (x, { beta }) => (beta! * x > 10 ? x : undefined)),
  ],
  'log1p-naive': [
    'softplus',
    values('softplus', (x, { beta, threshold }) =>
      beta === 1 && x < threshold! && Number.isFinite(x)
        ? f32(max(x, 0) + log(f32(1 + exp(-abs(x)))))
        : undefined,
    ),
    /lost/,
  ],
  'sigmoid-grad-naive': [
    'sigmoid',
    slopes('sigmoid', (x) => {
      const e = exp(-x);
      return Number.isFinite(x) ? f32(e / f32(f32(1 + e) * f32(1 + e))) : undefined;
    }),
  ],
  'sigmoid-range-limited': ['sigmoid', values('sigmoid', (x) => sigmoid(clamp(x, -8, 8)))],
  'sigmoid-nan-simd': [
    'sigmoid',
    values('sigmoid', (x) => (Number.isNaN(x) ? sigmoid(-88) : undefined)),
  ],
  'silu-neg-overflow': [
    'silu',
    values('silu', (x, { alpha }) => (x === -Infinity && alpha === 1 ? Number.NaN : undefined)),
  ],
  'silu-tail-flushed': [
    'silu',
    values('silu', (x, { alpha }) =>
      x < -88 && alpha === 1 && Number.isFinite(x) ? f32(x * sigmoidInFloat32(x)) : undefined,
    ),
    /lost/,
  ],
  'p-swish-beta': [
    'silu',
    values('silu', (x, { alpha }) =>
      Number.isFinite(x) && alpha !== 1 ? alpha! * x * sigmoid(x) : undefined,
    ),
  ],
  'tanh-from-sigmoid-cancel': [
    'tanh',
    values('tanh', (x) => f32(f32(2 * f32(sigmoid(2 * x))) - 1)),
  ],
  'tanh-1ulp-small': [
    'tanh',
    // The next float but one, so that it is more than the one ulp that was claimed.
    values('tanh', (x, _, y) =>
      abs(x) < 2 ** -23 && abs(x) > TINY ? y * (1 + 2 ** -22) : undefined,
    ),
  ],
  'tanh-bw-asymptote': [
    'tanh',
    slopes('tanh', (x) => (abs(x) >= 3 ? 4 * Math.exp(-2 * abs(x)) : undefined)),
  ],
  'p-minus-zero-lost': ['tanh', changingOut('tanh', (y) => y + 0)],
  'p-log-of-sigmoid': [
    'logsigmoid',
    values('logsigmoid', (x) => (Number.isFinite(x) ? log(f32(sigmoid(x))) : undefined)),
    /overflows/,
  ],
  'gelu-tanh-overflow': [
    'gelu',
    values('gelu', (x, p) => {
      if (String(p.approximate) !== 'tanh' || !Number.isFinite(x)) return undefined;
      const u = sqrt(2 / PI) * (x + 0.044715 * x * x * x);
      const [a, b] = [exp(u), exp(-u)];
      return 0.5 * x * (1 + f32((a - b) / (a + b)));
    }),
  ],
  'gelu-exact-is-tanh': [
    'gelu',
    mistaking('gelu', (r) => withParams(r, { approximate: 'tanh' })),
    /^as if approximate were tanh/,
  ],
  'p-erf-7digit': [
    'gelu',
    values('gelu', (x, p) => {
      if (String(p.approximate) !== 'none' || !Number.isFinite(x)) return undefined;
      const upper = roughErfc(abs(x) / Math.SQRT2) / 2;
      return x * (x > 0 ? 1 - upper : upper);
    }),
  ],
  'p-gelu-sqrt-2-pi': [
    'gelu',
    values('gelu', (x, p) =>
      String(p.approximate) === 'tanh' && Number.isFinite(x) ? geluBy(0.79788)(x) : undefined,
    ),
  ],
  'mish-naive': [
    'mish',
    values('mish', (x) => {
      const w = f32(1 + exp(x));
      const q = f32(w * w);
      return Number.isFinite(x) ? f32(x * f32(f32(q - 1) / f32(q + 1))) : undefined;
    }),
    /overflows|lost/,
  ],
  'mish-tail-flushed': [
    'mish',
    values('mish', (x) => (Number.isFinite(x) && x < 0 && exp(x) < TINY ? -0 : undefined)),
    /lost/,
  ],
  'p-mish-log2': [
    'mish',
    values('mish', (x) => (Number.isFinite(x) ? x * Math.tanh(softplus(x) / LN2) : undefined)),
  ],
  'p-softsign-inf': [
    'softsign',
    values('softsign', (x) => (abs(x) === Infinity ? Number.NaN : undefined)),
  ],
  'p-elu-expm1': [
    'elu',
    values('elu', (x, { alpha }) => (x < 0 ? f32(alpha! * f32(exp(x) - 1)) : undefined)),
    /lost/,
  ],
  'elu-grad-negative-alpha': [
    'elu',
    slopes('elu', (x, { alpha }) => {
      const y = x > 0 ? x : alpha! * Math.expm1(x);
      return alpha! < 0 && Number.isFinite(x) ? (y > 0 ? 1 : y + alpha!) : undefined;
    }),
  ],
  'p-celu-grad-zero': ['celu', slopes('celu', (x) => (x === 0 ? 0 : undefined))],
  'selu-params-swapped': [
    'selu',
    values('selu', (x) => (x > 0 ? SELU.alpha * x : SELU.alpha * SELU.scale * Math.expm1(x))),
  ],
};

const piecewise: Mutants = {
  'leaky-inplace-negative-slope': [
    'leaky-relu',
    slopes('leaky-relu', (x, { negativeSlope: s }) => (s! < 0 && x < 0 ? 1 : undefined)),
  ],
  'relu6-grad-tie': ['relu6', slopes('relu6', (x) => (x === 0 || x === 6 ? 0.5 : undefined))],
  'clamp-vs-hardtanh-kink': [
    'hardtanh',
    slopes('hardtanh', (x, { minVal, maxVal }) => (x >= minVal! && x <= maxVal! ? 1 : undefined)),
  ],
  'hardswish-default-fifth': [
    'hardswish',
    values('hardswish', (x) => (Number.isFinite(x) ? x * clamp(x / 5 + 0.5, 0, 1) : undefined)),
  ],
  'hard-names-swapped': ['hardswish', mistaking('hardswish', (r) => ({ ...r, op: 'hardsigmoid' }))],
  'p-hardswish-relu6-bound': [
    'hardswish',
    values('hardswish', (x) => (Number.isFinite(x) ? (x * clamp(x + 3, 0, 5)) / 6 : undefined)),
  ],
  'relu6-bw-nan-seed': ['relu6', slopes('relu6', (x) => (Number.isNaN(x) ? 6 : undefined))],
  'softshrink-nan': ['softshrink', values('softshrink', (x) => (Number.isNaN(x) ? 0 : undefined))],
  'hardshrink-lambda0-grad': [
    'hardshrink',
    slopes('hardshrink', (x, { lambd }) => (lambd === 0 && x === 0 ? 0 : undefined)),
  ],
};

const doubles = (reply: Reply, f: (i: number) => number): Reply => {
  const out = reply.out as Payload;
  return {
    ...reply,
    out: { ...out, dtype: 'f64', data: Float64Array.from(dataOf(out), (_, i) => f(i)) },
  };
};

const anyOf: Mutants = {
  'p-float64-leak': [
    'sigmoid',
    changing('sigmoid', (reply, r) =>
      reply.out ? doubles(reply, (i) => sigmoid(Number(r.in.input!.data[i]))) : reply,
    ),
  ],
};

export const activations: Mutants = { ...rowMutants, ...smooth, ...piecewise, ...anyOf };
