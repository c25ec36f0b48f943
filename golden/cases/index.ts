/** # Cases by operator: a pure function of the numbers drawn */
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { elementwise, softplus } from './elementwise.ts';
import { crossEntropy, nllLoss, reverseCrossEntropy, symmetricCrossEntropy } from './of-classes.ts';
import { binaryCrossEntropy, binaryCrossEntropyWithLogits, klDiv } from './of-elements.ts';
import { linear, rowwise } from './rows.ts';

export const casesOf: { readonly [op: string]: (draw: Draw) => Case[] } = {
  relu: elementwise('relu'),
  sigmoid: elementwise('sigmoid'),
  logsigmoid: elementwise('logsigmoid'),
  tanh: elementwise('tanh'),
  softplus,
  softmax: rowwise('softmax'),
  'log-softmax': rowwise('log-softmax'),
  'log-sum-exp': rowwise('log-sum-exp'),
  linear,
  'nll-loss': nllLoss,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
};
