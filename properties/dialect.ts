/**
 * # Legal differences
 *
 * A number that the definition does not allow is judged again by what the dialect in force answers
 * instead: by each of its differences alone, then by all together, as a sum may have met several. It
 * must pass there by the same gate, and where the dialect means the same number nothing is excused.
 */

import { differencesOf, inDialect, speaksOf } from '../spec/dialect.ts';
import { type Grade, isAtLeast } from '../spec/grade.ts';
import { formsOf } from '../spec/input.ts';
import type { Difference, Op, Witness } from '../spec/op.ts';
import { settle } from '../spec/param.ts';
import { type Dtype, type Tensor, tensor } from '../spec/tensor.ts';
import type { Reply, Wanted } from './candidate.ts';
import { type Judged, judgeReply, type Question, type Subject } from './subject.ts';

/** A number that is right in the dialect, and the name of the difference. */
export interface Excused {
  readonly where: string;
  /** As the definition has it. */
  readonly number: Judged;
  /** As the dialect has it. */
  readonly theirs: Judged;
}

/** Which of the numbers that fail are right in the dialect in force. */
export function excusedBy(
  subject: Subject,
  question: Question,
  reply: Reply,
  failing: readonly Judged[],
  gateOf: (number: Judged) => Grade,
): readonly Excused[] {
  const { dialect, op } = subject;
  if (!dialect) return [];
  return [...new Set(failing.map(({ want }) => want))].flatMap((want) => {
    let rest = failing.filter((number) => number.want === want);
    return choices(differencesOf(op, dialect), want).flatMap((differences) => {
      if (rest.length === 0) return [];
      const there = { ...subject, op: inDialect(op, dialect, want, differences) };
      const judgement = judgeReply(there, { ...question, want: [want] }, reply);
      if (judgement.status !== 'judged') return [];
      const where = differences.map((d) => d.where).join('; ');
      const found = rest.flatMap((number): readonly Excused[] => {
        const theirs = judgement.numbers[number.index]!;
        return isOther(number, theirs) && isAtLeast(theirs.verdict.grade, gateOf(number))
          ? [{ where, number, theirs }]
          : [];
      });
      rest = rest.filter((number) => !found.some((one) => one.number === number));
      return found;
    });
  });
}

const isOther = ({ cell }: Judged, theirs: Judged): boolean =>
  !Object.is(cell.value, theirs.cell.value);

/** Each difference that speaks of it alone, then all of them. */
function choices(
  differences: readonly Difference[],
  want: Wanted,
): readonly (readonly Difference[])[] {
  const speaking = differences.filter((d) => speaksOf(d, want));
  return [...speaking.map((d) => [d]), ...(speaking.length > 1 ? [speaking] : [])];
}

// Witnesses --------------------------------------------------------------------------------------

type Nested = number | readonly Nested[];
const shapeOf = (x: Nested): readonly number[] =>
  typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])];
const flat = (x: Nested): readonly number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

/** What a witness asks, in a format. */
export function questionOf(op: Op, witness: Witness, dtype: Dtype): Question {
  const { in: inputs, params = {}, of = 'out' } = witness;
  const first = shapeOf(inputs[Object.keys(op.inputs)[0]!] as Nested);
  const tensors = Object.entries(inputs).map(([name, x]): [string, Tensor] => {
    const shape = shapeOf(x as Nested);
    const forms = formsOf(op.inputs[name]!).map((form) => form.of);
    // What may be classes or reals is reals in the shape of the first input.
    const isClasses =
      forms.includes('classes') && (forms.length === 1 || String(shape) !== String(first));
    return [name, tensor(shape, flat(x as Nested), isClasses ? 'i64' : dtype)];
  });
  const settings = settle(op, params as never) as Question['settings'];
  return { tensors: Object.fromEntries(tensors), settings, want: [of] };
}
