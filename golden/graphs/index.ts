/** # Composed graphs: what ONNX lacks, and what its float64 kernels get wrong */

import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import { celu } from './celu.ts';
import type { Composition } from './composition.ts';
import { crossEntropy } from './cross-entropy.ts';
import { elu } from './elu.ts';
import { gelu } from './gelu.ts';
import { klDiv } from './kl-div.ts';
import { linear } from './linear.ts';
import { logsigmoid } from './logsigmoid.ts';
import { mish } from './mish.ts';
import { nllLoss } from './nll-loss.ts';
import { reverseCrossEntropy } from './reverse-cross-entropy.ts';
import { selu } from './selu.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { softCap } from './soft-cap.ts';
import { softplus } from './softplus.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';
import { tanhshrink } from './tanhshrink.ts';

export const compositions: { readonly [op: string]: Composition | undefined } = {
  sigmoid,
  logsigmoid,
  softplus,
  celu,
  elu,
  gelu,
  mish,
  selu,
  silu,
  'soft-cap': softCap,
  tanhshrink,
  linear,
  'nll-loss': nllLoss,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
};
