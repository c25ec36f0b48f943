/**
 * # InfoNCE
 *
 *     softmax-cross-entropy of q Kᵀ / temperature
 */
import { type Composition, numberIn, rankOf } from './composition.ts';
import { apply, div, input, list, real } from './expression.ts';

export const infoNce: Composition = (asked) => {
  const single = rankOf(asked, 'input') === 1;
  const batched = (name: string) =>
    single ? apply('Unsqueeze', [input(name), list(0)]) : input(name);
  const keys = apply('Transpose', [input('keys')]);
  const products = apply('MatMul', [batched('input'), keys]);
  const logits = div(products, real(numberIn(asked, 'temperature')));
  const reduction = String(asked.params.reduction);
  const loss = apply('SoftmaxCrossEntropyLoss', [logits, batched('target')], {
    reduction: { string: reduction },
  });
  return single && reduction === 'none' ? apply('Squeeze', [loss, list(0)]) : loss;
};
