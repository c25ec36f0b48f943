/**
 *     ∂mseLoss(x, y; w, mean) / ∂xᵢ = 2 wᵢ (xᵢ − yᵢ) / Σ w
 *
 * without weights 2 (xᵢ − yᵢ) / n. Certified of the derivative of the formula.
 */
import { sum } from '../../spec/functions.ts';
import { mseLoss } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { slopes } from '../../spec/oracle/index.ts';
import { real } from '../../spec/real.ts';
import { gradientRanges } from '../composition.ts';
import { answered, everyday, identity, toleranceOf, Unanswered } from '../identity.ts';
import { same, stated } from '../same.ts';
import { ask, type Question } from '../subject.ts';

const questions = everyday(mseLoss)
  .map(
    ({ tensors, settings }): Question => ({
      ...{ tensors, settings: { ...settings, reduction: 'mean' } },
      want: ['grad:input'],
    }),
  )
  .filter(({ tensors: { input, weight } }) =>
    Array.from((weight ?? input)!.data).some((w) => !weight || w !== 0),
  );

export const certified = stated(questions, ({ tensors, settings }) => {
  const { pieces } = lift(mseLoss, tensors, settings);
  const places = Array.from(tensors.input!.data, (_, i) => i);
  const gradient = slopes(pieces, tensors, 'input', places, undefined);
  return same(
    (over) => gradient(over),
    () => {
      const element = accessTo(tensors);
      const w = places.map((i) => (tensors.weight ? element('weight', i) : real(1)));
      const error = (i: number) => element('input', i).minus(element('target', i));
      return places.map((i) => w[i]!.times(2).times(error(i)).div(sum(w)));
    },
  );
});

export const law = identity({
  name: 'gradient-of-mse-loss-is-twice-the-error-over-the-weights',
  says: 'the gradient of the mean is 2 w (x − y) / Σ w',
  ops: [mseLoss],
  others: [],
  questions: () => questions,
  async claims(question, _, subject) {
    if (!subject.hello.ops[mseLoss.id]!.grad.includes('input'))
      throw new Unanswered({ faults: [], compared: 0, skipped: 'no gradient' });
    const { tensors, settings } = question;
    const reply = await ask(subject, question);
    const tensor = answered(mseLoss, 'grad:input', reply, tensors.input!.shape, tensors);
    const tolerance = toleranceOf(subject, mseLoss, tensor, 'gradient');
    const ranges = gradientRanges(lift(mseLoss, tensors, settings), 'input', tolerance);
    return { 'the gradient in input': { tensor, ranges } };
  },
});
