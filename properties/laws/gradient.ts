/**
 * Every gradient is within the grade that is asked for: of the sum of the results, and of their
 * product with a cotangent. At a kink any subgradient is right.
 */
import fc from 'fast-check';
import { lift } from '../../spec/lift.ts';
import { sizeOf, tensor } from '../../spec/tensor.ts';
import { dyadic, floats } from '../floats.ts';
import { cases, type Sizes } from '../inputs.ts';
import type { Law } from '../law.ts';
import { gradientsOn, type Judged, type Question, type Subject } from '../subject.ts';
import { judged } from './judgement.ts';

const sizes: Sizes = { elements: 35, axis: 3 };

export const gradient: Law = {
  name: 'gradient',
  says: 'every gradient is within the grade that is asked for',
  appliesTo: () => true,
  questions: (subject) =>
    cases(subject.op, floats(), sizes).chain((c) => {
      const { shape } = lift(subject.op, c.tensors, c.settings);
      const size = sizeOf(shape);
      const cotangent = fc
        .array(dyadic(3)([-8, 8], []), { minLength: size, maxLength: size, size: 'max' })
        .map((data) => tensor(shape, data));
      return fc
        .option(cotangent, { nil: undefined })
        .map((u): Question => ({ ...c, cotangent: u, want: gradientsOn(subject, c) }));
    }),
  answer: (subject, question) =>
    judged(subject, question, {
      isGraded: true,
      counts: (number) => !isSubgradient(subject, question, number),
    }),
  witness: (question) => question,
};

/** At a kink, a slope between the two that meet there. */
function isSubgradient({ op }: Subject, question: Question, { index, got }: Judged): boolean {
  if (op.kind !== 'elementwise') return false;
  const x = question.tensors.input!.data[index]!;
  const kink = op.kinks(question.settings as never).find((k) => k.at === x);
  if (!kink) return false;
  const u = question.cotangent?.data[index] ?? 1;
  const ends = [Number(kink.left) * u, Number(kink.right) * u];
  return got >= Math.min(...ends) && got <= Math.max(...ends);
}
