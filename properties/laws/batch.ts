/**
 * Results do not depend on their neighbours: permuting the batch permutes the answer and a part of
 * the batch has its part of the answer, bit for bit. (What is summed over the batch is judged by its
 * value, which does not know the order.)
 */
import { sampleAxis, viewOf, words } from '../../spec/axes.ts';
import { formsOf } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import type { Tensor } from '../../spec/tensor.ts';
import { floats } from '../floats.ts';
import { cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import type { Question } from '../subject.ts';
import { answers } from './answers.ts';

const sizes = { elements: 67, axis: 5 };

export const batch: Law = {
  name: 'batch',
  says: 'a result does not depend on what else is in the batch, or on where it stands',
  effort: 0.5,
  appliesTo: () => true,
  questions: ({ op }) =>
    cases(op, floats(), sizes).map((c) => ({
      tensors: c.tensors,
      settings: independent(c.settings),
      want: ['out'],
    })),
  async answer(subject, question) {
    const rows = batchOf(subject.op, question);
    if (rows < 2) return { faults: [], compared: 0 };
    const order = Array.from({ length: rows }, (_, i) => i);
    const orders = [order.toReversed(), [0], order.slice(1)];
    const questions = orders.map((o) => taken(subject.op, question, rows, o));
    return answers(subject, [question, ...questions], ([whole, ...parts]) => {
      const length = whole!.length / rows;
      const wrong = orders.find((o, k) =>
        o.some((from, to) =>
          Array.from({ length }).some(
            (_, i) => !Object.is(whole![from * length + i], parts[k]![to * length + i]),
          ),
        ),
      );
      if (!wrong) return [];
      return [
        { name: 'depends', says: 'the same numbers give other bits in another place or batch' },
      ];
    });
  },
  witness: (question) => question,
};

/** Each sample on its own, along the last axis. */
function independent(settings: Question['settings']): Question['settings'] {
  const none = 'reduction' in settings ? { reduction: 'none' } : {};
  return { ...settings, ...none, ...('dim' in settings ? { dim: -1 } : {}) };
}

/** How many samples there are, if the operator does not work along them. */
function batchOf(op: Op, { tensors, settings }: Question): number {
  const { shape } = tensors[firstOf(op)]!;
  if (op.kind === 'elementwise') return shape[0] ?? 0;
  const isBatched =
    op.kind === 'loss'
      ? lift(op, tensors, settings).shape.length > 0
      : shape.length > 1 && !worksAlongFirst(op, shape);
  return isBatched ? shape[sampleAxis(axesOf(op, firstOf(op))) ?? 0]! : 0;
}

const firstOf = (op: Op): string => Object.keys(op.inputs)[0]!;
const axesOf = (op: Op, name: string): string => formsOf(op.inputs[name]!)[0]!.axes;

/** Without a batch the first axis is another one; a loss is then asked for its single term. */
function worksAlongFirst(op: Op, { length }: readonly number[]): boolean {
  const axes = words(axesOf(op, firstOf(op)));
  return axes[0] === 'N?' && !axes.includes('*') && length < axes.length;
}

const taken = (op: Op, question: Question, rows: number, order: readonly number[]): Question => ({
  ...question,
  tensors: Object.fromEntries(
    Object.entries(question.tensors).map(([name, t]) => {
      const axis = t && axisOfSamples(op, name, t, rows, question);
      return [name, axis === undefined ? t : slices(t!, axis, order)];
    }),
  ),
});

function axisOfSamples(
  op: Op,
  name: string,
  t: Tensor,
  rows: number,
  { tensors }: Question,
): number | undefined {
  const form = formsOf(op.inputs[name]!)[0]!;
  const axis = sampleAxis(form.axes);
  const first = tensors[firstOf(op)]!;
  const isWhole = form.of === 'classes' || !form.broadcast || t.shape.length === first.shape.length;
  return isWhole && axis !== undefined && t.shape[axis] === rows ? axis : undefined;
}

/** Some of the samples, in this order. */
function slices({ dtype, shape, data }: Tensor, axis: number, order: readonly number[]): Tensor {
  const length = viewOf(shape).strides[axis]!;
  const rows = shape[axis]!;
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const all = Array.from(data);
  return {
    dtype,
    shape: shape.with(axis, order.length),
    data: Array.from({ length: outer }, (_, o) => o * rows).flatMap((base) =>
      order.flatMap((row) => all.slice((base + row) * length, (base + row + 1) * length)),
    ),
  };
}
