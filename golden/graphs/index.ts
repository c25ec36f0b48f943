/** # Composed graphs: what ONNX lacks, and what its float64 kernels get wrong */

import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import type { Composition } from './composition.ts';
import { crossEntropy } from './cross-entropy.ts';
import { entmax15 } from './entmax15.ts';
import { glu } from './glu.ts';
import { gumbelSoftmax } from './gumbel-softmax.ts';
import { hardmax } from './hardmax.ts';
import { klDiv } from './kl-div.ts';
import { linear } from './linear.ts';
import { logsigmoid } from './logsigmoid.ts';
import { nllLoss } from './nll-loss.ts';
import { reverseCrossEntropy } from './reverse-cross-entropy.ts';
import { sigmoid } from './sigmoid.ts';
import { softmax2d } from './softmax2d.ts';
import { softmin } from './softmin.ts';
import { softplus } from './softplus.ts';
import { sparsemax } from './sparsemax.ts';
import { swiglu } from './swiglu.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';

export const compositions: { readonly [op: string]: Composition | undefined } = {
  sigmoid,
  logsigmoid,
  softplus,
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
};
