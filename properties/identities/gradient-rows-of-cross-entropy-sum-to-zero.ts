/**
 *     Σ_c ∂crossEntropy(x, y) / ∂x_c = 0    for every sample
 *
 * because x and x + c have the same loss. Certified as: the slope in one logit is minus the sum of the
 * others. The gradient of a candidate sums to 0 within what is allowed for all of a row together.
 */
import { sum } from '../../spec/functions.ts';
import { crossEntropy } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { slopes } from '../../spec/oracle/index.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { gradientRanges } from '../composition.ts';
import { around, summed } from '../computed.ts';
import { answered, classRows, everyday, identity, toleranceOf, Unanswered } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { same, stated } from '../same.ts';
import { ask, type Question } from '../subject.ts';

const questions = everyday(crossEntropy)
  .filter(hasDenominator)
  .map((c): Question => ({ ...c, want: ['grad:input'] }));

/** Something is summed, or divided by something: otherwise there is no gradient. */
function hasDenominator({ tensors: { target, weight }, settings }: Case): boolean {
  if (settings.reduction !== 'mean' || target!.dtype !== 'i64') return true;
  const counted = Array.from(target!.data).filter((y) => y !== settings.ignoreIndex);
  return counted.some((y) => weight?.data[y] !== 0);
}

export const certified = stated(questions, ({ tensors, settings }) => {
  const { pieces } = lift(crossEntropy, tensors, settings);
  const places = Array.from(tensors.input!.data, (_, i) => i);
  const gradient = slopes(pieces, tensors, 'input', places, undefined);
  const rows = classRows(tensors.input!).map((row, i) => {
    const chosen = heaviest(tensors, row, i);
    return { chosen, others: row.filter((place) => place !== chosen) };
  });
  return same(
    (over) => {
      const g = gradient(over);
      return rows.map(({ chosen }) => g[chosen]!);
    },
    (over) => {
      const g = gradient(over);
      return rows.map(({ others }) => sum(others.map((place) => g[place]!)).neg());
    },
  );
});

/** The place that has most of the target: its slope is the others' and not the remainder of them. */
function heaviest({ target }: Tensors, row: readonly number[], i: number): number {
  if (target!.dtype === 'i64') return row[target!.data[i]!] ?? row[0]!;
  const q = row.map((place) => target!.data[place]!);
  return row[q.indexOf(Math.max(...q))]!;
}

export const law = identity({
  name: 'gradient-rows-of-cross-entropy-sum-to-zero',
  says: 'the gradient of every sample sums to 0 over the classes',
  ops: [crossEntropy],
  others: [],
  questions: () => questions,
  async claims(question, _, subject) {
    if (!subject.hello.ops[crossEntropy.id]!.grad.includes('input'))
      throw new Unanswered({ faults: [], compared: 0, skipped: 'no gradient' });
    const { tensors, settings } = question;
    const reply = await ask(subject, question);
    const { shape } = tensors.input!;
    const tensor = answered(crossEntropy, 'grad:input', reply, shape, tensors);
    const tolerance = toleranceOf(subject, crossEntropy, tensor, 'gradient');
    const lifted = lift(crossEntropy, tensors, settings);
    const ranges = gradientRanges(lifted, 'input', tolerance);
    const rows = classRows(tensors.input!);
    return { 'the sum of a row': around(0, summed({ tensor, ranges }, rows)) };
  },
});
