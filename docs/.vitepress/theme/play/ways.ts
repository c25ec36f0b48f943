/** # The same as others write it: textbooks of losses, expressions of one number */
import { messageOf } from '../../../../conformance/failure.ts';
import { find } from '../../../../conformance/nan/find.ts';
import { placeOf, type Step, stepsOf } from '../../../../conformance/nan/stages.ts';
import type { Settings, Textbook } from '../../../../conformance/nan/textbook.ts';
import { textbooks } from '../../../../conformance/nan/textbooks.ts';
import { runOf } from '../../../../conformance/nan/trial.ts';
import { type Format, float32 } from '../../../../spec/format.ts';
import type { Op } from '../../../../spec/op.ts';
import type { Tensors } from '../../../../spec/tensor.ts';
import { float32Code } from '../../../build/float32.ts';
import { textbooks as codes } from '../../../build/textbook.ts';
import { type Exactly, held, type Way } from './answer.ts';
import { indexOf } from './read.ts';

export interface Asked {
  readonly op: Op;
  readonly batch: Tensors;
  readonly format: Format;
  readonly params: Settings;
  readonly exact: readonly Exactly[];
}

const changed = ({ op, params }: Asked): readonly string[] =>
  Object.keys(op.params).filter((name) => params[name] !== op.params[name]!.default);

/** Textbooks that the operator should stand in place of: they take the same batch. */
export const textbooksOf = (asked: Asked): readonly Way[] =>
  textbooks.filter(({ instead }) => instead === asked.op.id).map((book) => wayOf(book, asked));

function wayOf(textbook: Textbook, asked: Asked): Way {
  const { batch, format, params, exact } = asked;
  const way = { title: textbook.title, format, got: {} };
  const lacks = changed(asked).find((name) => !textbook.params.includes(name));
  if (lacks !== undefined) return { ...way, refusal: `it has no ${lacks}` };
  const settings = Object.fromEntries(textbook.params.map((name) => [name, params[name]!]));
  const question = { textbook, batch, format, settings };
  try {
    const { loss, born, trail } = find(question);
    const { last, back } = runOf(question);
    const slopes = stepsOf(last).filter((step) => step.learns && !step.kernel);
    const values = new Map<string, readonly number[]>([
      ['out', [loss.value]],
      ...slopes.map((leaf): [string, readonly number[]] => [
        `grad:${leaf.name}`,
        inOrder(leaf, back.values.get(leaf)!, batch[leaf.name]!.shape),
      ]),
    ]);
    const got = exact
      .filter(({ of }) => values.has(of))
      .map(({ of, digits }) => [of, held(values.get(of)!, digits, format)]);
    return { ...way, got: Object.fromEntries(got), story: { ...(born ? { born } : {}), trail } };
  } catch (problem) {
    return { ...way, refusal: messageOf(problem) };
  }
}

/** Elements of a leaf as they lie in its tensor: only classes along an inner axis were moved. */
function inOrder({ grid }: Step, values: ArrayLike<number>, shape: readonly number[]) {
  if (grid.axis === undefined) return Array.from(values);
  const byPlace = new Map(Array.from(values, (x, at) => [placeOf(grid, at), x]));
  return Array.from(values, (_, at) => byPlace.get(indexOf(shape, at))!);
}

/** Expressions have the defaults in them, and are read in float32. */
export function expressions(asked: Asked): readonly Way[] {
  const { op, batch, format, exact } = asked;
  const isKnown = op.kind === 'elementwise' && format === float32 && changed(asked).length === 0;
  const [out] = exact;
  return (isKnown ? (codes[op.id]?.code ?? []) : []).map((title) => {
    const values = Array.from(batch.input!.data, float32Code(title));
    return { title, format, got: { out: held(values, out!.digits, format) } };
  });
}
