/** # ONNX's two losses, for a batch and for a single sample */
import type { Asked } from '../../conformance/onnx/derive.ts';
import { numberIn, rankOf } from './composition.ts';
import { apply, input, list, type Term } from './expression.ts';

export function ofClasses(
  op: 'NegativeLogLikelihoodLoss' | 'SoftmaxCrossEntropyLoss',
  asked: Asked,
  reduction = String(asked.params.reduction),
): Term {
  const single = rankOf(asked, 'input') === 1;
  const batched = (name: string): Term =>
    single ? apply('Unsqueeze', [input(name), list(0)]) : input(name);
  const weight = asked.in.weight === undefined ? [] : [input('weight')];
  const loss = apply(op, [batched('input'), batched('target'), ...weight], {
    reduction: { string: reduction },
    ignore_index: { int: numberIn(asked, 'ignoreIndex') },
  });
  return single && reduction === 'none' ? apply('Squeeze', [loss, list(0)]) : loss;
}
