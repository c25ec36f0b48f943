/** # Composed graphs: what ONNX lacks, and what its float64 kernels get wrong */

import { adaptiveLogSoftmaxWithLoss } from './adaptive-log-softmax-with-loss.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import { categoricalHingeLoss } from './categorical-hinge-loss.ts';
import { celu } from './celu.ts';
import { clip } from './clip.ts';
import type { Composition } from './composition.ts';
import { cosineEmbeddingLoss } from './cosine-embedding-loss.ts';
import { cosineSimilarityLoss } from './cosine-similarity-loss.ts';
import { crossEntropy } from './cross-entropy.ts';
import { ctcLoss } from './ctc-loss.ts';
import { diceLoss } from './dice-loss.ts';
import { elu } from './elu.ts';
import { entmax15 } from './entmax15.ts';
import { focalLoss } from './focal-loss.ts';
import { gaussianNllLoss } from './gaussian-nll-loss.ts';
import { gelu } from './gelu.ts';
import { generalizedCrossEntropy } from './generalized-cross-entropy.ts';
import { glu } from './glu.ts';
import { gumbelSoftmax } from './gumbel-softmax.ts';
import { hardSigmoidAffine } from './hard-sigmoid-affine.ts';
import { hardmax } from './hardmax.ts';
import { hardshrink } from './hardshrink.ts';
import { hardsigmoid } from './hardsigmoid.ts';
import { hardswish } from './hardswish.ts';
import { hardtanh } from './hardtanh.ts';
import { hingeEmbeddingLoss } from './hinge-embedding-loss.ts';
import { hingeLoss } from './hinge-loss.ts';
import { huberLoss } from './huber-loss.ts';
import { infoNce } from './info-nce.ts';
import { jensenShannon } from './jensen-shannon.ts';
import { klDiv } from './kl-div.ts';
import { l1Loss } from './l1-loss.ts';
import { leakyRelu } from './leaky-relu.ts';
import { linear } from './linear.ts';
import { linearCrossEntropy } from './linear-cross-entropy.ts';
import { logCoshLoss } from './log-cosh-loss.ts';
import { logsigmoid } from './logsigmoid.ts';
import { mapeLoss } from './mape-loss.ts';
import { marginRankingLoss } from './margin-ranking-loss.ts';
import { mish } from './mish.ts';
import { mseLoss } from './mse-loss.ts';
import { msleLoss } from './msle-loss.ts';
import { multiMarginLoss } from './multi-margin-loss.ts';
import { multilabelMarginLoss } from './multilabel-margin-loss.ts';
import { multilabelSoftMarginLoss } from './multilabel-soft-margin-loss.ts';
import { nllLoss } from './nll-loss.ts';
import { poissonNllLoss } from './poisson-nll-loss.ts';
import { poly1Loss } from './poly-1-loss.ts';
import { prelu } from './prelu.ts';
import { quantileLoss } from './quantile-loss.ts';
import { relu6 } from './relu6.ts';
import { reverseCrossEntropy } from './reverse-cross-entropy.ts';
import { rrelu } from './rrelu.ts';
import { selu } from './selu.ts';
import { shrink } from './shrink.ts';
import { sigmoid } from './sigmoid.ts';
import { sigmoidFocalLoss } from './sigmoid-focal-loss.ts';
import { silu } from './silu.ts';
import { smoothL1Loss } from './smooth-l1-loss.ts';
import { softCap } from './soft-cap.ts';
import { softMarginLoss } from './soft-margin-loss.ts';
import { softmax2d } from './softmax2d.ts';
import { softmin } from './softmin.ts';
import { softplus } from './softplus.ts';
import { softshrink } from './softshrink.ts';
import { softsign } from './softsign.ts';
import { sparsePlus } from './sparse-plus.ts';
import { sparseSigmoid } from './sparse-sigmoid.ts';
import { sparsemax } from './sparsemax.ts';
import { squaredHingeLoss } from './squared-hinge-loss.ts';
import { squareplus } from './squareplus.ts';
import { swiglu } from './swiglu.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';
import { tanhshrink } from './tanhshrink.ts';
import { threshold } from './threshold.ts';
import { thresholdedRelu } from './thresholded-relu.ts';
import { tripletMarginLoss } from './triplet-margin-loss.ts';
import { tripletMarginWithDistanceLoss } from './triplet-margin-with-distance-loss.ts';
import { tverskyLoss } from './tversky-loss.ts';
import { zLoss } from './z-loss.ts';

export const compositions: { readonly [op: string]: Composition | undefined } = {
  sigmoid,
  logsigmoid,
  softplus,
  relu6,
  hardtanh,
  clip,
  'leaky-relu': leakyRelu,
  prelu,
  rrelu,
  threshold,
  'thresholded-relu': thresholdedRelu,
  hardshrink,
  softshrink,
  shrink,
  'hard-sigmoid-affine': hardSigmoidAffine,
  hardsigmoid,
  hardswish,
  softsign,
  squareplus,
  'sparse-plus': sparsePlus,
  'sparse-sigmoid': sparseSigmoid,
  celu,
  elu,
  gelu,
  mish,
  selu,
  silu,
  'soft-cap': softCap,
  tanhshrink,
  linear,
  softmin,
  softmax2d,
  hardmax,
  'gumbel-softmax': gumbelSoftmax,
  sparsemax,
  entmax15,
  glu,
  swiglu,
  'nll-loss': nllLoss,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
  'l1-loss': l1Loss,
  'mse-loss': mseLoss,
  'smooth-l1-loss': smoothL1Loss,
  'huber-loss': huberLoss,
  'log-cosh-loss': logCoshLoss,
  'quantile-loss': quantileLoss,
  'msle-loss': msleLoss,
  'mape-loss': mapeLoss,
  'poisson-nll-loss': poissonNllLoss,
  'gaussian-nll-loss': gaussianNllLoss,
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
  'hinge-embedding-loss': hingeEmbeddingLoss,
  'margin-ranking-loss': marginRankingLoss,
  'soft-margin-loss': softMarginLoss,
  'multi-margin-loss': multiMarginLoss,
  'multilabel-margin-loss': multilabelMarginLoss,
  'multilabel-soft-margin-loss': multilabelSoftMarginLoss,
  'cosine-embedding-loss': cosineEmbeddingLoss,
  'triplet-margin-loss': tripletMarginLoss,
  'triplet-margin-with-distance-loss': tripletMarginWithDistanceLoss,
  'hinge-loss': hingeLoss,
  'squared-hinge-loss': squaredHingeLoss,
  'categorical-hinge-loss': categoricalHingeLoss,
  'cosine-similarity-loss': cosineSimilarityLoss,
  'info-nce': infoNce,
  'dice-loss': diceLoss,
  'focal-loss': focalLoss,
  'generalized-cross-entropy': generalizedCrossEntropy,
  'jensen-shannon': jensenShannon,
  'linear-cross-entropy': linearCrossEntropy,
  'adaptive-log-softmax-with-loss': adaptiveLogSoftmaxWithLoss,
  'poly-1-loss': poly1Loss,
  'sigmoid-focal-loss': sigmoidFocalLoss,
  'tversky-loss': tverskyLoss,
  'z-loss': zLoss,
  'ctc-loss': ctcLoss,
};
