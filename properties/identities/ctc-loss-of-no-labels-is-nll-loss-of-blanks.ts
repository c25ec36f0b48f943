/**
 *     ctcLoss(x, ()) = Σ_t nllLoss(x_t, blank)
 */

import { sum } from '../../spec/functions.ts';
import { ctcLoss, nllLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { sizeOf, type Tensor, tensor } from '../../spec/tensor.ts';
import { summed } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

const emptied = (t: Tensor): Tensor => ({ ...t, data: Array.from(t.data, () => 0) });

const questions = everyday(ctcLoss).map(({ tensors, settings }) => {
  const targetLengths = emptied(tensors.targetLengths!);
  return asked({ tensors: { ...tensors, targetLengths }, settings }, { reduction: 'none' });
});

/** Every step of every sample as a row whose class is blank. */
function blanks({ tensors: { input }, settings }: Question) {
  const classes = input!.shape.at(-1)!;
  const rows = sizeOf(input!.shape) / classes;
  const target = tensor([rows], Array(rows).fill(settings.blank), 'i64');
  return { input: { ...input!, shape: [rows, classes] }, target };
}

/** The rows of every sample within its time. */
const rowsOf = ({ tensors: { inputLengths } }: Question): readonly (readonly number[])[] =>
  Array.from(inputLengths!.data, (steps, n) =>
    Array.from({ length: steps }, (_, t) => t * inputLengths!.data.length + n),
  );

const none = { reduction: 'none', ignoreIndex: -100 };

export const certified = stated(questions, (question) => {
  const direct = lift(ctcLoss, question.tensors, question.settings);
  const rows = lift(nllLoss, blanks(question), none);
  return same(
    () => results(direct),
    () => {
      const each = results(rows);
      return rowsOf(question).map((row) => sum(row.map((i) => each[i]!)));
    },
  );
});

export const law = identity({
  name: 'ctc-loss-of-no-labels-is-nll-loss-of-blanks',
  says: 'ctc-loss of an empty target is the sum of nll-loss of blank over time',
  ops: [ctcLoss],
  others: [nllLoss],
  questions: () => questions,
  claims: async (question, ask) => ({
    'ctc-loss': await ask(ctcLoss, question.tensors, question.settings),
    'nll-loss': summed(await ask(nllLoss, blanks(question), none), rowsOf(question)),
  }),
});
