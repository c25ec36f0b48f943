/**
 * # Where the first NaN or ∞ of a loss is born
 *
 * Runs a loss as a textbook writes it, in one format, forward and backward; names the first step and
 * element that leaves the finite numbers, what it is exactly, and what is right. Where nothing does, it
 * names the step with the largest error.
 */
import { type Format, float64 } from '../../spec/format.ts';
import { trailTo } from './advice.ts';
import { bornIn } from './born.ts';
import { exactly } from './certain.ts';
import { type Instead, insteadOf, isLarge, ulpsBetween } from './instead.ts';
import { gapAt, machineOf } from './machine.ts';
import { forward, type Values } from './passes.ts';
import { paramsOf } from './prepare.ts';
import type { Counted, Other, Question, Report } from './report.ts';
import { type Cell, type Step, stepsOf } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';
import { textbooks } from './textbooks.ts';
import { elementsOf, isBad, type Run, runOf } from './trial.ts';

/** Throws a TypeError or RangeError that begins with the loss where the batch does not fit. */
export function find(question: Question): Report {
  const { textbook, format } = question;
  const run = runOf(question);
  const { last, ahead } = run;
  const instead = insteadOf(textbook, run.batch, run.settings);
  const born = bornIn(question, run);
  return {
    ...{ textbook: textbook.id, title: textbook.title, op: textbook.op, format: format.name },
    steps: stepsOf(last).flatMap((step) => (step.kernel ? [counted(step, ahead.values)] : [])),
    loss: { value: ahead.values.get(last)![0]!, exact: exactLoss(run, instead) },
    gradient: gradientOf(run),
    ...(born ? { born: born.born } : {}),
    trail: born?.cell ? elementsOf(trailTo(born.cell, ahead.values), ahead) : [],
    ...(born ? {} : worstOf(run, format)),
    instead,
    others: othersOf(question),
  };
}

/** Of the formula as it is written; of a large batch that of the operator, which is faster. */
const exactLoss = ({ last }: Run, instead: Instead | undefined): string | undefined =>
  isLarge(stepsOf(last).map(({ size }) => size)) && instead?.exact !== undefined
    ? instead.exact
    : exactly([last, 0]);

const countOf = (values: Float64Array, is: (x: number) => boolean): number =>
  values.reduce((n, x) => n + (is(x) ? 1 : 0), 0);

function counted(step: Step, values: Values): Counted {
  const own = values.get(step)!;
  const [nan, bad] = [countOf(own, Number.isNaN), countOf(own, isBad)];
  return { step: step.name, formula: step.formula, size: step.size, nan, infinite: bad - nan };
}

function gradientOf({ last, back }: Run): Report['gradient'] {
  const leaves = stepsOf(last).filter((step) => step.learns && !step.kernel);
  const all = leaves.map((leaf) => back.values.get(leaf)!);
  const add = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);
  return {
    size: add(all.map((slopes) => slopes.length)),
    bad: add(all.map((slopes) => countOf(slopes, isBad))),
  };
}

// Where nothing was ------------------------------------------------------------------------------

/** The nearest float is not farther off, and one of 20 digits is it for certain. */
const NEAREST = 0.5 + 1e-9;

/** The element that is farthest from what it is exactly: found by float64, then measured. */
function worstOf({ last, ahead }: Run, format: Format): Pick<Report, 'worst'> {
  const better = forward(last, machineOf(float64)).values;
  let [worst, most]: [Cell | undefined, number] = [undefined, 0];
  for (const step of stepsOf(last)) {
    if (!step.kernel) continue;
    const [own, due] = [ahead.values.get(step)!, better.get(step)!];
    for (let at = 0; at < step.size; at++) {
      const error = Math.abs(own[at]! - due[at]!) / gapAt(due[at]!, format);
      if (error > most) [worst, most] = [[step, at], error];
    }
  }
  if (!worst) return {};
  const [element] = elementsOf([worst], ahead);
  if (element?.exact === undefined) return {};
  const ulps = ulpsBetween(element.value, element.exact, format);
  return ulps > NEAREST ? { worst: { ...element, ulps } } : {};
}

function othersOf({ textbook, ...question }: Question): readonly Other[] {
  const alike = textbooks.filter(
    ({ op, from, id }) => op === textbook.op && from === textbook.from && id !== textbook.id,
  );
  return alike.map((other) => {
    const run = runOf({ ...question, textbook: other, settings: shared(question.settings, other) });
    const found = bornIn({ ...question, textbook: other }, run);
    const value = run.ahead.values.get(run.last)![0]!;
    return { textbook: other.id, title: other.title, value, born: found?.born.step };
  });
}

/** What another way of writing it has as a parameter, too. */
const shared = (settings: Settings, other: Textbook): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in paramsOf(other)));
