/** Every identity that ties operators together; the name of its file is what it says. */
import type fc from 'fast-check';
import type { Law } from '../law.ts';
import * as binaryCrossEntropyThreeWays from './binary-cross-entropy-three-ways.ts';
import * as crossEntropyIsKlPlusEntropy from './cross-entropy-is-kl-plus-entropy.ts';
import * as crossEntropyIsLogSumExpMinusTheLogit from './cross-entropy-is-log-sum-exp-minus-the-logit.ts';
import * as crossEntropyIsNllOfLogSoftmax from './cross-entropy-is-nll-of-log-softmax.ts';
import * as gluIsAHalfTimesTheSigmoidOfTheOther from './glu-is-a-half-times-the-sigmoid-of-the-other.ts';
import * as gradientRowsOfCrossEntropySumToZero from './gradient-rows-of-cross-entropy-sum-to-zero.ts';
import * as gumbelSoftmaxWithoutNoiseIsSoftmax from './gumbel-softmax-without-noise-is-softmax.ts';
import * as hardmaxIsHardGumbelSoftmaxWithoutNoise from './hardmax-is-hard-gumbel-softmax-without-noise.ts';
import * as logSoftmaxDoesNotChangeUnderShifts from './log-softmax-does-not-change-under-shifts.ts';
import * as logsigmoidIsMinusSoftplusOfMinus from './logsigmoid-is-minus-softplus-of-minus.ts';
import * as meanIsSumOverDenominator from './mean-is-sum-over-denominator.ts';
import * as oneHotProbabilitiesAreIndicesExceptForWeightedMeans from './one-hot-probabilities-are-indices-except-for-weighted-means.ts';
import * as oneOutputAndTwoAgreeOnAntisymmetricRowsOnlyAtOneHalf from './one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half.ts';
import * as softmaxSumsToOne from './softmax-sums-to-one.ts';
import * as softmax2dIsSoftmaxAlongTheChannels from './softmax2d-is-softmax-along-the-channels.ts';
import * as softminIsSoftmaxOfMinus from './softmin-is-softmax-of-minus.ts';
import * as sparsemaxDoesNotChangeUnderShifts from './sparsemax-does-not-change-under-shifts.ts';
import * as swigluOfOneIsSilu from './swiglu-of-one-is-silu.ts';
import * as symmetricCrossEntropyIsASum from './symmetric-cross-entropy-is-a-sum.ts';
import * as tanhIsSigmoidStretched from './tanh-is-sigmoid-stretched.ts';
import * as threeHeadsAreOneFunction from './three-heads-are-one-function.ts';

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
  gluIsAHalfTimesTheSigmoidOfTheOther,
  gumbelSoftmaxWithoutNoiseIsSoftmax,
  hardmaxIsHardGumbelSoftmaxWithoutNoise,
  softmax2dIsSoftmaxAlongTheChannels,
  softminIsSoftmaxOfMinus,
  sparsemaxDoesNotChangeUnderShifts,
  swigluOfOneIsSilu,
];

export const identities: readonly Law[] = all.map(({ law }) => law);

export const certifiedIdentities = all.map(({ law, certified }) => ({
  name: law.name,
  property: certified,
}));
