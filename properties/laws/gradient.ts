/**
 * Every gradient is within the grade that is asked for: of the sum of the results, and of their
 * product with a cotangent. At a kink any subgradient is right.
 */
import fc from 'fast-check';
import { isDifferentiable } from '../../spec/input.ts';

import { sizeOf, type Tensor, tensor } from '../../spec/tensor.ts';
import { dyadic, floats, simplifications } from '../floats.ts';
import { cases, type Sizes } from '../inputs.ts';
import type { Law } from '../law.ts';
import { liftCase } from '../lifted.ts';
import { shrinkingBy, simplerCases } from '../simplify.ts';
import { gradientsOn, type Judged, type Question, type Subject } from '../subject.ts';
import { judging } from './judgement.ts';

const sizes: Sizes = { elements: 35, axis: 3 };

export const gradient: Law = judging({
  name: 'gradient',
  says: 'every gradient is within the grade that is asked for',
  appliesTo: ({ inputs }) => Object.values(inputs).some(isDifferentiable),
  questions: (subject) => shrinkingBy(questions(subject), (q) => simpler(subject, q)),
  strictness: (subject, question) => ({
    isGraded: true,
    counts: (number) => !isSubgradient(subject, question, number),
  }),
});

const questions = (subject: Subject): fc.Arbitrary<Question> =>
  cases(subject.op, floats(), sizes).chain((c) => {
    const { shape } = liftCase(subject.op, c);
    const size = sizeOf(shape);
    const cotangent = fc
      .array(dyadic(3)([-8, 8], []), { minLength: size, maxLength: size, size: 'max' })
      .map((data) => tensor(shape, data));
    return fc
      .option(cotangent, { nil: undefined })
      .map((u): Question => ({ ...c, cotangent: u, want: gradientsOn(subject, c) }));
  });

/** Without the cotangent; a simpler case with a part of it; simpler numbers in it. */
function* simpler(subject: Subject, question: Question): IterableIterator<Question> {
  const { cotangent: u } = question;
  if (u) yield { ...question, cotangent: undefined };
  for (const { tensors, settings } of simplerCases(subject.op, question)) {
    const want = gradientsOn(subject, { tensors, settings });
    const { shape } = liftCase(subject.op, { tensors, settings });
    for (const part of u ? partsOf(u, shape) : [undefined])
      yield { tensors, settings, want, cotangent: part };
  }
  if (!u) return;
  const data = Array.from(u.data);
  for (const [i, x] of data.entries())
    for (const y of simplifications(x))
      yield { ...question, cotangent: { ...u, data: data.with(i, y) } };
}

/** The first numbers and the last ones, as many as a shape holds; ones beyond them. */
function partsOf({ data }: Tensor, shape: readonly number[]): readonly Tensor[] {
  const size = sizeOf(shape);
  const all = [...Array.from(data), ...Array.from({ length: size }, () => 1)];
  const spare = data.length - size;
  return (spare > 0 ? [0, spare] : [0]).map((from) => tensor(shape, all.slice(from, from + size)));
}

/** At a kink, a slope between the two that meet there. */
function isSubgradient({ op }: Subject, question: Question, { index, got }: Judged): boolean {
  if (op.kind !== 'elementwise') return false;
  const x = question.tensors.input!.data[index]!;
  const kink = op.kinks(question.settings as never).find((k) => k.at === x);
  if (!kink) return false;
  const u = question.cotangent?.data[index] ?? 1;
  // As floats: who returns one of the two rounds it.
  const ends = [kink.left, kink.right].map((slope) => Math.fround(Number(slope) * u));
  return got >= Math.min(...ends) && got <= Math.max(...ends);
}
