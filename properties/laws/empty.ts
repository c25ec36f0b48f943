/** No samples, no sample that counts, a single class: the sum is 0, the mean 0/0. */
import fc from 'fast-check';
import { sampleAxis, words } from '../../spec/axes.ts';
import { formsOf } from '../../spec/input.ts';
import type { Loss, Op } from '../../spec/op.ts';
import { isInteger, type Tensor, type Tensors } from '../../spec/tensor.ts';
import { dyadic } from '../floats.ts';
import { type Case, cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import { gradientsOn, type Question, type Subject } from '../subject.ts';
import { judging } from './judgement.ts';

type Kind = 'no samples' | 'all ignored' | 'one class';

export const empty: Law = judging({
  name: 'empty',
  says: 'without samples, without a sample that counts, and with one class the result is the stated one',
  effort: 0.5,
  appliesTo: (op) => op.kind === 'loss',
  questions: (subject) =>
    fc
      .constantFrom<Kind>('no samples', 'all ignored', 'one class')
      .chain((kind) => casesOf(subject, kind)),
  strictness: ({ op }, question) => ({ isEmpty: isEmpty(op, question) }),
});

/** Nothing counts: what the mean divides by is 0 for want of samples, not of weights. */
const isEmpty = (op: Op, { tensors, settings }: Question): boolean =>
  tensors[Object.keys(op.inputs)[0]!]!.data.length === 0 ||
  (tensors.target?.dtype === 'i64' &&
    Array.from(tensors.target.data).every((y) => y === settings.ignoreIndex));

function casesOf(subject: Subject, kind: Kind): fc.Arbitrary<Question> {
  const { op } = subject;
  const sizes = { elements: 4, axis: 3, ...(kind === 'one class' ? { lengths: [1] } : {}) };
  return cases(op, dyadic(3), sizes).map((c) => {
    const made = { ...c, tensors: tensorsFor(op as Loss, kind, c) };
    return { ...made, want: ['out' as const, ...gradientsOn(subject, made)] };
  });
}

function tensorsFor(op: Op, kind: Kind, { tensors, settings }: Case): Tensors {
  if (kind === 'all ignored') {
    const { target } = tensors;
    const ignored = settings.ignoreIndex as number | undefined;
    if (target?.dtype !== 'i64' || ignored === undefined) return tensors;
    return { ...tensors, target: { ...target, data: Array.from(target.data, () => ignored) } };
  }
  if (kind === 'one class') return tensors;
  return Object.fromEntries(
    Object.entries(tensors).map(([name, t]) => [name, t && withoutSamples(op, name, t)]),
  );
}

/** With an axis of length 0, or one more, for inputs that have one of samples. */
function withoutSamples(op: Op, name: string, t: Tensor): Tensor {
  const input = op.inputs[name]!;
  if (input.of === 'reals' && input.broadcast) return { ...t, shape: [], data: [1] };
  const isClasses = isInteger(t.dtype);
  const { axes } = formsOf(input).find((form) => (form.of === 'classes') === isClasses)!;
  const axis = sampleAxis(axes);
  if (axis === undefined) return t;
  const others = words(axes).filter((word) => !['N', 'N?', '*'].includes(word)).length;
  const isBatched = t.shape.length > others;
  return { ...t, shape: t.shape.toSpliced(axis, isBatched ? 1 : 0, 0), data: [] };
}
