/** # Composed graphs: what ONNX lacks, and what its float64 kernels get wrong */

import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import { celu } from './celu.ts';
import { clip } from './clip.ts';
import type { Composition } from './composition.ts';
import { crossEntropy } from './cross-entropy.ts';
import { ctcLoss } from './ctc-loss.ts';
import { elu } from './elu.ts';
import { entmax15 } from './entmax15.ts';
import { gelu } from './gelu.ts';
import { glu } from './glu.ts';
import { gumbelSoftmax } from './gumbel-softmax.ts';
import { hardSigmoidAffine } from './hard-sigmoid-affine.ts';
import { hardmax } from './hardmax.ts';
import { hardshrink } from './hardshrink.ts';
import { hardsigmoid } from './hardsigmoid.ts';
import { hardswish } from './hardswish.ts';
import { hardtanh } from './hardtanh.ts';
import { klDiv } from './kl-div.ts';
import { leakyRelu } from './leaky-relu.ts';
import { linear } from './linear.ts';
import { logsigmoid } from './logsigmoid.ts';
import { mish } from './mish.ts';
import { nllLoss } from './nll-loss.ts';
import { prelu } from './prelu.ts';
import { relu6 } from './relu6.ts';
import { reverseCrossEntropy } from './reverse-cross-entropy.ts';
import { rrelu } from './rrelu.ts';
import { selu } from './selu.ts';
import { shrink } from './shrink.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { softCap } from './soft-cap.ts';
import { softmax2d } from './softmax2d.ts';
import { softmin } from './softmin.ts';
import { softplus } from './softplus.ts';
import { softshrink } from './softshrink.ts';
import { softsign } from './softsign.ts';
import { sparsePlus } from './sparse-plus.ts';
import { sparseSigmoid } from './sparse-sigmoid.ts';
import { sparsemax } from './sparsemax.ts';
import { squareplus } from './squareplus.ts';
import { swiglu } from './swiglu.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';
import { tanhshrink } from './tanhshrink.ts';
import { threshold } from './threshold.ts';
import { thresholdedRelu } from './thresholded-relu.ts';

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
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
  'ctc-loss': ctcLoss,
};
