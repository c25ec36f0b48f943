/**
 * # What a wrong answer looks like
 *
 * A short list of known wrong formulas, tried on the failing case: if one of them gives the number that
 * came, saying so is worth more than any number of ulps.
 */

import { float32 } from '../spec/format.ts';
import { isOptional } from '../spec/input.ts';
import { lift } from '../spec/lift.ts';
import type { Op } from '../spec/op.ts';
import { gradientsOf, valuesOf } from '../spec/oracle/index.ts';
import type { Param } from '../spec/param.ts';
import { sizeOf } from '../spec/tensor.ts';
import type { Setting, Wanted } from './candidate.ts';
import type { Case } from './inputs.ts';
import { divisorOf, type Question } from './subject.ts';

interface Wrong {
  readonly says: string;
  /** What the wrong formula gives for every element. */
  compute(): readonly number[];
}

/** What `got` looks like, or undefined. */
export function looksLike(
  op: Op,
  question: Question,
  want: Wanted,
  index: number,
  got: number,
): string | undefined {
  const due = attempted(() => answer(op, question, want, question.cotangent))?.[index];
  // A number that is nearly right, or none, says nothing about formulas.
  const isTelling = Number.isFinite(got) && got !== 0 && due !== undefined && !isClose(got, due);
  if (!isTelling) return symptom(op, question, want, index, got, due);
  for (const { says, compute } of hypotheses(op, question, want)) {
    const value = attempted(compute)?.[index];
    if (value !== undefined && isClose(got, value)) return says;
  }
  return symptom(op, question, want, index, got, due);
}

const isClose = (got: number, wrong: number): boolean =>
  wrong !== 0 && Math.abs(got - wrong) <= 2 ** -16 * Math.abs(wrong);

function attempted(compute: () => readonly number[]): readonly number[] | undefined {
  try {
    return compute();
  } catch {
    return undefined; // the wrong formula does not apply to this case
  }
}

function hypotheses(op: Op, question: Question, want: Wanted): readonly Wrong[] {
  const right = () => answer(op, question, want, question.cotangent);
  const all: Wrong[] = [
    ...denominators(op, question, want),
    ...withoutOptions(op, question, want),
    ...countingIgnored(op, question, want),
    { says: 'the negative of it: a sign is wrong', compute: () => right().map((y) => -y) },
  ];
  if (want !== 'out' && question.cotangent)
    all.push({
      says: 'not multiplied by the cotangent',
      compute: () => answer(op, question, want),
    });
  return all;
}

function answer(
  op: Op,
  { tensors, settings }: Case,
  want: Wanted,
  cotangent?: Question['cotangent'],
): readonly number[] {
  const lifted = lift(op, tensors, settings);
  const cells =
    want === 'out'
      ? valuesOf(lifted, float32)
      : gradientsOf(lifted, want.slice('grad:'.length), cotangent, float32);
  return cells.map(({ value }) => value);
}

/** The sum, divided by other numbers than the right one. */
function denominators(op: Op, question: Question, want: Wanted): readonly Wrong[] {
  const { reduction } = question.settings;
  if (op.kind !== 'loss' || reduction === 'none' || reduction === 'sum') return [];
  const { tensors, settings } = question;
  const total = { tensors, settings: { ...settings, reduction: 'sum' } };
  const samples = () => sizeOf(lift(op, tensors, { ...settings, reduction: 'none' }).shape);
  const right = hasWeights(op, question) ? 'sum / Σw' : `sum / (the divisor of ${reduction})`;
  const by = (says: string, divisor: () => number): Wrong => ({
    says: `${says} instead of ${right}`,
    compute: () => answer(op, total, want, question.cotangent).map((y) => y / divisor()),
  });
  const { input, target, weight } = tensors;
  const counted = () => Array.from(target!.data).filter((y) => y !== settings.ignoreIndex).length;
  return [
    by('sum / N', samples),
    by('sum / (samples that are not ignored)', counted),
    by('sum / Σ of all class weights', () => Array.from(weight!.data).reduce((a, b) => a + b, 0)),
    by('sum / number of elements', () => input!.data.length),
    by('sum / length of the first axis', () => input!.shape[0]!),
    by('sum', () => 1),
  ];
}

/** Whether the mean is one by weights: it divides by something else without them. */
function hasWeights(op: Op, question: Case): boolean {
  const { tensors, settings } = question;
  if (tensors.weight === undefined) return false;
  if ('ignoreIndex' in op.params) return tensors.target?.dtype === 'i64';
  const without = { tensors: { ...tensors, weight: undefined }, settings };
  return divisorOf(op, question) !== divisorOf(op, without);
}

/** One option left out. */
function withoutOptions(op: Op, question: Question, want: Wanted): readonly Wrong[] {
  const { tensors, settings, cotangent } = question;
  const parameters = Object.entries(op.params).flatMap(([name, p]) =>
    insteadOf(name, p, settings[name]).map((other): Wrong => {
      const changed = { ...settings, [name]: other };
      const says = `as if ${name} were ${other}`;
      return { says, compute: () => answer(op, { tensors, settings: changed }, want, cotangent) };
    }),
  );
  const inputs = Object.keys(op.inputs)
    .filter((name) => tensors[name] && isOptional(op.inputs[name]!))
    .map((name): Wrong => {
      const changed = { ...tensors, [name]: undefined };
      const says = `as if ${name} were not given`;
      return { says, compute: () => answer(op, { tensors: changed, settings }, want, cotangent) };
    });
  return [...parameters, ...inputs];
}

/** Its default, or any other value where it has a few; other reductions are other denominators. */
function insteadOf(name: string, p: Param, given: Setting | undefined): readonly Setting[] {
  const all = p.kind === 'choice' && name !== 'reduction' ? p.values : [p.default];
  return all.filter((value) => value !== given);
}

/** Samples to be ignored that are not. */
function countingIgnored(op: Op, question: Question, want: Wanted): readonly Wrong[] {
  if (!('ignoreIndex' in op.params)) return [];
  const { tensors, cotangent } = question;
  const settings = { ...question.settings, ignoreIndex: -1000 };
  const says = 'as if ignored samples counted';
  return [{ says, compute: () => answer(op, { tensors, settings }, want, cotangent) }];
}

/** Where no formula gives the number, what usually gives such a one. */
function symptom(
  op: Op,
  { tensors }: Question,
  want: Wanted,
  index: number,
  got: number,
  due: number | undefined,
): string | undefined {
  const all = Object.values(tensors).flatMap((t) => Array.from(t?.data ?? []));
  const place = op.kind === 'elementwise' ? [all[index]!] : all;
  const isLarge = place.some((xi) => Math.abs(xi) > 88 && Number.isFinite(xi));
  if (!Number.isFinite(got) && isLarge)
    return 'an intermediate result overflows: a power (take the maximum or the sign out first), a product, a sum';
  if (got === 0 && due !== 0 && Number.isFinite(due) && want === 'out')
    return 'a small result that is lost: 1 + ε rounded to 1 (log1p and expm1 keep it), a clamp, a flush to 0';
  return undefined;
}
