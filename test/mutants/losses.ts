/** # Bugs of losses, recreated */
import type { Candidate, Payload, Reply, Request } from '../../properties/candidate.ts';
import { sizeOf } from '../../spec/tensor.ts';
import {
  answering,
  changing,
  changingOut,
  dividing,
  exp,
  f32,
  hasClasses,
  log,
  mistaking,
  numbersOf,
  right,
  withParams,
} from '../planted.ts';
import type { Mutants } from './mutant.ts';
import {
  coefficient,
  cotangent,
  dataOf,
  losses as elements,
  lossSlopes,
  type Parts,
  rightly,
  type Sample,
  samples,
  samplesOf,
  sum,
  surprises,
  terms,
  weigh,
  withCoefficients,
} from './textbook.ts';

const { abs, max, min, PI, LN2 } = Math;
const softplus = (x: number): number => max(x, 0) + Math.log1p(Math.exp(-abs(x)));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clamp = (x: number, lo: number, hi: number): number => min(max(x, lo), hi);
const ln = (p: number): number => max(Math.log(p), -100);
const bce = (p: number, t: number): number => -(t * ln(p) + (1 - t) * ln(1 - p));
const areFinite = (all: readonly number[]): boolean => all.every(Number.isFinite);

const number = (y: number): Reply => ({
  out: { dtype: 'f32', shape: [], data: Float32Array.of(y) },
});
/** What is refused is answered all the same. */
const accepting = (op: string, mend: (r: Request) => Reply | undefined): Candidate =>
  answering(op, (r) => {
    const reply = right(r);
    return reply.error?.kind === 'invalid_input' ? (mend(r) ?? reply) : reply;
  });
const failing = (op: string, when: (r: Request) => boolean): Candidate =>
  changing(op, (reply, r) =>
    when(r) ? { error: { kind: 'internal', message: 'index out of bounds' } } : reply,
  );
const withData = (r: Request, name: string, f: (x: number, i: number) => number): Request => {
  const t = r.in[name]!;
  return { ...r, in: { ...r.in, [name]: { ...t, data: Float32Array.from(dataOf(t), f) } } };
};
const countOf = (r: Request): number => r.in.input!.shape[r.in.input!.shape.length > 1 ? 1 : 0]!;
const hasIgnored = (r: Request): boolean =>
  hasClasses(r) && dataOf(r.in.target).some((y) => y === r.params.ignoreIndex);
const isBeyond = (r: Request): boolean =>
  Number(r.params.ignoreIndex) < 0 || Number(r.params.ignoreIndex) >= countOf(r);
const weights = (parts: readonly Parts[]): number => sum(parts.map(([, weight]) => weight));
const total = (parts: readonly Parts[]): number => sum(parts.map(([value]) => value));

// Cross-entropy ------------------------------------------------------------------------------------

const CE = 'cross-entropy';
const NLL = 'nll-loss';
const smoothing = (a: (s: Sample, c: number, r: Request) => number): Candidate =>
  samples(CE, (s, r) => (s.epsilon > 0 && areFinite(s.x) ? withCoefficients(a)(s, r) : undefined));
/** Where the classes that are ignored are read like others. */
const unmasked = (when: (r: Request) => boolean): Candidate =>
  samples(CE, (s, r) => (s.isIgnored && when(r) ? [Number.NaN, Number.NaN] : undefined));
const isNone = ({ params }: Request): boolean => params.reduction === 'none';

const crossEntropies: Mutants = {
  'ce-smooth-counts-ignored': [
    CE,
    samples(CE, (s) =>
      s.isIgnored && s.epsilon > 0
        ? [(s.epsilon / s.x.length) * weigh(s.w, s.surprise), 0]
        : undefined,
    ),
  ],
  'ce-weight-smooth-ignore-oob': [
    CE,
    failing(CE, (r) => {
      const isSmoothed = Number(r.params.labelSmoothing) > 0;
      return isSmoothed && r.in.weight !== undefined && hasIgnored(r) && isBeyond(r);
    }),
  ],
  'ce-all-ignored-zero': [
    CE,
    changingOut(CE, (y, _, r) => (samplesOf(r).every((s) => s.isIgnored) ? 0 : y)),
  ],
  'ce-none-rejects-ignore255': [CE, failing(CE, (r) => isNone(r) && hasIgnored(r) && isBeyond(r))],
  'ce-default-ignore-disabled': [CE, unmasked((r) => r.params.ignoreIndex === -100)],
  'ce-ignore-zeroes-class-weight': [CE, unmasked(isBeyond)],
  'nll-weight-divided-in-count': [
    NLL,
    samples(
      NLL,
      () => undefined,
      (parts) => total(parts) / sum(parts.map(([, w]) => (w === 0 ? 0 : 1 / w))),
    ),
  ],
  'ce-weight-after-ignore-oob': [
    CE,
    accepting(CE, (r) => {
      const weight = r.in.weight;
      if (!weight || weight.data.length <= countOf(r)) return undefined;
      const data = Float32Array.from(dataOf(weight).slice(0, countOf(r)));
      return right({ ...r, in: { ...r.in, weight: { dtype: 'f32', shape: [data.length], data } } });
    }),
  ],
  'ls-fastai-eps': [
    CE,
    smoothing(({ w, q, x, epsilon }, c) => {
      const k = x.length;
      const left = k === 1 ? 1 - epsilon : 1 - (epsilon * k) / (k - 1);
      return w[c]! * (left * q[c]! + epsilon / k);
    }),
  ],
  'ls-missing-eps': [
    CE,
    smoothing(({ w, q, x, epsilon }, c) => w[c]! * ((1 - epsilon) * q[c]! + 1 / x.length)),
  ],
  'ls-one-minus-eps-offtarget': [
    CE,
    smoothing(
      ({ w, q, x, epsilon }, c) => w[c]! * ((1 - epsilon) * q[c]! + (1 - epsilon) / x.length),
    ),
  ],
  'ls-axis-last-dim': [
    CE,
    smoothing(({ w, q, epsilon }, c, r) => {
      const last = r.in.input!.shape.at(-1)!;
      return w[c]! * ((1 - epsilon) * q[c]! + epsilon / last);
    }),
  ],
  'ce-axis-not-passed': [
    CE,
    samples(CE, (s, r) => {
      const { input } = r.in;
      if (s.isIgnored || input!.shape.length < 3 || !areFinite(dataOf(input))) return undefined;
      const last = input!.shape.at(-1)!;
      const surprise = s.places.map((place) => {
        const start = Math.floor(place / last) * last;
        return surprises(dataOf(input).slice(start, start + last))[place - start]!;
      });
      return rightly({ ...s, surprise }, r);
    }),
  ],
  'logsoftmax-shift-added-back': [
    CE,
    samples(CE, (s, r) => {
      if (s.isIgnored || !areFinite(s.x)) return undefined;
      const m = max(...s.x);
      const lse = f32(m + log(f32(sum(s.x.map((x) => exp(x - m))))));
      return rightly({ ...s, surprise: s.x.map((x) => f32(lse - x)) }, r);
    }),
  ],
  'xent-neginf-masked-logit': [
    CE,
    samples(CE, (s) =>
      s.y === undefined && s.epsilon === 0
        ? [sum(s.q.map((_, c) => coefficient(s, c) * s.surprise[c]!)), 1]
        : undefined,
    ),
  ],
  'xent-gpu-label-oob-nan': [
    CE,
    accepting(CE, (r) =>
      hasClasses(r) && dataOf(r.in.target).some((y) => y >= countOf(r))
        ? number(Number.NaN)
        : undefined,
    ),
  ],
  'xent-upstream-grad-dropped': [
    CE,
    mistaking(CE, (r) => {
      const u = r.grad_out;
      const data = u && Float32Array.from(dataOf(u)).fill(Number(u.data[0]));
      return u ? { ...r, grad_out: { ...u, data: data! } } : r;
    }),
  ],
  'cce-from-logits-inverted': [
    CE,
    samples(CE, (s, r) =>
      areFinite(s.x) ? rightly({ ...s, surprise: s.x.map((p) => -Math.log(p)) }, r) : undefined,
    ),
  ],
  'cce-prob-path-clips': [
    CE,
    samples(CE, (s, r) =>
      areFinite(s.x)
        ? rightly({ ...s, surprise: s.surprise.map((y) => min(y, -Math.log(1e-7))) }, r)
        : undefined,
    ),
  ],
  'grad-accum-mean-of-means': [
    CE,
    samples(
      CE,
      () => undefined,
      (parts) => {
        const [first, rest] = [parts.slice(0, 1), parts.slice(1)];
        const isSplit = weights(first) > 0 && weights(rest) > 0;
        return isSplit
          ? (total(first) / weights(first) + total(rest) / weights(rest)) / 2
          : total(parts) / weights(parts);
      },
    ),
  ],
  'mult-mask-keeps-nan': [
    CE,
    samples(CE, (s) => (s.isIgnored ? [0 * sum(s.surprise), 0] : undefined)),
  ],
  'p-mean-count-vs-weight': [
    NLL,
    dividing(NLL, (r) =>
      r.in.weight ? samplesOf(r).filter((s) => !s.isIgnored).length : undefined,
    ),
    /^sum \/ (N|\(samples that are not ignored\)) instead of sum \/ Σw/,
  ],
  'p-weight-sum-all-classes': [
    NLL,
    dividing(NLL, (r) => (r.in.weight ? sum(dataOf(r.in.weight)) : undefined)),
    /^sum \/ (Σ of all class weights|N|\(samples) /,
  ],
  'p-ls-denominator': [
    CE,
    samples(
      CE,
      () => undefined,
      (parts, r) => {
        const all = samplesOf(r);
        const plain = all.map((s) => rightly({ ...s, epsilon: 0 }, r));
        const { epsilon = 0 } = all[0] ?? {};
        const even = (total(parts) - (1 - epsilon) * total(plain)) / all.length;
        return epsilon === 0
          ? total(parts) / weights(parts)
          : ((1 - epsilon) * total(plain)) / weights(plain) + even;
      },
    ),
  ],
  'p-ignore-counts-weight': [
    CE,
    dividing(CE, (r) => {
      const { weight } = r.in;
      if (!hasClasses(r) || isBeyond(r) || !weight) return undefined;
      return sum(dataOf(r.in.target).map((y) => Number(weight.data[y])));
    }),
  ],
  'p-class1': [CE, samples(CE, (s) => (s.x.length === 1 ? [Number.NaN, 1] : undefined))],
  'p-target-float-trunc': [
    NLL,
    accepting(NLL, (r) => {
      const target = r.in.target!;
      if (target.dtype !== 'f32') return undefined;
      const data = BigInt64Array.from(dataOf(target), (y) => BigInt(Math.trunc(y)));
      return right({ ...r, in: { ...r.in, target: { ...target, dtype: 'i64', data } } });
    }),
  ],
};

// Focal losses and their kind ----------------------------------------------------------------------

const FL = 'focal-loss';
const SFL = 'sigmoid-focal-loss';

const focal: Mutants = {
  'focal-log-sigmoid-neg': [
    SFL,
    elements(SFL, ({ x, t }, { gamma, alpha }) => {
      if (gamma! <= 0 || !Number.isFinite(x)) return undefined;
      const [p, q] = [f32(1 / f32(1 + exp(-x))), f32(1 / f32(1 + exp(x)))];
      const [yes, no] = alpha! < 0 ? [1, 1] : [alpha!, 1 - alpha!];
      return (
        -yes * t * (1 - p) ** gamma! * Math.log(p) - no * (1 - t) * (1 - q) ** gamma! * Math.log(q)
      );
    }),
  ],
  'focal-alpha-ignored': [SFL, mistaking(SFL, (r) => withParams(r, { alpha: -1 }))],
  'focal-softmax-uses-sigmoid': [
    FL,
    samples(FL, (s, r) => {
      if (s.isIgnored || !areFinite(s.x)) return undefined;
      const x = s.x[s.y!]!;
      const z = Number(r.params.gamma);
      return [s.w[s.y!]! * sigmoid(-x) ** z * softplus(-x), s.w[s.y!]!];
    }),
  ],
  'focal-mean-over-classes': [
    FL,
    changing(FL, (reply, r) =>
      numbersOf(
        reply,
        () => true,
        (y) => y / countOf(r),
      ),
    ),
  ],
};

// Element by element -------------------------------------------------------------------------------

const BCE = 'binary-cross-entropy';
const BCEL = 'binary-cross-entropy-with-logits';
const MLSM = 'multilabel-soft-margin-loss';

const binary: Mutants = {
  'bce-shape-mismatch': [
    BCE,
    accepting(BCE, (r) =>
      String(r.in.input!.shape) === String(r.in.target!.shape) ? undefined : number(0.5),
    ),
  ],
  'bce-eps-too-small': [
    BCE,
    elements(BCE, ({ x, t, w }) => {
      const q = f32(1 - f32(clamp(x, 1e-9, 1 - 1e-9)));
      return q === 0 && t < 1 && w > 0 ? w * (1 - t) * -log(q) : undefined;
    }),
  ],
  'bce-clip-kills-gradient': [
    BCE,
    lossSlopes(BCE, 'input', ({ x }) => (x <= 1e-7 || x >= 1 - 1e-7 ? 0 : undefined)),
  ],
  'bce-negative-pred-clipped': [
    BCE,
    accepting(BCE, (r) => right(withData(r, 'input', (x) => (x < 0 ? 1e-7 : x)))),
  ],
  'bce-compiled-accepts-1.5': [
    BCE,
    accepting(BCE, (r) =>
      dataOf(r.in.target).some((t) => t > 1) && r.params.reduction !== 'none'
        ? number(sum(dataOf(r.in.target).map((t, i) => bce(Number(r.in.input!.data[i]), t))))
        : undefined,
    ),
  ],
  'bce-args-swapped': [
    BCE,
    mistaking(BCE, (r) => ({ ...r, in: { ...r.in, input: r.in.target!, target: r.in.input! } })),
  ],
  'p-clamp-after-sum': [
    BCE,
    elements(BCE, ({ x, t, w }) =>
      x === 0 || x === 1
        ? w *
          min(100, (t === 0 ? 0 : -t * Math.log(x)) + (t === 1 ? 0 : -(1 - t) * Math.log(1 - x)))
        : undefined,
    ),
  ],
  'p-eps-inside-log': [
    BCE,
    elements(
      BCE,
      ({ x, t, w }) => w * -(t * Math.log(x + 1e-12) + (1 - t) * Math.log(1 - x + 1e-12)),
    ),
  ],
  'p-mean-counts-classes': [
    BCE,
    dividing(BCE, (r) => (r.in.input!.shape.length > 1 ? r.in.input!.shape[0]! : undefined)),
    /length of the first axis/,
  ],
  'bcel-log1m-sigmoid': [
    BCEL,
    elements(BCEL, ({ x, t, w, v }) => {
      const s = f32(sigmoid(x));
      return Number.isFinite(x) ? w * -(v * t * log(s) + (1 - t) * log(f32(1 - s))) : undefined;
    }),
  ],
  'bcel-posweight-whole': [
    BCEL,
    elements(BCEL, ({ x, t, w, v }) =>
      v === 1 || !Number.isFinite(x) ? undefined : w * (1 + (v - 1) * t) * (softplus(x) - x * t),
    ),
  ],
  'p-bcel-relu-form-sign': [
    BCEL,
    elements(BCEL, ({ x, t, w, v }) =>
      v === 1 ? w * (max(x, 0) - x * t + Math.log1p(Math.exp(abs(x)))) : undefined,
    ),
  ],
  'mlsm-class-weight-by-position': [
    MLSM,
    mistaking(MLSM, (r) => {
      const { weight, input } = r.in;
      const [n, c] = [input!.shape[0], input!.shape[1]];
      const isByClass = weight?.shape.length === 1 && input!.shape.length === 2 && n === c;
      return isByClass ? { ...r, in: { ...r.in, weight: { ...weight, shape: [n!, 1] } } } : r;
    }),
  ],
  'mlsm-sum-classes': [
    MLSM,
    changing(MLSM, (reply, r) =>
      numbersOf(
        reply,
        () => true,
        (y) => y * (r.in.input!.shape.at(-1) ?? 1),
      ),
    ),
  ],
};

const KL = 'kl-div';
const PNLL = 'poisson-nll-loss';
const GNLL = 'gaussian-nll-loss';
const L1 = 'l1-loss';
const MSE = 'mse-loss';
const HUBER = 'huber-loss';
const SL1 = 'smooth-l1-loss';
const isPlain = (p: { readonly [name: string]: unknown }, name: string): boolean =>
  p[name] !== true;

const regressions: Mutants = {
  'kl-mean-elements': [
    KL,
    mistaking(KL, (r) =>
      r.params.reduction === 'batchmean' ? withParams(r, { reduction: 'mean' }) : r,
    ),
    /^sum \/ (N|number of elements) instead of sum \/ \(the divisor of batchmean\)/,
  ],
  'kl-zero-target-neginf-pred': [
    KL,
    elements(KL, ({ x, t }, p) => (isPlain(p, 'logTarget') && t === 0 ? t * (0 - x) : undefined)),
  ],
  'kl-where-gradient': [
    KL,
    lossSlopes(KL, 'target', ({ t }, p) =>
      isPlain(p, 'logTarget') && t === 0 ? 0 * (1 / t) : undefined,
    ),
  ],
  'p-kl-swap': [
    KL,
    elements(KL, ({ x, t }, p) =>
      isPlain(p, 'logTarget') ? Math.exp(x) * (x - Math.log(t)) : Math.exp(x) * (x - t),
    ),
  ],
  'poisson-stirling-mask': [
    PNLL,
    elements(PNLL, ({ t, y }, p) => {
      const stirling = t * Math.log(t) - t + 0.5 * Math.log(2 * PI * t);
      return !isPlain(p, 'full') && t > 1 && stirling <= 1 ? y - stirling : undefined;
    }),
  ],
  'p-poisson-eps-loginput': [
    PNLL,
    elements(PNLL, ({ x, t }, p) =>
      !isPlain(p, 'logInput') && isPlain(p, 'full') ? x - t * Math.log(x + p.eps!) : undefined,
    ),
  ],
  'gauss-var-shape-check': [
    GNLL,
    failing(GNLL, ({ in: { input, var: v } }) => {
      const a = input!.shape;
      const off = v!.shape.filter((d, i) => d !== a[i + a.length - v!.shape.length]);
      return off.length > 0 && sum(off) !== 1;
    }),
  ],
  'default-reduction-doc': [
    GNLL,
    mistaking(GNLL, (r) =>
      r.params.reduction === 'mean' ? withParams(r, { reduction: 'none' }) : r,
    ),
  ],
  'p-gauss-grad-through-clamp': [
    GNLL,
    // The wrong one of the two that our definition knows: the slope of the branch that is not active.
    changing(GNLL, (reply, r) =>
      numbersOf(
        reply,
        (name) => name === 'grad:var',
        (g, i) => {
          const { var: v, input } = r.in;
          const isBelow = Number(v!.data[i]) < Number(r.params.eps);
          const isSum = r.params.reduction === 'sum' && v!.data.length === input!.data.length;
          return isBelow && isSum ? (0.5 / Number(r.params.eps)) * cotangent(r, i) : g;
        },
      ),
    ),
  ],
  'keras-sample-weight-mean': [
    L1,
    dividing(L1, (r) => (r.in.weight ? sizeOf(r.in.input!.shape) : undefined)),
    /^sum \/ (N|number of elements) instead of sum \/ Σw/,
  ],
  'p-mse-half': [
    MSE,
    changing(MSE, (reply) =>
      numbersOf(
        reply,
        () => true,
        (y) => y / 2,
      ),
    ),
  ],
  'p-mean-empty-zero': [
    MSE,
    changingOut(MSE, (y, _, r) => (r.in.input!.data.length === 0 ? 0 : y)),
  ],
  'p-unknown-reduction': [
    MSE,
    accepting(MSE, (r) =>
      ['none', 'sum', 'mean'].includes(String(r.params.reduction))
        ? undefined
        : right(withParams(r, { reduction: 'none' })),
    ),
  ],
  'sl1-beta0-grad': [
    SL1,
    lossSlopes(SL1, 'input', ({ x, t }, { beta }) =>
      beta === 0 ? (abs(x - t) <= 0 ? (x - t) / beta : Math.sign(x - t)) : undefined,
    ),
  ],
  'sl1-discontinuous': [
    SL1,
    elements(SL1, ({ x, t }, { beta }) => {
      const d = abs(x - t);
      return d < beta! ? 0.5 * d * d : d - 0.5;
    }),
  ],
  'p-smoothl1-less-equal': [
    SL1,
    elements(SL1, ({ x, t }, { beta }) => {
      const d = abs(x - t);
      return d <= beta! ? 0.5 * d * d : undefined;
    }),
  ],
  'huber-missing-abs': [
    HUBER,
    elements(HUBER, ({ x, t }, { delta }) => (x - t < -delta! ? 0 : undefined)),
  ],
  'huber-deviance-half': [
    HUBER,
    elements(HUBER, ({ x, t, w }, { delta }) =>
      abs(x - t) >= delta! ? w * delta! * (abs(x - t) - delta!) : undefined,
    ),
  ],
  'p-huber-boundary': [
    HUBER,
    lossSlopes(HUBER, 'input', ({ x, t, w }, { delta }) =>
      abs(x - t) >= delta! ? w * Math.sign(x - t) : undefined,
    ),
  ],
  'logcosh-overflow': [
    'log-cosh-loss',
    elements('log-cosh-loss', ({ x, t }) => {
      const d = f32(x - t);
      return Number.isFinite(d) ? log(f32((exp(d) + exp(-d)) / 2)) : undefined;
    }),
    /overflows/,
  ],
  'p-logcosh-log2': ['log-cosh-loss', elements('log-cosh-loss', ({ y }) => y + LN2)],
};

// Distances, margins, sets, sequences --------------------------------------------------------------

const vector = (t: Payload, line: number): readonly number[] => {
  const d = t.shape.at(-1)!;
  return dataOf(t).slice(line * d, (line + 1) * d);
};
const withZero = (op: string, a: string, b: string): Candidate =>
  elements(op, ({ i }, _, r) =>
    [a, b].some((name) => vector(r.in[name]!, i).every((x) => x === 0)) ? Number.NaN : undefined,
  );
/** By another distance in the 2-norm, without swap. */
const triplet = (distance: (d: readonly number[], eps: number) => number): Candidate =>
  elements('triplet-margin-loss', ({ i }, p, r) => {
    const { anchor, positive, negative } = r.in;
    if (p.p !== 2 || String(r.params.swap) === 'true') return undefined;
    const a = vector(anchor!, i);
    const to = (t: Payload): number =>
      distance(
        vector(t, i).map((x, k) => a[k]! - x),
        p.eps!,
      );
    return max(0, to(positive!) - to(negative!) + p.margin!);
  });
const hypot = (d: readonly number[]): number => Math.sqrt(sum(d.map((x) => x * x)));

const others: Mutants = {
  'multimargin-weight-inside-p': [
    'multi-margin-loss',
    elements('multi-margin-loss', ({ i, y }, { p }, r) => {
      const weight = r.in.weight;
      return p === 2 && weight ? y * Number(weight.data[Number(r.in.target!.data[i])]) : undefined;
    }),
  ],
  'cos-eps-product-underflow': [
    'cosine-similarity-loss',
    withZero('cosine-similarity-loss', 'input', 'target'),
  ],
  'cos-zero-vector': [
    'cosine-embedding-loss',
    withZero('cosine-embedding-loss', 'input1', 'input2'),
  ],
  'p-cosemb-margin-pos': [
    'cosine-embedding-loss',
    elements('cosine-embedding-loss', ({ i, y }, { margin }, r) =>
      Number(r.in.target!.data[i]) === 1 ? y - margin! : undefined,
    ),
  ],
  'p-triplet-eps': ['triplet-margin-loss', triplet((d, eps) => hypot(d) + eps)],
  'p-triplet-eps-abs': [
    'triplet-margin-loss',
    triplet((d, eps) => hypot(d.map((x) => abs(x) + eps))),
  ],
  'ctc-infeasible-gradient': [
    'ctc-loss',
    changing('ctc-loss', (reply, r) => {
      if (r.params.zeroInfinity !== true) return reply;
      const silenced = terms(withParams(r, { zeroInfinity: false })).map((y) => y === Infinity);
      const shape = r.in.input!.shape;
      const [n, c] = [shape.length === 3 ? shape[1]! : 1, shape.at(-1)!];
      return numbersOf(
        reply,
        (name) => name === 'grad:input',
        (g, i) => {
          const isSilenced = silenced[Math.floor(i / c) % n];
          return isSilenced && g === 0 ? Math.exp(Number(r.in.input!.data[i])) : g;
        },
      );
    }),
  ],
  'dice-eps-one': [
    'dice-loss',
    mistaking('dice-loss', (r) => withParams(r, { smooth: 1 })),
    /smooth/,
  ],
  'dice-no-one-minus': ['dice-loss', elements('dice-loss', ({ y }) => 1 - y)],
  'p-sce-clamp': [
    'symmetric-cross-entropy',
    mistaking('symmetric-cross-entropy', (r) => withParams(r, { eps: 1e-4 })),
  ],
};

export const losses: Mutants = {
  ...crossEntropies,
  ...focal,
  ...binary,
  ...regressions,
  ...others,
};

const ordinary = (s: Sample, r: Request): Parts | undefined =>
  areFinite(s.x) ? rightly(s, r) : undefined;
const finite = (y: number): number | undefined => (Number.isFinite(y) ? y : undefined);

/** Formulas that are right: what is found in the mutants is the mistake, not the formula. */
export const sound: Mutants = {
  'cross-entropy, sample by sample': [CE, samples(CE, ordinary)],
  'cross-entropy, its mean': [
    CE,
    samples(
      CE,
      () => undefined,
      (parts) => total(parts) / weights(parts),
    ),
  ],
  'nll-loss, sample by sample': [NLL, samples(NLL, ordinary)],
  'mse-loss, term by term': [MSE, elements(MSE, ({ x, t, w }) => finite(w * (x - t) * (x - t)))],
  'l1-loss, term by term': [L1, elements(L1, ({ y }) => finite(y))],
  'kl-div, term by term': [KL, elements(KL, ({ y }) => finite(y))],
};
