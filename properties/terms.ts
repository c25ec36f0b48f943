/** # Single terms of the losses that identities are about, without weights and smoothing */
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  softplus,
} from '../spec/index.ts';
import { read, settle } from '../spec/param.ts';
import { type Real, real } from '../spec/real.ts';

const one = () => real(1);
const none = { reduction: 'none' } as const;

/** Binary cross-entropy of a logit. */
export const ofLogit = (z: Real, t: Real): Real =>
  binaryCrossEntropyWithLogits.term({ input: z, target: t, weight: one(), posWeight: one() }, none)
    .value;

/** Binary cross-entropy of a probability. */
export const ofProbability = (p: Real, t: Real): Real =>
  binaryCrossEntropy.term({ input: p, target: t, weight: one() }, none).value;

/** Cross-entropy of a class or a distribution. */
export const ofLogits = (x: readonly Real[], y: number | readonly Real[]): Real =>
  crossEntropy.term(
    { input: x, target: y, weight: x.map(one) },
    read(crossEntropy.params, settle(crossEntropy)),
  ).value;

/** Without a threshold. */
export const ofSoftplus = (x: Real): Real => softplus.f(x, read(softplus.params, settle(softplus)));
