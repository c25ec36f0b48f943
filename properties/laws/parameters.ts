/**
 * Every parameter and every optional input changes some answer: what is accepted is not ignored. The
 * candidate is asked for two settings whose exact results are far apart.
 */
import fc from 'fast-check';
import { float32 } from '../../spec/format.ts';
import { isOptional } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { Uncertified, valuesOf } from '../../spec/oracle/index.ts';
import { isBreakdown } from '../candidate.ts';
import { dyadic } from '../floats.ts';
import { type Case, cases, small } from '../inputs.ts';
import type { Law } from '../law.ts';
import type { Question } from '../subject.ts';
import { answers } from './answers.ts';

/** A case with and without one option. */
interface Change {
  readonly option: string;
  readonly before: Question;
  readonly after: Question;
}

export const parameters: Law<Change> = {
  name: 'parameters',
  says: 'every parameter and every optional input changes some answer',
  appliesTo: (op) => optionsOf(op).length > 0,
  questions: ({ op }) => {
    const draw = dyadic(3, 8);
    return fc
      .tuple(cases(op, draw, small), fc.constantFrom(...optionsOf(op)))
      .map(([c, option]) => without(op, c, option));
  },
  async answer(subject, { option, before, after }) {
    // A question at which the candidate broke down comes back alone.
    if (before !== after && !isFarApart(subject.op, before, after))
      return { faults: [], compared: 0 };
    return answers(subject, [before, after], ([a, b]) => {
      const isSame = a!.length === b!.length && a!.every((ai, i) => Object.is(ai, b![i]));
      return isSame ? [{ name: `${option} is ignored`, says: `${option} changes nothing` }] : [];
    });
  },
  witness: ({ before }) => before,
  recall: (witness, fault, op) =>
    isBreakdown(fault)
      ? { option: fault, before: witness, after: witness }
      : without(op, witness, fault.split(' ')[0]!),
};

const optionsOf = (op: Op): readonly string[] => [
  ...Object.keys(op.params),
  ...Object.entries(op.inputs)
    .filter(([, input]) => isOptional(input))
    .map(([name]) => name),
];

/** A case, and the same with one option at its default. */
function without(op: Op, { tensors, settings }: Case, option: string): Change {
  const before: Question = { tensors, settings, want: ['out'] };
  if (Object.hasOwn(op.inputs, option))
    return { option, before, after: { ...before, tensors: { ...tensors, [option]: undefined } } };
  const plain = { ...settings, [option]: op.params[option]!.default };
  return { option, before, after: { ...before, settings: plain } };
}

/**
 * The exact results differ by more than any tolerance could hide, or in shape. The loosest grade
 * accepts 10⁻⁵ + 1.3·10⁻⁶ |r| on both sides, which is below 2⁻¹⁵; the two forms of gelu are 2⁻¹¹ apart.
 */
function isFarApart(op: Op, before: Question, after: Question): boolean {
  try {
    const [a, b] = [before, after].map(({ tensors, settings }) =>
      valuesOf(lift(op, tensors, settings), float32).map((cell) => cell.value),
    );
    if (a!.length !== b!.length) return true;
    return a!.some((ai, i) => Math.abs(ai - b![i]!) > 2 ** -12 * Math.max(1, Math.abs(ai)));
  } catch (reason) {
    // Some other setting is not legal for these tensors, or not certified: nothing to compare.
    if (reason instanceof RangeError || reason instanceof Uncertified) return false;
    throw reason;
  }
}
