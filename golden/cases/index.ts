/**
 * # Cases by operator: a pure function of the numbers drawn
 *
 * They follow from the definition, but for losses whose weights, labels and floors come in
 * combinations that no axis word tells.
 */
import { operators } from '../../conformance/operators.ts';
import type { Op } from '../../spec/op.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { loss, rowwise } from './derived.ts';
import { elementwise } from './elementwise.ts';
import { crossEntropy, nllLoss, reverseCrossEntropy, symmetricCrossEntropy } from './of-classes.ts';
import { binaryCrossEntropy, binaryCrossEntropyWithLogits, klDiv } from './of-elements.ts';

type Cases = (draw: Draw) => Case[];

const byHand: { readonly [op: string]: Cases } = {
  'nll-loss': nllLoss,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
  'reverse-cross-entropy': reverseCrossEntropy,
  'symmetric-cross-entropy': symmetricCrossEntropy,
};

/** From the definition alone. */
export function derived(op: Op): Cases {
  if (op.kind === 'elementwise') return elementwise(op);
  return op.kind === 'rowwise' ? rowwise(op) : loss(op);
}

export const casesOf: { readonly [op: string]: Cases } = Object.fromEntries(
  [...operators.values()].map((op) => [op.id, byHand[op.id] ?? derived(op)]),
);
