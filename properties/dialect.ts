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
import { lift } from '../spec/lift.ts';
import type { Difference, Op, Witness } from '../spec/op.ts';
import { Uncertified } from '../spec/oracle/index.ts';
import { settle } from '../spec/param.ts';
import { type Dtype, type Tensor, tensor } from '../spec/tensor.ts';
import type { Reply, Wanted } from './candidate.ts';
import { formatOf } from './payload.ts';
import { type Bench, benchFor, type Judged, type Question, type Subject } from './subject.ts';

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
    const speaking = differencesOf(op, dialect).filter((d) => speaksOf(d, want));
    if (speaking.length === 0) return [];
    const there = (differences: readonly Difference[]) =>
      benchThere(subject, inDialect(op, dialect, want, differences), question, want, reply);
    // Most of what fails is the same number there, which one question tells.
    const together = there(speaking);
    let rest = failing.filter((n) => n.want === want && (!together || isOther(n, together)));
    return choices(speaking).flatMap((differences) => {
      if (rest.length === 0) return [];
      const bench = differences === speaking ? together : there(differences);
      if (!bench) return [];
      const where = differences.map((d) => d.where).join('; ');
      const found = rest
        .filter((number) => isOther(number, bench))
        .map((number) => ({ where, number, theirs: bench.number(number.index, number.got) }))
        .filter(({ number, theirs }) => isAtLeast(theirs.verdict.grade, gateOf(number)));
      rest = rest.filter((number) => !found.some((one) => one.number === number));
      return found;
    });
  });
}

/** What judges one tensor of an answer there; none where that cannot be told. */
function benchThere(
  subject: Subject,
  op: Op,
  question: Question,
  want: Wanted,
  reply: Reply,
): Bench | undefined {
  const lifted = lift(op, question.tensors, question.settings);
  const answer = want === 'out' ? reply.out : reply[want];
  try {
    return benchFor(subject, question, lifted, want, formatOf(answer!.dtype)!);
  } catch (reason) {
    if (reason instanceof Uncertified) return undefined;
    throw reason;
  }
}

const isOther = ({ cell, index }: Judged, { cells }: Bench): boolean =>
  !Object.is(cell.value, cells[index]!.value);

/** Each difference alone, then all of them. */
const choices = (speaking: readonly Difference[]): readonly (readonly Difference[])[] =>
  speaking.length > 1 ? [...speaking.map((d) => [d]), speaking] : [speaking];

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
