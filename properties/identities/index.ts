/** Every identity that ties operators together; the name of its file is what it says. */
import type fc from 'fast-check';
import type { Law } from '../law.ts';
import * as adaptiveLogSoftmaxWithLossIsTwoCrossEntropiesOfLinear from './adaptive-log-softmax-with-loss-is-two-cross-entropies-of-linear.ts';
import * as binaryCrossEntropyThreeWays from './binary-cross-entropy-three-ways.ts';
import * as celuIsEluStretched from './celu-is-elu-stretched.ts';
import * as clipIsHardtanhWhereTheBoundsAreOrdered from './clip-is-hardtanh-where-the-bounds-are-ordered.ts';
import * as cosineEmbeddingLossOfLikePairsIsNearlyTheCosineDistance from './cosine-embedding-loss-of-like-pairs-is-nearly-the-cosine-distance.ts';
import * as crossEntropyIsKlPlusEntropy from './cross-entropy-is-kl-plus-entropy.ts';
import * as crossEntropyIsLogSumExpMinusTheLogit from './cross-entropy-is-log-sum-exp-minus-the-logit.ts';
import * as crossEntropyIsNllOfLogSoftmax from './cross-entropy-is-nll-of-log-softmax.ts';
import * as ctcLossAddsUpAllAlignments from './ctc-loss-adds-up-all-alignments.ts';
import * as ctcLossOfNoLabelsIsNllLossOfBlanks from './ctc-loss-of-no-labels-is-nll-loss-of-blanks.ts';
import * as ctcLossOfOneStepIsNllLoss from './ctc-loss-of-one-step-is-nll-loss.ts';
import * as exponentialOfLogsigmoidIsSigmoid from './exponential-of-logsigmoid-is-sigmoid.ts';
import * as exponentialTimesItsMirrorIsOne from './exponential-times-its-mirror-is-one.ts';
import * as focalLossWithoutGammaIsCrossEntropy from './focal-loss-without-gamma-is-cross-entropy.ts';
import * as gaussianNllLossOfVariance1IsHalfOfMseLoss from './gaussian-nll-loss-of-variance-1-is-half-of-mse-loss.ts';
import * as geluMinusItsMirrorIsX from './gelu-minus-its-mirror-is-x.ts';
import * as geluWithTanhIsXTimesSigmoid from './gelu-with-tanh-is-x-times-sigmoid.ts';
import * as generalizedCrossEntropyOfQ0IsCrossEntropy from './generalized-cross-entropy-of-q-0-is-cross-entropy.ts';
import * as generalizedCrossEntropyOfQ1IsWhatIsLeftOfTheSoftmax from './generalized-cross-entropy-of-q-1-is-what-is-left-of-the-softmax.ts';
import * as gluIsAHalfTimesTheSigmoidOfTheOther from './glu-is-a-half-times-the-sigmoid-of-the-other.ts';
import * as gradientOfMseLossIsTwiceTheErrorOverTheWeights from './gradient-of-mse-loss-is-twice-the-error-over-the-weights.ts';
import * as gradientRowsOfCrossEntropySumToZero from './gradient-rows-of-cross-entropy-sum-to-zero.ts';
import * as gumbelSoftmaxWithoutNoiseIsSoftmax from './gumbel-softmax-without-noise-is-softmax.ts';
import * as hardSigmoidAffineOfOneSixthIsNearlyHardsigmoid from './hard-sigmoid-affine-of-one-sixth-is-nearly-hardsigmoid.ts';
import * as hardmaxIsHardGumbelSoftmaxWithoutNoise from './hardmax-is-hard-gumbel-softmax-without-noise.ts';
import * as hardswishIsXTimesHardsigmoid from './hardswish-is-x-times-hardsigmoid.ts';
import * as hingeEmbeddingLossOfMinusOneIsAHinge from './hinge-embedding-loss-of-minus-one-is-a-hinge.ts';
import * as huberLossIsDeltaTimesSmoothL1Loss from './huber-loss-is-delta-times-smooth-l1-loss.ts';
import * as infoNceIsCrossEntropyOfSimilarities from './info-nce-is-cross-entropy-of-similarities.ts';
import * as jensenShannonDoesNotChangeWhenItsArgumentsAreExchanged from './jensen-shannon-does-not-change-when-its-arguments-are-exchanged.ts';
import * as jensenShannonIsHalfOfTwoDivergencesToTheMixture from './jensen-shannon-is-half-of-two-divergences-to-the-mixture.ts';
import * as labelSmoothingMixesWithTheUniformDistribution from './label-smoothing-mixes-with-the-uniform-distribution.ts';
import * as leakyReluOfSlope0IsRelu from './leaky-relu-of-slope-0-is-relu.ts';
import * as linearCrossEntropyIsCrossEntropyOfLinear from './linear-cross-entropy-is-cross-entropy-of-linear.ts';
import * as logSoftmaxDoesNotChangeUnderShifts from './log-softmax-does-not-change-under-shifts.ts';
import * as logsigmoidIsMinusSoftplusOfMinus from './logsigmoid-is-minus-softplus-of-minus.ts';
import * as marginLossesAreZeroExactlyWhereMarginsAreKept from './margin-losses-are-zero-exactly-where-margins-are-kept.ts';
import * as meanIsSumOverDenominator from './mean-is-sum-over-denominator.ts';
import * as mishIsXTimesTanhOfSoftplus from './mish-is-x-times-tanh-of-softplus.ts';
import * as multiMarginLossOfTwoClassesIsHalfARanking from './multi-margin-loss-of-two-classes-is-half-a-ranking.ts';
import * as multilabelSoftMarginLossIsAMeanOfBinaryCrossEntropyWithLogits from './multilabel-soft-margin-loss-is-a-mean-of-binary-cross-entropy-with-logits.ts';
import * as oneHotProbabilitiesAreIndicesExceptForWeightedMeans from './one-hot-probabilities-are-indices-except-for-weighted-means.ts';
import * as oneOutputAndTwoAgreeOnAntisymmetricRowsOnlyAtOneHalf from './one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half.ts';
import * as poissonNllLossOfARateIsThatOfItsLogarithm from './poisson-nll-loss-of-a-rate-is-that-of-its-logarithm.ts';
import * as poly1LossWithoutEpsilonIsCrossEntropy from './poly-1-loss-without-epsilon-is-cross-entropy.ts';
import * as preluWithOneWeightIsLeakyRelu from './prelu-with-one-weight-is-leaky-relu.ts';
import * as quantileLossOfOneHalfIsHalfOfL1Loss from './quantile-loss-of-one-half-is-half-of-l1-loss.ts';
import * as relu6IsHardtanhFrom0To6 from './relu6-is-hardtanh-from-0-to-6.ts';
import * as rreluWithoutNoiseIsLeakyReluOfTheMiddle from './rrelu-without-noise-is-leaky-relu-of-the-middle.ts';
import * as seluIsEluScaled from './selu-is-elu-scaled.ts';
import * as shrinkByLambdIsSoftshrink from './shrink-by-lambd-is-softshrink.ts';
import * as shrinkWithoutBiasIsHardshrink from './shrink-without-bias-is-hardshrink.ts';
import * as sigmoidFocalLossWithoutGammaAndAlphaIsBinaryCrossEntropy from './sigmoid-focal-loss-without-gamma-and-alpha-is-binary-cross-entropy.ts';
import * as siluIsXTimesSigmoid from './silu-is-x-times-sigmoid.ts';
import * as siluMinusItsMirrorIsX from './silu-minus-its-mirror-is-x.ts';
import * as siluWithAlphaIsSiluStretched from './silu-with-alpha-is-silu-stretched.ts';
import * as smoothL1LossOfBeta0IsL1Loss from './smooth-l1-loss-of-beta-0-is-l1-loss.ts';
import * as softCapIsTanhStretched from './soft-cap-is-tanh-stretched.ts';
import * as softMarginLossIsBinaryCrossEntropyWithLogitsOfHalfLabels from './soft-margin-loss-is-binary-cross-entropy-with-logits-of-half-labels.ts';
import * as softmaxSumsToOne from './softmax-sums-to-one.ts';
import * as softmax2dIsSoftmaxAlongTheChannels from './softmax2d-is-softmax-along-the-channels.ts';
import * as softminIsSoftmaxOfMinus from './softmin-is-softmax-of-minus.ts';
import * as sparsemaxDoesNotChangeUnderShifts from './sparsemax-does-not-change-under-shifts.ts';
import * as squaredHingeLossIsTheSquareOfHingeLoss from './squared-hinge-loss-is-the-square-of-hinge-loss.ts';
import * as squareplusWithoutBIsRelu from './squareplus-without-b-is-relu.ts';
import * as swigluOfOneIsSilu from './swiglu-of-one-is-silu.ts';
import * as symmetricCrossEntropyIsASum from './symmetric-cross-entropy-is-a-sum.ts';
import * as tanhIsSigmoidStretched from './tanh-is-sigmoid-stretched.ts';
import * as tanhshrinkIsXMinusTanh from './tanhshrink-is-x-minus-tanh.ts';
import * as threeHeadsAreOneFunction from './three-heads-are-one-function.ts';
import * as thresholdAt0IsRelu from './threshold-at-0-is-relu.ts';
import * as thresholdedReluIsAThresholdWithValue0 from './thresholded-relu-is-a-threshold-with-value-0.ts';
import * as tripletMarginLossWithSwapIsNeverLess from './triplet-margin-loss-with-swap-is-never-less.ts';
import * as tripletMarginWithDistanceLossOfEuclideanIsTripletMarginLoss from './triplet-margin-with-distance-loss-of-euclidean-is-triplet-margin-loss.ts';
import * as tverskyLossOfTwoHalvesIsDiceLoss from './tversky-loss-of-two-halves-is-dice-loss.ts';
import * as zLossIsLogSumExpSquared from './z-loss-is-log-sum-exp-squared.ts';

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
  smoothL1LossOfBeta0IsL1Loss,
  huberLossIsDeltaTimesSmoothL1Loss,
  quantileLossOfOneHalfIsHalfOfL1Loss,
  gaussianNllLossOfVariance1IsHalfOfMseLoss,
  poissonNllLossOfARateIsThatOfItsLogarithm,
  gradientOfMseLossIsTwiceTheErrorOverTheWeights,
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
  hingeEmbeddingLossOfMinusOneIsAHinge,
  softMarginLossIsBinaryCrossEntropyWithLogitsOfHalfLabels,
  multilabelSoftMarginLossIsAMeanOfBinaryCrossEntropyWithLogits,
  tripletMarginWithDistanceLossOfEuclideanIsTripletMarginLoss,
  squaredHingeLossIsTheSquareOfHingeLoss,
  multiMarginLossOfTwoClassesIsHalfARanking,
  tripletMarginLossWithSwapIsNeverLess,
  infoNceIsCrossEntropyOfSimilarities,
  cosineEmbeddingLossOfLikePairsIsNearlyTheCosineDistance,
  marginLossesAreZeroExactlyWhereMarginsAreKept,
  focalLossWithoutGammaIsCrossEntropy,
  poly1LossWithoutEpsilonIsCrossEntropy,
  generalizedCrossEntropyOfQ0IsCrossEntropy,
  generalizedCrossEntropyOfQ1IsWhatIsLeftOfTheSoftmax,
  sigmoidFocalLossWithoutGammaAndAlphaIsBinaryCrossEntropy,
  labelSmoothingMixesWithTheUniformDistribution,
  linearCrossEntropyIsCrossEntropyOfLinear,
  adaptiveLogSoftmaxWithLossIsTwoCrossEntropiesOfLinear,
  jensenShannonDoesNotChangeWhenItsArgumentsAreExchanged,
  jensenShannonIsHalfOfTwoDivergencesToTheMixture,
  tverskyLossOfTwoHalvesIsDiceLoss,
  zLossIsLogSumExpSquared,
  ctcLossAddsUpAllAlignments,
  ctcLossOfNoLabelsIsNllLossOfBlanks,
  ctcLossOfOneStepIsNllLoss,
];

export const identities: readonly Law[] = all.map(({ law }) => law);

export const certifiedIdentities = all.map(({ law, certified }) => ({
  name: law.name,
  property: certified,
}));
