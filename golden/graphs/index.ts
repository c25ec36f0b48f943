/** # Composed graphs: what ONNX lacks, and what its float64 kernels get wrong */
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { binaryCrossEntropyWithLogits } from './binary-cross-entropy-with-logits.ts';
import type { Composition } from './composition.ts';
import { crossEntropy } from './cross-entropy.ts';
import { klDiv } from './kl-div.ts';
import { linear } from './linear.ts';
import { logsigmoid } from './logsigmoid.ts';
import { nllLoss } from './nll-loss.ts';
import { reverseCrossEntropy } from './reverse-cross-entropy.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.ts';

export const compositions: { readonly [op: string]: Composition | undefined } = {
  sigmoid,
  logsigmoid,
  softplus,
  linear,
  'nll-loss': nllLoss,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
};
