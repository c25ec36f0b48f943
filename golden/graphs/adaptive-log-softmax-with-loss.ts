/**
 * # Adaptive log-softmax, with its loss
 *
 *     softmax-cross-entropy of [W x + c; W' x + c'], plus that of U V_k x, where logits of other
 *     clusters than k, that of the target, are −∞
 */
import { type Composition, rankOf, reduced } from './composition.ts';
import {
  add,
  apply,
  equal,
  greater,
  input,
  integer,
  list,
  max,
  mul,
  real,
  sub,
  sumOver,
  type Term,
  where,
} from './expression.ts';

const product = (x: Term, matrix: string): Term =>
  apply('MatMul', [x, apply('Transpose', [input(matrix)])]);

const crossEntropy = (logits: Term, target: Term): Term =>
  apply('SoftmaxCrossEntropyLoss', [logits, target], { reduction: { string: 'none' } });

const across = (x: Term): Term => apply('Unsqueeze', [x, list(1)]);

export const adaptiveLogSoftmaxWithLoss: Composition = (asked) => {
  const { headBias, clusterBias } = asked.in;
  const single = rankOf(asked, 'input') === 1;
  const batched = (name: string) =>
    single ? apply('Unsqueeze', [input(name), list(0)]) : input(name);
  const x = batched('input');
  const target = batched('target');
  const H = apply('Gather', [apply('Shape', [input('headWeight')]), integer(0)]);
  const isRare = greater(target, sub(H, integer(1)));
  const z = max(sub(target, H), integer(0));
  const k = apply('Gather', [input('cluster'), z]);

  const frequent = product(x, 'headWeight');
  const clusters = product(x, 'clusterWeight');
  const head = apply(
    'Concat',
    [
      headBias ? add(frequent, input('headBias')) : frequent,
      clusterBias ? add(clusters, input('clusterBias')) : clusters,
    ],
    { axis: { int: 1 } },
  );
  const choice = crossEntropy(head, where(isRare, add(H, k), target));

  const hidden = sumOver(mul(apply('Gather', [input('tailProject'), k]), across(x)), 2);
  const isMember = equal(across(k), input('cluster'));
  const within = where(isMember, product(hidden, 'tailWeight'), real(-Infinity));
  const terms = add(choice, where(isRare, crossEntropy(within, z), real(0)));
  const isAlone = single && asked.params.reduction === 'none';
  return isAlone ? apply('Squeeze', [terms, list(0)]) : reduced(terms, asked);
};
