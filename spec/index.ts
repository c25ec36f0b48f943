/** Every operator, one line each. */
export { linear } from './activations/linear.ts';
export { logSoftmax } from './activations/log-softmax.ts';
export { logSumExp } from './activations/log-sum-exp.ts';
export { logsigmoid } from './activations/logsigmoid.ts';
export { relu } from './activations/relu.ts';
export { sigmoid } from './activations/sigmoid.ts';
export { softmax } from './activations/softmax.ts';
export { softplus } from './activations/softplus.ts';
export { tanh } from './activations/tanh.ts';
export { binaryCrossEntropy } from './losses/binary-cross-entropy.ts';
export { binaryCrossEntropyWithLogits } from './losses/binary-cross-entropy-with-logits.ts';
export { crossEntropy } from './losses/cross-entropy.ts';
export { klDiv } from './losses/kl-div.ts';
export { nllLoss } from './losses/nll-loss.ts';
export { reverseCrossEntropy } from './losses/reverse-cross-entropy.ts';
export { symmetricCrossEntropy } from './losses/symmetric-cross-entropy.ts';
