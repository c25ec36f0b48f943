/** Every identity that ties operators together; the name of its file is what it says. */
import type fc from 'fast-check';
import type { Law } from '../law.ts';
import * as binaryCrossEntropyThreeWays from './binary-cross-entropy-three-ways.ts';
import * as celuIsEluStretched from './celu-is-elu-stretched.ts';
import * as clipIsHardtanhWhereTheBoundsAreOrdered from './clip-is-hardtanh-where-the-bounds-are-ordered.ts';
import * as crossEntropyIsKlPlusEntropy from './cross-entropy-is-kl-plus-entropy.ts';
import * as crossEntropyIsLogSumExpMinusTheLogit from './cross-entropy-is-log-sum-exp-minus-the-logit.ts';
import * as crossEntropyIsNllOfLogSoftmax from './cross-entropy-is-nll-of-log-softmax.ts';
import * as ctcLossAddsUpAllAlignments from './ctc-loss-adds-up-all-alignments.ts';
import * as ctcLossOfNoLabelsIsNllLossOfBlanks from './ctc-loss-of-no-labels-is-nll-loss-of-blanks.ts';
import * as ctcLossOfOneStepIsNllLoss from './ctc-loss-of-one-step-is-nll-loss.ts';
import * as exponentialOfLogsigmoidIsSigmoid from './exponential-of-logsigmoid-is-sigmoid.ts';
import * as exponentialTimesItsMirrorIsOne from './exponential-times-its-mirror-is-one.ts';
import * as geluMinusItsMirrorIsX from './gelu-minus-its-mirror-is-x.ts';
import * as geluWithTanhIsXTimesSigmoid from './gelu-with-tanh-is-x-times-sigmoid.ts';
import * as gluIsAHalfTimesTheSigmoidOfTheOther from './glu-is-a-half-times-the-sigmoid-of-the-other.ts';
import * as gradientRowsOfCrossEntropySumToZero from './gradient-rows-of-cross-entropy-sum-to-zero.ts';
import * as gumbelSoftmaxWithoutNoiseIsSoftmax from './gumbel-softmax-without-noise-is-softmax.ts';
import * as hardSigmoidAffineOfOneSixthIsNearlyHardsigmoid from './hard-sigmoid-affine-of-one-sixth-is-nearly-hardsigmoid.ts';
import * as hardmaxIsHardGumbelSoftmaxWithoutNoise from './hardmax-is-hard-gumbel-softmax-without-noise.ts';
import * as hardswishIsXTimesHardsigmoid from './hardswish-is-x-times-hardsigmoid.ts';
import * as leakyReluOfSlope0IsRelu from './leaky-relu-of-slope-0-is-relu.ts';
import * as logSoftmaxDoesNotChangeUnderShifts from './log-softmax-does-not-change-under-shifts.ts';
import * as logsigmoidIsMinusSoftplusOfMinus from './logsigmoid-is-minus-softplus-of-minus.ts';
import * as meanIsSumOverDenominator from './mean-is-sum-over-denominator.ts';
import * as mishIsXTimesTanhOfSoftplus from './mish-is-x-times-tanh-of-softplus.ts';
import * as oneHotProbabilitiesAreIndicesExceptForWeightedMeans from './one-hot-probabilities-are-indices-except-for-weighted-means.ts';
import * as oneOutputAndTwoAgreeOnAntisymmetricRowsOnlyAtOneHalf from './one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half.ts';
import * as preluWithOneWeightIsLeakyRelu from './prelu-with-one-weight-is-leaky-relu.ts';
import * as relu6IsHardtanhFrom0To6 from './relu6-is-hardtanh-from-0-to-6.ts';
import * as rreluWithoutNoiseIsLeakyReluOfTheMiddle from './rrelu-without-noise-is-leaky-relu-of-the-middle.ts';
import * as seluIsEluScaled from './selu-is-elu-scaled.ts';
import * as shrinkByLambdIsSoftshrink from './shrink-by-lambd-is-softshrink.ts';
import * as shrinkWithoutBiasIsHardshrink from './shrink-without-bias-is-hardshrink.ts';
import * as siluIsXTimesSigmoid from './silu-is-x-times-sigmoid.ts';
import * as siluMinusItsMirrorIsX from './silu-minus-its-mirror-is-x.ts';
import * as siluWithAlphaIsSiluStretched from './silu-with-alpha-is-silu-stretched.ts';
import * as softCapIsTanhStretched from './soft-cap-is-tanh-stretched.ts';
import * as softmaxSumsToOne from './softmax-sums-to-one.ts';
import * as softmax2dIsSoftmaxAlongTheChannels from './softmax2d-is-softmax-along-the-channels.ts';
import * as softminIsSoftmaxOfMinus from './softmin-is-softmax-of-minus.ts';
import * as sparsemaxDoesNotChangeUnderShifts from './sparsemax-does-not-change-under-shifts.ts';
import * as squareplusWithoutBIsRelu from './squareplus-without-b-is-relu.ts';
import * as swigluOfOneIsSilu from './swiglu-of-one-is-silu.ts';
import * as symmetricCrossEntropyIsASum from './symmetric-cross-entropy-is-a-sum.ts';
import * as tanhIsSigmoidStretched from './tanh-is-sigmoid-stretched.ts';
import * as tanhshrinkIsXMinusTanh from './tanhshrink-is-x-minus-tanh.ts';
import * as threeHeadsAreOneFunction from './three-heads-are-one-function.ts';
import * as thresholdAt0IsRelu from './threshold-at-0-is-relu.ts';
import * as thresholdedReluIsAThresholdWithValue0 from './thresholded-relu-is-a-threshold-with-value-0.ts';

interface Identity {
  /** That it holds of the definitions, certified. */
  // biome-ignore lint/suspicious/noExplicitAny: each identity draws its own kind of question
  readonly certified: fc.IProperty<any>;
  /** That a candidate keeps to it. */
  readonly law: Law;
}

const all: readonly Identity[] = [
  crossEntropyIsNllOfLogSoftmax,
  crossEntropyIsLogSumExpMinusTheLogit,
  oneHotProbabilitiesAreIndicesExceptForWeightedMeans,
  binaryCrossEntropyThreeWays,
  threeHeadsAreOneFunction,
  oneOutputAndTwoAgreeOnAntisymmetricRowsOnlyAtOneHalf,
  logSoftmaxDoesNotChangeUnderShifts,
  gradientRowsOfCrossEntropySumToZero,
  softmaxSumsToOne,
  crossEntropyIsKlPlusEntropy,
  symmetricCrossEntropyIsASum,
  meanIsSumOverDenominator,
  logsigmoidIsMinusSoftplusOfMinus,
  tanhIsSigmoidStretched,
  relu6IsHardtanhFrom0To6,
  thresholdAt0IsRelu,
  leakyReluOfSlope0IsRelu,
  squareplusWithoutBIsRelu,
  thresholdedReluIsAThresholdWithValue0,
  shrinkWithoutBiasIsHardshrink,
  shrinkByLambdIsSoftshrink,
  clipIsHardtanhWhereTheBoundsAreOrdered,
  preluWithOneWeightIsLeakyRelu,
  rreluWithoutNoiseIsLeakyReluOfTheMiddle,
  hardswishIsXTimesHardsigmoid,
  hardSigmoidAffineOfOneSixthIsNearlyHardsigmoid,
  celuIsEluStretched,
  exponentialOfLogsigmoidIsSigmoid,
  exponentialTimesItsMirrorIsOne,
  geluMinusItsMirrorIsX,
  geluWithTanhIsXTimesSigmoid,
  mishIsXTimesTanhOfSoftplus,
  seluIsEluScaled,
  siluIsXTimesSigmoid,
  siluMinusItsMirrorIsX,
  siluWithAlphaIsSiluStretched,
  softCapIsTanhStretched,
  tanhshrinkIsXMinusTanh,
  gluIsAHalfTimesTheSigmoidOfTheOther,
  gumbelSoftmaxWithoutNoiseIsSoftmax,
  hardmaxIsHardGumbelSoftmaxWithoutNoise,
  softmax2dIsSoftmaxAlongTheChannels,
  softminIsSoftmaxOfMinus,
  sparsemaxDoesNotChangeUnderShifts,
  swigluOfOneIsSilu,
  ctcLossAddsUpAllAlignments,
  ctcLossOfNoLabelsIsNllLossOfBlanks,
  ctcLossOfOneStepIsNllLoss,
];

export const identities: readonly Law[] = all.map(({ law }) => law);

export const certifiedIdentities = all.map(({ law, certified }) => ({
  name: law.name,
  property: certified,
}));
