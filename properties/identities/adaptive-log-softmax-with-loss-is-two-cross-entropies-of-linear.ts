/**
 *     adaptive(x, y) = crossEntropy(linear(x, [W; W'], [c; c']), y)                        for y < H
 *     adaptive(x, y) = crossEntropy(linear(x, [W; W'], [c; c']), H + k)
 *                      + crossEntropy(linear(linear(x, V_k), U_k), y)    for y ≥ H in cluster k
 *
 * of one sample, where U_k are the rows of U in cluster k.
 */
import { adaptiveLogSoftmaxWithLoss, crossEntropy, linear } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Real } from '../../spec/real.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { asked, bounded, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { feeding, results, same, stated } from '../same.ts';

const none = { reduction: 'none' };

const questions = bounded(adaptiveLogSoftmaxWithLoss)
  .filter(({ tensors }) => tensors.target!.data.length > 0)
  .map((c) => asked(single(c), none));

const rowsOf = (t: Tensor, rows: readonly number[]): Tensor => {
  const length = t.shape.slice(1).reduce((a, b) => a * b, 1);
  const data = rows.flatMap((r) => Array.from(t.data).slice(r * length, (r + 1) * length));
  return { ...t, shape: [rows.length, ...t.shape.slice(1)], data };
};

/** The first sample of a batch. */
function single({ tensors, settings }: Case): Case {
  const { input, target } = tensors;
  const F = input!.shape.at(-1)!;
  return {
    settings,
    tensors: {
      ...tensors,
      input: { ...input!, shape: [F], data: Array.from(input!.data).slice(0, F) },
      target: { ...target!, shape: [], data: [target!.data[0]!] },
    },
  };
}

const zeros = (size: number): Tensor =>
  tensor(
    [size],
    Array.from({ length: size }, () => 0),
  );

const stacked = (above: Tensor, below: Tensor): Tensor => ({
  ...above,
  shape: [above.shape[0]! + below.shape[0]!, ...above.shape.slice(1)],
  data: [...Array.from(above.data), ...Array.from(below.data)],
});

const classOf = (y: number): Tensor => ({ dtype: 'i64', shape: [], data: [y] });

/** The layers of the head and, if the target is not in it, those of its cluster. */
function parts(tensors: Tensors) {
  const { input, headWeight, clusterWeight, headBias, clusterBias, cluster, target } = tensors;
  const H = headWeight!.shape[0]!;
  const weight = stacked(headWeight!, clusterWeight!);
  const bias = stacked(headBias ?? zeros(H), clusterBias ?? zeros(clusterWeight!.shape[0]!));
  const y = target!.data[0]!;
  const head = { layer: { input, weight, bias }, target: classOf(y) };
  if (y < H) return { head };
  const k = cluster!.data[y - H]!;
  const members = [...Array.from(cluster!.data).keys()].filter((z) => cluster!.data[z] === k);
  const project = rowsOf(tensors.tailProject!, [k]);
  return {
    head: { ...head, target: classOf(H + k) },
    tail: {
      layer: { input, weight: { ...project, shape: project.shape.slice(1) } },
      weight: rowsOf(tensors.tailWeight!, members),
      target: classOf(members.indexOf(y - H)),
    },
  };
}

/** What an operator makes of a vector that formulas computed. */
function after(op: typeof linear | typeof crossEntropy, computed: readonly Real[], rest: Tensors) {
  const given = { input: zeros(computed.length), ...rest };
  const settings = op.id === 'linear' ? {} : none;
  return results(lift(op, given, settings), feeding(given, { input: computed }));
}

export const certified = stated(questions, ({ tensors, settings }) => {
  const direct = lift(adaptiveLogSoftmaxWithLoss, tensors, settings);
  const { head, tail } = parts(tensors);
  const ofHead = lift(linear, head.layer);
  const ofTail = tail && lift(linear, tail.layer);
  return same(
    () => results(direct),
    () => {
      const [first] = after(crossEntropy, results(ofHead), { target: head.target });
      if (!tail) return [first!];
      const logits = after(linear, results(ofTail!), { weight: tail.weight });
      return [first!.plus(after(crossEntropy, logits, { target: tail.target })[0]!)];
    },
  );
});

export const law = identity({
  name: 'adaptive-log-softmax-with-loss-is-two-cross-entropies-of-linear',
  says: 'adaptive log-softmax is a cross-entropy of linear, and another within the cluster',
  ops: [adaptiveLogSoftmaxWithLoss],
  others: [linear, crossEntropy],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { head, tail } = parts(tensors);
    const direct = await ask(adaptiveLogSoftmaxWithLoss, tensors, settings);
    const first = { input: await ask(linear, head.layer), target: head.target };
    const choice = await ask(crossEntropy, first, none);
    if (!tail) return { 'adaptive log-softmax': direct, 'cross-entropies of linear': choice };
    const input = await ask(linear, { input: await ask(linear, tail.layer), weight: tail.weight });
    const within = await ask(crossEntropy, { input, target: tail.target }, none);
    return {
      'adaptive log-softmax': direct,
      'cross-entropies of linear': monotone(([a, b]) => a! + b!, choice, within),
    };
  },
});
