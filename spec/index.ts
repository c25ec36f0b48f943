/** Every operator, one line each. */
export { logSoftmax } from './activations/log-softmax.ts';
export { relu } from './activations/relu.ts';
export { sigmoid } from './activations/sigmoid.ts';
export { crossEntropy } from './losses/cross-entropy.ts';
