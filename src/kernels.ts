/** # All kernels there are, for what is to be done with each of them */

import { celuKernels } from './activations/celu.ts';
import { clipKernels } from './activations/clip.ts';
import { eluKernels } from './activations/elu.ts';
import { exponentialKernels } from './activations/exponential.ts';
import { geluKernels } from './activations/gelu.ts';
import { hardSigmoidAffineKernels } from './activations/hard-sigmoid-affine.ts';
import { hardshrinkKernels } from './activations/hardshrink.ts';
import { hardsigmoidKernels } from './activations/hardsigmoid.ts';
import { hardswishKernels } from './activations/hardswish.ts';
import { hardtanhKernels } from './activations/hardtanh.ts';
import { leakyReluKernels } from './activations/leaky-relu.ts';
import { logSoftmaxKernels } from './activations/log-softmax.ts';
import { logSumExpKernels } from './activations/log-sum-exp.ts';
import { logsigmoidKernels } from './activations/logsigmoid.ts';
import { mishKernels } from './activations/mish.ts';
import { reluKernels } from './activations/relu.ts';
import { relu6Kernels } from './activations/relu6.ts';
import { seluKernels } from './activations/selu.ts';
import { shrinkKernels } from './activations/shrink.ts';
import { sigmoidKernels } from './activations/sigmoid.ts';
import { siluKernels } from './activations/silu.ts';
import { softCapKernels } from './activations/soft-cap.ts';
import { softmaxKernels } from './activations/softmax.ts';
import { softminKernels } from './activations/softmin.ts';
import { softplusKernels } from './activations/softplus.ts';
import { softsignKernels } from './activations/softsign.ts';
import { sparsePlusKernels } from './activations/sparse-plus.ts';
import { sparseSigmoidKernels } from './activations/sparse-sigmoid.ts';
import { squareplusKernels } from './activations/squareplus.ts';
import { tanhKernels } from './activations/tanh.ts';
import { tanhshrinkKernels } from './activations/tanhshrink.ts';
import { thresholdKernels } from './activations/threshold.ts';
import { thresholdedReluKernels } from './activations/thresholded-relu.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { RowKernel } from './kernel/rows/language.ts';
import { binaryCrossEntropyKernels } from './losses/binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogitsKernels } from './losses/binary-cross-entropy-with-logits.ts';
import { klDivKernels } from './losses/kl-div.ts';
import { ofClass, ofDistribution, ofSmoothedClass } from './math/cross-entropy.ts';
import { ofReverse, ofSymmetric } from './math/reverse-cross-entropy.ts';

/** Correctly rounded functions of one number, each once. */
export const elementwiseKernels: readonly Kernel[] = [
  ...new Set(
    [
      clipKernels,
      hardSigmoidAffineKernels,
      hardshrinkKernels,
      hardsigmoidKernels,
      hardtanhKernels,
      relu6Kernels,
      shrinkKernels,
      softsignKernels,
      sparsePlusKernels,
      sparseSigmoidKernels,
      squareplusKernels,
      thresholdKernels,
      thresholdedReluKernels,
      geluKernels.none,
      geluKernels.tanh,
      celuKernels,
      eluKernels,
      exponentialKernels,
      mishKernels,
      seluKernels,
      softCapKernels,
      tanhshrinkKernels,
      hardswishKernels,
      leakyReluKernels,
      logsigmoidKernels,
      reluKernels,
      sigmoidKernels,
      siluKernels.plain,
      siluKernels.scaled,
      softplusKernels.plain,
      softplusKernels.scaled,
      tanhKernels,
    ].flatMap(({ value, slope }) => [value, slope]),
  ),
];

export const rowKernels: readonly RowKernel[] = [
  ...[
    softmaxKernels,
    softminKernels,
    logSoftmaxKernels,
    logSumExpKernels,
    ofClass,
    ofSmoothedClass,
    ofDistribution,
    ofReverse,
    ofSymmetric,
  ].flatMap(({ value, gradient }) => [value, gradient]),
  ...binaryCrossEntropyKernels,
  ...binaryCrossEntropyWithLogitsKernels,
  ...klDivKernels,
];
