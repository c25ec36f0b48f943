/**
 * # InfoNCE
 *
 *     softmax-cross-entropy of q Kᵀ / temperature
 *
 * The products are written out: onnxruntime takes a division into a MatMul, with a float32 for it.
 */
import { type Composition, numberIn, rankOf } from './composition.ts';
import { apply, div, input, list, mul, real, sumOver } from './expression.ts';

export const infoNce: Composition = (asked) => {
  const single = rankOf(asked, 'input') === 1;
  const batched = (name: string) =>
    single ? apply('Unsqueeze', [input(name), list(0)]) : input(name);
  const queries = apply('Unsqueeze', [batched('input'), list(1)]);
  const products = sumOver(mul(queries, input('keys')), 2);
  const logits = div(products, real(numberIn(asked, 'temperature')));
  const reduction = String(asked.params.reduction);
  const loss = apply('SoftmaxCrossEntropyLoss', [logits, batched('target')], {
    reduction: { string: reduction },
  });
  return single && reduction === 'none' ? apply('Squeeze', [loss, list(0)]) : loss;
};
