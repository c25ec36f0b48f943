/** # All kernels there are, for what is to be done with each of them */
import { logSoftmaxKernels } from './activations/log-softmax.ts';
import { logSumExpKernels } from './activations/log-sum-exp.ts';
import { logsigmoidKernels } from './activations/logsigmoid.ts';
import { sigmoidKernels } from './activations/sigmoid.ts';
import { softmaxKernels } from './activations/softmax.ts';
import { softminKernels } from './activations/softmin.ts';
import { softplusKernels } from './activations/softplus.ts';
import { tanhKernels } from './activations/tanh.ts';
import type { Kernel } from './kernel/module.ts';
import type { RowKernel } from './kernel/rows/language.ts';
import { binaryCrossEntropyKernels } from './losses/binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogitsKernels } from './losses/binary-cross-entropy-with-logits.ts';
import { klDivKernels } from './losses/kl-div.ts';
import { ofClass, ofDistribution, ofSmoothedClass } from './math/cross-entropy.ts';

/** Correctly rounded functions of one number, each once. */
export const elementwiseKernels: readonly Kernel[] = [
  ...new Set(
    [sigmoidKernels, tanhKernels, softplusKernels, logsigmoidKernels].flatMap(
      ({ value, slope }) => [value, slope],
    ),
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
  ].flatMap(({ value, gradient }) => [value, gradient]),
  ...binaryCrossEntropyKernels,
  ...binaryCrossEntropyWithLogitsKernels,
  ...klDivKernels,
];
