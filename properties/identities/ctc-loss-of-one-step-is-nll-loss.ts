/**
 *     ctcLoss(x, y) = nllLoss(x₁, y₁)    for one step of time and one label, for every reduction
 */
import { ctcLoss, nllLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import type { Tensor, Tensors } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';

const ones = (t: Tensor): Tensor => ({ ...t, data: Array.from(t.data, () => 1) });

const questions = everyday(ctcLoss).map(({ tensors, settings }) => {
  const [inputLengths, targetLengths] = [ones(tensors.inputLengths!), ones(tensors.targetLengths!)];
  return asked({ tensors: { ...tensors, inputLengths, targetLengths }, settings });
});

/** The first step of time and the first label of every sample. */
function first({ input, target }: Tensors): Tensors {
  const shape = input!.shape.slice(1);
  const most = target!.shape.at(-1)!;
  const row = Array.from(input!.data).slice(
    0,
    shape.reduce((a, b) => a * b, 1),
  );
  const labels = Array.from(target!.data).filter((_, i) => i % most === 0);
  return {
    input: { ...input!, shape, data: row },
    target: { ...target!, shape: target!.shape.slice(0, -1), data: labels },
  };
}

const settingsOf = (reduction: unknown) => ({ reduction, ignoreIndex: -100 });

export const certified = stated(questions, ({ tensors, settings }) => {
  const direct = lift(ctcLoss, tensors, settings);
  const picked = lift(nllLoss, first(tensors), settingsOf(settings.reduction));
  return same(
    () => results(direct),
    () => results(picked),
  );
});

export const law = identity({
  name: 'ctc-loss-of-one-step-is-nll-loss',
  says: 'ctc-loss of one step and one label is nll-loss',
  ops: [ctcLoss],
  others: [nllLoss],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'ctc-loss': await ask(ctcLoss, tensors, settings),
    'nll-loss': await ask(nllLoss, first(tensors), settingsOf(settings.reduction)),
  }),
});
