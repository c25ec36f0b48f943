/**
 * Bugs that break one identity each, and on which of its paths they show. Each changes the answers of
 * one operator.
 */
import type { Candidate, Reply, Request } from '../../properties/candidate.ts';
import { toPayload, toTensor } from '../../properties/payload.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { tensor } from '../../spec/tensor.ts';

type Answer = (request: Request) => Reply | Promise<Reply>;
/** The changed answer to a request, given how the honest candidate answers. */
type Change = (request: Request, honest: Answer) => Reply | Promise<Reply>;

interface Plant {
  readonly identity: string;
  readonly bug: string;
  readonly op: Op;
  readonly change: Change;
  readonly paths: readonly string[];
}

/** A candidate that answers as another one does, but for one operator. */
export const planted = (honest: Candidate, op: Op, change: Change): Candidate => ({
  hello: () => honest.hello(),
  run: (request) =>
    request.op === op.id ? change(request, (other) => honest.run(other)) : honest.run(request),
});

/** Every number of an answer changed. */
const through =
  (f: (y: number, i: number, request: Request) => number, when = (_: Request) => true): Change =>
  async (request, honest) => {
    const reply = await honest(request);
    if (!when(request)) return reply;
    const changed = request.want.map((want) => {
      const payload = want === 'out' ? reply.out : reply[want];
      if (!payload) return [want, payload];
      const { shape, data } = toTensor(payload);
      const numbers = Array.from(data, (y, i) => Math.fround(f(y, i, request)));
      return [want, toPayload(tensor(shape, numbers))];
    });
    return { ...reply, ...Object.fromEntries(changed) };
  };

const times = (factor: number, when?: (request: Request) => boolean): Change =>
  through((y) => y * factor, when);

/** The answer to another request. */
const instead =
  (other: (request: Request) => Request): Change =>
  (request, honest) =>
    honest(other(request));

const withParams = (request: Request, params: Request['params']): Request => ({
  ...request,
  params: { ...request.params, ...params },
});
/** Halves lie one block after the other. */
function halvesExchanged(request: Request): Request {
  const { shape, data } = toTensor(request.in.input!);
  const block = shape.slice(request.params.dim as number).reduce((a, b) => a * b, 1) / 2;
  const other = (i: number) => (Math.floor(i / block) % 2 === 0 ? i + block : i - block);
  const exchanged = Array.from(data, (_, i) => data[other(i)]!);
  return { ...request, in: { input: toPayload(tensor(shape, exchanged)) } };
}
const isMean = ({ params }: Request) => params.reduction === 'mean';
const isSum = ({ params }: Request) => params.reduction === 'sum';
const hasClasses = (request: Request) => request.in.target?.dtype === 'i64';
const samplesOf = (request: Request) => request.in.target!.data.length;

/** Targets of several labels lose what repeats the first one: the sequence gets shorter. */
const withoutRepeats: Change = (request, honest) => {
  const lengths = toTensor(request.in.targetLengths!);
  const target = toTensor(request.in.target!);
  const most = target.shape.at(-1)!;
  const shorter = Array.from(lengths.data, (n, i) =>
    n === 2 && target.data[i * most] === target.data[i * most + 1] ? 1 : n,
  );
  const targetLengths = toPayload({ ...lengths, data: shorter });
  return honest({ ...request, in: { ...request.in, targetLengths } });
};

/** Enough to be seen through any cancellation that is still decided. */
const MUCH = 1.5;

const three = 'binary-cross-entropy-three-ways';
const heads = 'three-heads-are-one-function';
const outputs = 'one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half';
const mean = 'mean-is-sum-over-denominator';

const headPaths = (path: string) => [0, 0.25, 1].map((t) => `${path}, target ${t}`);
/** The mean of ctc-loss is no multiple of its sum: it divides every term by its number of labels. */
const losses = (Object.values(spec) as readonly Op[]).filter(
  (op) => op.kind === 'loss' && op.id !== spec.ctcLoss.id,
);

/** An identity that restates an operator as another one, and both. */
const restatements: readonly (readonly [identity: string, ...sides: readonly Op[]])[] = [
  ['relu6-is-hardtanh-from-0-to-6', spec.relu6, spec.hardtanh],
  ['threshold-at-0-is-relu', spec.threshold, spec.relu],
  ['leaky-relu-of-slope-0-is-relu', spec.leakyRelu, spec.relu],
  ['squareplus-without-b-is-relu', spec.squareplus, spec.relu],
  ['thresholded-relu-is-a-threshold-with-value-0', spec.thresholdedRelu, spec.threshold],
  ['shrink-without-bias-is-hardshrink', spec.shrink, spec.hardshrink],
  ['shrink-by-lambd-is-softshrink', spec.shrink, spec.softshrink],
  ['clip-is-hardtanh-where-the-bounds-are-ordered', spec.clip, spec.hardtanh],
  ['prelu-with-one-weight-is-leaky-relu', spec.prelu, spec.leakyRelu],
  ['rrelu-without-noise-is-leaky-relu-of-the-middle', spec.rrelu, spec.leakyRelu],
  ['hinge-embedding-loss-of-minus-one-is-a-hinge', spec.hingeEmbeddingLoss, spec.hingeLoss],
  [
    'soft-margin-loss-is-binary-cross-entropy-with-logits-of-half-labels',
    ...[spec.softMarginLoss, spec.binaryCrossEntropyWithLogits],
  ],
  [
    'multilabel-soft-margin-loss-is-a-mean-of-binary-cross-entropy-with-logits',
    ...[spec.multilabelSoftMarginLoss, spec.binaryCrossEntropyWithLogits],
  ],
  [
    'triplet-margin-with-distance-loss-of-euclidean-is-triplet-margin-loss',
    ...[spec.tripletMarginWithDistanceLoss, spec.tripletMarginLoss],
  ],
  [
    'hard-sigmoid-affine-of-one-sixth-is-nearly-hardsigmoid',
    spec.hardSigmoidAffine,
    spec.hardsigmoid,
  ],
  ['focal-loss-without-gamma-is-cross-entropy', spec.focalLoss, spec.crossEntropy],
  ['poly-1-loss-without-epsilon-is-cross-entropy', spec.poly1Loss, spec.crossEntropy],
  [
    'generalized-cross-entropy-of-q-0-is-cross-entropy',
    spec.generalizedCrossEntropy,
    spec.crossEntropy,
  ],
  [
    'sigmoid-focal-loss-without-gamma-and-alpha-is-binary-cross-entropy',
    spec.sigmoidFocalLoss,
    spec.binaryCrossEntropyWithLogits,
  ],
  ['tversky-loss-of-two-halves-is-dice-loss', spec.tverskyLoss, spec.diceLoss],
  ['quantile-loss-of-one-half-is-half-of-l1-loss', spec.quantileLoss, spec.l1Loss],
  ['smooth-l1-loss-of-beta-0-is-l1-loss', spec.smoothL1Loss, spec.l1Loss],
  ['huber-loss-is-delta-times-smooth-l1-loss', spec.huberLoss, spec.smoothL1Loss],
  ['gaussian-nll-loss-of-variance-1-is-half-of-mse-loss', ...[spec.gaussianNllLoss, spec.mseLoss]],
];
/** One operator at a time answers with a little more, which shows on one path. */
const slightlyOff = (
  identity: string,
  paths: { readonly [path: string]: readonly Op[] },
): readonly Plant[] =>
  Object.entries(paths).flatMap(([path, ops]) =>
    ops.map((op) => ({
      ...{ identity, op, paths: [path] },
      bug: `${op.id} is 2⁻¹⁰ too large`,
      change: times(1 + 2 ** -10),
    })),
  );

export const plants: readonly Plant[] = [
  {
    identity: 'cross-entropy-is-nll-of-log-softmax',
    bug: 'nll-loss divides by N where it should by Σ w',
    op: spec.nllLoss,
    change: async (request, honest) => {
      if (!isMean(request) || !request.in.weight) return honest(request);
      const total = withParams(request, { reduction: 'sum' });
      return times(1 / samplesOf(request))(total, honest);
    },
    paths: ['nll-loss of log-softmax'],
  },
  {
    identity: 'cross-entropy-is-nll-of-log-softmax',
    bug: 'cross-entropy counts ignored samples',
    op: spec.crossEntropy,
    change: async (request, honest) => {
      if (!isMean(request) || request.in.weight || !hasClasses(request)) return honest(request);
      const total = withParams(request, { reduction: 'sum' });
      return times(1 / samplesOf(request))(total, honest);
    },
    paths: ['cross-entropy'],
  },
  {
    identity: 'cross-entropy-is-nll-of-log-softmax',
    bug: 'log-softmax of base 2',
    op: spec.logSoftmax,
    change: times(Math.LOG2E),
    paths: ['nll-loss of log-softmax'],
  },
  {
    identity: 'cross-entropy-is-log-sum-exp-minus-the-logit',
    bug: 'log-sum-exp is the maximum',
    op: spec.logSumExp,
    change: async (request, honest) => {
      const { shape, data } = request.in.input!;
      if (shape.length !== 1) return honest(request);
      return { out: toPayload(tensor([], [Math.max(...Array.from(data, Number))])) };
    },
    paths: ['log-sum-exp minus the logit'],
  },
  {
    identity: 'cross-entropy-is-log-sum-exp-minus-the-logit',
    bug: 'cross-entropy is the gap to the maximum',
    op: spec.crossEntropy,
    change: times(MUCH),
    paths: ['cross-entropy'],
  },
  {
    identity: 'one-hot-probabilities-are-indices-except-for-weighted-means',
    bug: 'the mean of probabilities ignores that samples are counted, not weights',
    op: spec.crossEntropy,
    change: times(0.5, (r) => isMean(r) && r.in.weight !== undefined && !hasClasses(r)),
    paths: ['of one-hot probabilities'],
  },
  {
    identity: three,
    bug: 'softplus is relu',
    op: spec.softplus,
    change: through((_, i, { in: { input } }) => Math.max(0, Number(input!.data[i]))),
    paths: ['softplus(z) − t z'],
  },
  {
    identity: three,
    bug: 'cross-entropy of distributions takes the other class',
    op: spec.crossEntropy,
    change: async (request, honest) => {
      if (hasClasses(request)) return honest(request);
      const target = toTensor(request.in.target!);
      const data = Array.from(target.data);
      const swapped = data.map((_, i) => data[i % 2 === 0 ? i + 1 : i - 1]!);
      const other = toPayload({ ...target, data: swapped });
      return honest({ ...request, in: { ...request.in, target: other } });
    },
    paths: ['cross-entropy of [0, z]'],
  },
  {
    identity: three,
    bug: 'cross-entropy of classes is larger',
    op: spec.crossEntropy,
    change: times(MUCH, hasClasses),
    paths: ['cross-entropy of [0, z] and a class'],
  },
  {
    identity: three,
    bug: 'sigmoid of half the logit',
    op: spec.sigmoid,
    change: async (request, honest) => {
      const half = through((x) => x / 2);
      const { out } = await half(request, () => ({ out: request.in.input! }));
      return honest({ ...request, in: { input: out! } });
    },
    paths: ['binary cross-entropy of the sigmoid'],
  },
  {
    identity: three,
    bug: 'binary cross-entropy is larger',
    op: spec.binaryCrossEntropy,
    change: times(MUCH),
    paths: ['binary cross-entropy of the sigmoid'],
  },
  {
    identity: three,
    bug: 'binary cross-entropy of logits is larger',
    op: spec.binaryCrossEntropyWithLogits,
    change: times(MUCH),
    paths: ['binary cross-entropy of the logit'],
  },
  {
    identity: heads,
    bug: 'a layer with one output has no bias',
    op: spec.linear,
    change: instead((request) => {
      const { input, weight } = request.in;
      const { shape } = weight!;
      return shape[0] === 1 ? { ...request, in: { input: input!, weight: weight! } } : request;
    }),
    paths: [
      ...headPaths('binary cross-entropy of one output'),
      ...headPaths('binary cross-entropy of its sigmoid'),
    ],
  },
  {
    identity: heads,
    bug: 'a layer with two outputs has them in the other order',
    op: spec.linear,
    change: async (request, honest) => {
      const reply = await honest(request);
      if (request.in.weight!.shape[0] !== 2) return reply;
      const { shape, data } = toTensor(reply.out!);
      const swapped = Array.from(data, (_, i) => data[i % 2 === 0 ? i + 1 : i - 1]!);
      return { ...reply, out: toPayload(tensor(shape, swapped)) };
    },
    paths: headPaths('cross-entropy of two outputs'),
  },
  {
    identity: outputs,
    bug: 'the mean of two is their sum',
    op: spec.binaryCrossEntropyWithLogits,
    change: instead((request) => withParams(request, { reduction: 'sum' })),
    paths: ['binary cross-entropy of both'],
  },
  {
    identity: outputs,
    bug: 'cross-entropy is taken for the other loss, at (z, −z)',
    op: spec.crossEntropy,
    change: times(MUCH),
    paths: ['cross-entropy'],
  },
  {
    identity: outputs,
    bug: 'softplus is larger',
    op: spec.softplus,
    change: times(MUCH),
    paths: ['(softplus(−a) + softplus(b)) ÷ 2', 'softplus(b − a)'],
  },
  {
    identity: outputs,
    bug: 'binary cross-entropy of base 2',
    op: spec.binaryCrossEntropy,
    change: times(Math.LOG2E),
    paths: ['binary cross-entropy of one half'],
  },
  {
    identity: 'log-softmax-does-not-change-under-shifts',
    bug: 'the maximum is not subtracted: e^89 is no float32',
    op: spec.logSoftmax,
    change: async (request, honest) => {
      const { shape, data } = toTensor(request.in.input!);
      const length = shape.at(-1)!;
      const isTooLarge = (row: number) =>
        Array.from({ length }).some((_, i) => data[row * length + i]! > 88.8);
      return through((y, i) => (isTooLarge(Math.floor(i / length)) ? -Infinity : y))(
        request,
        honest,
      );
    },
    paths: ['log-softmax of x and of x + c'],
  },
  {
    identity: 'gradient-rows-of-cross-entropy-sum-to-zero',
    bug: 'the target is not subtracted',
    op: spec.crossEntropy,
    change: through((g) => Math.max(0, g)),
    paths: ['the sum of a row'],
  },
  {
    identity: 'softmax-sums-to-one',
    bug: 'a result is 2⁻¹⁶ too large',
    op: spec.softmax,
    change: times(1 + 2 ** -16),
    paths: ['the sum of a row'],
  },
  {
    identity: 'softmax-sums-to-one',
    bug: 'elements outside the support are a little above 0',
    op: spec.sparsemax,
    change: through((y) => y + 2 ** -12),
    paths: ['the sum of a row'],
  },
  {
    identity: 'softmin-is-softmax-of-minus',
    bug: 'the sign is forgotten',
    op: spec.softmin,
    change: instead((request) => ({ ...request, op: spec.softmax.id })),
    paths: ['softmin'],
  },
  {
    identity: 'softmax2d-is-softmax-along-the-channels',
    bug: 'it is along the last axis',
    op: spec.softmax2d,
    change: instead((request) => ({ ...request, op: spec.softmax.id, params: { dim: -1 } })),
    paths: ['softmax2d'],
  },
  {
    identity: 'gumbel-softmax-without-noise-is-softmax',
    bug: 'τ is 2, whatever is asked for',
    op: spec.gumbelSoftmax,
    change: instead((request) => withParams(request, { tau: 2 })),
    paths: ['gumbel-softmax'],
  },
  {
    identity: 'hardmax-is-hard-gumbel-softmax-without-noise',
    bug: 'hard is ignored',
    op: spec.gumbelSoftmax,
    change: instead((request) => withParams(request, { hard: false })),
    paths: ['gumbel-softmax'],
  },
  {
    identity: 'glu-is-a-half-times-the-sigmoid-of-the-other',
    bug: 'the gate is the first half',
    op: spec.glu,
    change: instead(halvesExchanged),
    paths: ['glu'],
  },
  {
    identity: 'swiglu-of-one-is-silu',
    bug: 'α is ignored',
    op: spec.swiglu,
    change: instead((request) => withParams(request, { alpha: 1 })),
    paths: ['swiglu(a, 1)'],
  },
  {
    identity: 'sparsemax-does-not-change-under-shifts',
    bug: 'the threshold has lost digits',
    op: spec.sparsemax,
    change: through((y, i, { in: { input } }) =>
      i < input!.data.length / 2 ? y : y * (1 + 2 ** -16),
    ),
    paths: ['sparsemax of x and of x + c'],
  },
  {
    identity: 'cross-entropy-is-kl-plus-entropy',
    bug: 'batchmean divides by the number of elements',
    op: spec.klDiv,
    change: instead((request) =>
      request.params.reduction === 'batchmean'
        ? withParams(request, { reduction: 'mean' })
        : request,
    ),
    paths: ['kl-div plus entropy'],
  },
  {
    identity: 'cross-entropy-is-kl-plus-entropy',
    bug: 'cross-entropy of distributions is larger',
    op: spec.crossEntropy,
    change: times(MUCH),
    paths: ['cross-entropy'],
  },
  {
    identity: 'symmetric-cross-entropy-is-a-sum',
    bug: 'a and b are exchanged',
    op: spec.symmetricCrossEntropy,
    change: instead((request) =>
      withParams(request, { a: request.params.b!, b: request.params.a! }),
    ),
    paths: ['symmetric cross-entropy'],
  },
  {
    identity: 'symmetric-cross-entropy-is-a-sum',
    bug: 'reverse cross-entropy has eps = 1e-4, whatever is asked for',
    op: spec.reverseCrossEntropy,
    change: instead((request) => withParams(request, { eps: 1e-4 })),
    paths: ['a · cross-entropy + b · reverse cross-entropy'],
  },
  ...losses.flatMap((op): readonly Plant[] => [
    {
      identity: mean,
      bug: `the mean of ${op.id} is larger`,
      op,
      change: times(MUCH, (r) => !isSum(r)),
      paths: ['mean'],
    },
    {
      identity: mean,
      bug: `the sum of ${op.id} is larger`,
      op,
      change: times(MUCH, isSum),
      paths: ['sum over denominator'],
    },
  ]),
  {
    identity: 'logsigmoid-is-minus-softplus-of-minus',
    bug: 'logsigmoid forgets that 1 is added',
    op: spec.logsigmoid,
    change: through((_, i, { in: { input } }) => Math.min(0, Number(input!.data[i]))),
    paths: ['logsigmoid'],
  },
  {
    identity: 'logsigmoid-is-minus-softplus-of-minus',
    bug: 'softplus is larger',
    op: spec.softplus,
    change: times(1 + 2 ** -16),
    paths: ['minus softplus of minus'],
  },
  {
    identity: 'tanh-is-sigmoid-stretched',
    bug: 'sigmoid is 2⁻¹⁰ too large',
    op: spec.sigmoid,
    change: times(1 + 2 ** -10),
    paths: ['2 σ(2x) − 1'],
  },
  {
    identity: 'tanh-is-sigmoid-stretched',
    bug: 'sigmoid is NaN where nothing is decided, but where no NaN can be either',
    op: spec.sigmoid,
    change: through((y, i, { in: { input } }) =>
      Math.abs(Number(input!.data[i])) < 2 ** -60 ? NaN : y,
    ),
    paths: ['2 σ(2x) − 1'],
  },
  ...slightlyOff('mish-is-x-times-tanh-of-softplus', {
    mish: [spec.mish],
    'x tanh(softplus(x))': [spec.tanh],
  }),
  ...slightlyOff('silu-is-x-times-sigmoid', { silu: [spec.silu], 'x σ(αx)': [spec.sigmoid] }),
  {
    identity: 'silu-with-alpha-is-silu-stretched',
    bug: 'silu has no alpha',
    op: spec.silu,
    change: instead((request) => ({ ...request, params: {} })),
    paths: ['silu(x; α)'],
  },
  {
    identity: 'silu-with-alpha-is-silu-stretched',
    bug: 'silu has alpha = 1.702 where it is 1',
    op: spec.silu,
    change: instead((r) => (r.params.alpha === 1 ? withParams(r, { alpha: 1.702 }) : r)),
    paths: ['silu(x; α)', 'silu(αx) / α'],
  },
  ...slightlyOff('silu-minus-its-mirror-is-x', { 'silu(x) − silu(−x)': [spec.silu] }),
  ...slightlyOff('gelu-minus-its-mirror-is-x', { 'gelu(x) − gelu(−x)': [spec.gelu] }),
  {
    identity: 'gelu-with-tanh-is-x-times-sigmoid',
    bug: 'gelu has one form only',
    op: spec.gelu,
    change: instead((request) => ({ ...request, params: {} })),
    paths: ['gelu'],
  },
  ...slightlyOff('gelu-with-tanh-is-x-times-sigmoid', { 'x σ(2u)': [spec.sigmoid] }),
  ...slightlyOff('celu-is-elu-stretched', { celu: [spec.celu], 'α elu(x / α)': [spec.elu] }),
  ...slightlyOff('selu-is-elu-scaled', { selu: [spec.selu], 'λ(α) elu(x)': [spec.elu] }),
  ...slightlyOff('tanhshrink-is-x-minus-tanh', {
    tanhshrink: [spec.tanhshrink],
    'x − tanh x': [spec.tanh],
  }),
  ...slightlyOff('soft-cap-is-tanh-stretched', {
    'soft-cap': [spec.softCap],
    'cap · tanh(x / cap)': [spec.tanh],
  }),
  ...slightlyOff('exponential-times-its-mirror-is-one', { 'e^x · e^−x': [spec.exponential] }),
  ...slightlyOff('exponential-of-logsigmoid-is-sigmoid', {
    sigmoid: [spec.sigmoid],
    'e^(log σ(x))': [spec.exponential, spec.logsigmoid],
  }),
  {
    identity: 'tanh-is-sigmoid-stretched',
    bug: 'tanh is 2⁻¹⁰ too large',
    op: spec.tanh,
    change: times(1 + 2 ** -10),
    paths: ['tanh'],
  },
  ...slightlyOff('generalized-cross-entropy-of-q-1-is-what-is-left-of-the-softmax', {
    'generalized cross-entropy': [spec.generalizedCrossEntropy],
    '1 − softmax': [spec.softmax],
  }),
  ...slightlyOff('z-loss-is-log-sum-exp-squared', {
    'z-loss': [spec.zLoss],
    'log-sum-exp squared': [spec.logSumExp],
  }),
  ...slightlyOff('adaptive-log-softmax-with-loss-is-two-cross-entropies-of-linear', {
    'adaptive log-softmax': [spec.adaptiveLogSoftmaxWithLoss],
    'cross-entropies of linear': [spec.crossEntropy],
  }),
  {
    identity: 'adaptive-log-softmax-with-loss-is-two-cross-entropies-of-linear',
    bug: 'adaptive-log-softmax-with-loss knows no bias of the clusters',
    op: spec.adaptiveLogSoftmaxWithLoss,
    change: instead(({ in: { clusterBias: _, ...others }, ...request }) => ({
      ...{ ...request, in: others },
    })),
    paths: ['adaptive log-softmax'],
  },
  ...slightlyOff('linear-cross-entropy-is-cross-entropy-of-linear', {
    'linear cross-entropy': [spec.linearCrossEntropy],
    'cross-entropy of linear': [spec.crossEntropy],
  }),
  {
    identity: 'linear-cross-entropy-is-cross-entropy-of-linear',
    bug: 'linear-cross-entropy knows no bias of the layer',
    op: spec.linearCrossEntropy,
    change: instead(({ in: { linearBias: _, ...others }, ...request }) => ({
      ...{ ...request, in: others },
    })),
    paths: ['linear cross-entropy'],
  },
  ...slightlyOff('jensen-shannon-is-half-of-two-divergences-to-the-mixture', {
    'Jensen–Shannon divergence': [spec.jensenShannon],
    'half of two divergences': [spec.klDiv],
  }),
  {
    identity: 'jensen-shannon-does-not-change-when-its-arguments-are-exchanged',
    bug: 'jensen-shannon is the divergence of one from the mixture',
    op: spec.jensenShannon,
    change: through((y, _, { in: { input } }) => (Number(input!.data[0]) > 0 ? 2 * y : y)),
    paths: ['of p and q', 'of q and p'],
  },
  {
    identity: 'label-smoothing-mixes-with-the-uniform-distribution',
    bug: 'cross-entropy smooths half as much',
    op: spec.crossEntropy,
    change: instead((r) => withParams(r, { labelSmoothing: Number(r.params.labelSmoothing) / 2 })),
    paths: ['smoothed cross-entropy'],
  },
  ...slightlyOff('ctc-loss-adds-up-all-alignments', {
    'ctc-loss': [spec.ctcLoss],
    'log-sum-exp of the alignments': [spec.logSumExp],
  }),
  {
    identity: 'ctc-loss-adds-up-all-alignments',
    bug: 'ctc-loss forgets that equal labels need a blank between them',
    op: spec.ctcLoss,
    change: withoutRepeats,
    paths: ['ctc-loss'],
  },
  ...slightlyOff('ctc-loss-of-no-labels-is-nll-loss-of-blanks', {
    'ctc-loss': [spec.ctcLoss],
    'nll-loss': [spec.nllLoss],
  }),
  ...slightlyOff('ctc-loss-of-one-step-is-nll-loss', {
    'ctc-loss': [spec.ctcLoss],
    'nll-loss': [spec.nllLoss],
  }),
  ...restatements.flatMap(([identity, ...sides]) =>
    sides.map((op): Plant => {
      const bug = `${op.id} is larger`;
      return { identity, bug, op, change: times(MUCH), paths: [op.id] };
    }),
  ),
  {
    identity: 'poisson-nll-loss-of-a-rate-is-that-of-its-logarithm',
    bug: 'a rate is taken for a logarithm',
    op: spec.poissonNllLoss,
    change: instead((request) => withParams(request, { logInput: true })),
    paths: ['of rates'],
  },
  {
    identity: 'poisson-nll-loss-of-a-rate-is-that-of-its-logarithm',
    bug: 'the loss of a logarithm is larger',
    op: spec.poissonNllLoss,
    change: times(MUCH, ({ params }) => params.logInput === true),
    paths: ['of their logarithms'],
  },
  {
    identity: 'gradient-of-mse-loss-is-twice-the-error-over-the-weights',
    bug: 'the factor 2 is forgotten',
    op: spec.mseLoss,
    change: times(0.5),
    paths: ['the gradient in input'],
  },
  {
    identity: 'hardswish-is-x-times-hardsigmoid',
    bug: 'hardswish is larger',
    op: spec.hardswish,
    change: times(MUCH),
    paths: ['hardswish'],
  },
  {
    identity: 'hardswish-is-x-times-hardsigmoid',
    bug: 'hardsigmoid has the slope of another one',
    op: spec.hardsigmoid,
    change: through((_, i, { in: { input } }) =>
      Math.max(0, Math.min(1, 0.2 * Number(input!.data[i]) + 0.5)),
    ),
    paths: ['x · hardsigmoid'],
  },
  ...slightlyOff('squared-hinge-loss-is-the-square-of-hinge-loss', {
    'squared-hinge-loss': [spec.squaredHingeLoss],
    'the square of hinge-loss': [spec.hingeLoss],
  }),
  ...slightlyOff('multi-margin-loss-of-two-classes-is-half-a-ranking', {
    'multi-margin-loss': [spec.multiMarginLoss],
    'half of margin-ranking-loss': [spec.marginRankingLoss],
  }),
  ...slightlyOff('info-nce-is-cross-entropy-of-similarities', { 'info-nce': [spec.infoNce] }),
  ...slightlyOff('cosine-embedding-loss-of-like-pairs-is-nearly-the-cosine-distance', {
    'cosine-embedding-loss': [spec.cosineEmbeddingLoss],
    'cosine distance': [spec.cosineSimilarityLoss],
  }),
  {
    identity: 'triplet-margin-loss-with-swap-is-never-less',
    bug: 'swap halves the loss',
    op: spec.tripletMarginLoss,
    change: times(0.5, (request) => request.params.swap === true),
    paths: ['with swap'],
  },
  ...[spec.marginRankingLoss, spec.multiMarginLoss, spec.multilabelMarginLoss].map(
    (op): Plant => ({
      identity: 'margin-losses-are-zero-exactly-where-margins-are-kept',
      bug: `${op.id} does not stop at 0`,
      op,
      change: through((y) => y || 2 ** -30),
      paths: ['is 0'],
    }),
  ),
];
