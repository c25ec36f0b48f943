/**
 * # Where the first NaN or ∞ of a loss is born
 *
 * Runs a loss as a textbook writes it, in one format, forward and backward; names the first step and
 * element that leaves the finite numbers, what it is exactly, and what is right. Where nothing does, it
 * names the step with the largest error.
 */
import { Decimal } from 'decimal.js';
import { exactly as digits } from '../../spec/exact.ts';
import { type Format, float64 } from '../../spec/format.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { findClause } from '../operators.ts';
import { adviceOn, reasonOf, trailTo } from './advice.ts';
import { exactly, exactSlope } from './certain.ts';
import { type Instead, insteadOf, isLarge, ulpsBetween } from './instead.ts';
import { gapAt, machineOf } from './machine.ts';
import { type Birth, backward, forward, type Pass, type Values } from './passes.ts';
import { batchFor, paramsOf, settingsFor } from './prepare.ts';
import { type Cell, placeOf, type Step, stepsOf } from './stages.ts';
import type { Reason, Settings, Textbook } from './textbook.ts';
import { textbooks } from './textbooks.ts';

export interface Question {
  readonly textbook: Textbook;
  readonly batch: Tensors;
  readonly format: Format;
  readonly settings: Settings;
}

/** One element of one step. */
export interface Element {
  readonly step: string;
  readonly formula: string;
  readonly place: string;
  readonly value: number;
  /** 20 certified digits; absent where no number of digits tells. */
  readonly exact?: string | undefined;
}
export interface Counted {
  readonly step: string;
  readonly formula: string;
  readonly size: number;
  readonly nan: number;
  readonly infinite: number;
}
export interface Born extends Element {
  readonly where: 'batch' | 'forward' | 'backward';
  /** Backward: the slope of which step passed through which operation, and what came in. */
  readonly through?: { readonly step: string; readonly slope: string; readonly g: number };
  readonly reason: Reason;
  readonly fix: string;
  readonly clause?: { readonly id: string; readonly says: string };
}
export interface Report {
  readonly textbook: string;
  readonly title: string;
  readonly op: string;
  readonly format: string;
  readonly steps: readonly Counted[];
  readonly loss: { readonly value: number; readonly exact: string | undefined };
  /** Elements of the gradient of the inputs that are not finite. */
  readonly gradient: { readonly size: number; readonly bad: number };
  readonly born?: Born;
  /** From the batch to the element. */
  readonly trail: readonly Element[];
  /** Where nothing was born: the element that lost most. */
  readonly worst?: Element & { readonly ulps: number };
  readonly instead?: Instead | undefined;
  /** The same batch as others write it. */
  readonly others: readonly Other[];
}
export interface Other {
  readonly textbook: string;
  readonly title: string;
  readonly value: number;
  readonly born: string | undefined;
}

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
    trail: born?.cell ? trailTo(born.cell, ahead.values).map((cell) => elementOf(cell, ahead)) : [],
    ...(born ? {} : worstOf(run, format)),
    instead,
    others: othersOf(question),
  };
}

interface Run {
  readonly batch: Tensors;
  readonly settings: Settings;
  readonly last: Step;
  readonly ahead: Pass;
  readonly back: Pass;
}

function runOf({ textbook, batch: given, format, settings: said }: Question): Run {
  const machine = machineOf(format);
  const settings = settingsFor(textbook, said);
  const batch = batchFor(textbook, given, format);
  const last = textbook.build({ op: textbook.op, batch }, settings);
  const ahead = forward(last, machine);
  return { batch, settings, last, ahead, back: backward(last, ahead.values, machine) };
}

/** Of the formula as it is written; of a large batch that of the operator, which is faster. */
const exactLoss = ({ last }: Run, instead: Instead | undefined): string | undefined =>
  isLarge(stepsOf(last).map(({ size }) => size)) && instead?.exact !== undefined
    ? instead.exact
    : exactly([last, 0]);

const isBad = (x: number): boolean => !Number.isFinite(x);
const countOf = (values: Float64Array, is: (x: number) => boolean): number =>
  values.reduce((n, x) => n + (is(x) ? 1 : 0), 0);

function counted(step: Step, values: Values): Counted {
  const own = values.get(step)!;
  const [nan, bad] = [countOf(own, Number.isNaN), countOf(own, isBad)];
  return { step: step.name, formula: step.formula, size: step.size, nan, infinite: bad - nan };
}

const elementOf = ([step, at]: Cell, { values }: Pass): Element => ({
  ...{ step: step.name, formula: step.formula, place: placeOf(step.grid, at) },
  ...{ value: values.get(step)![at]!, exact: exactly([step, at]) },
});

function gradientOf({ last, back }: Run): Report['gradient'] {
  const leaves = stepsOf(last).filter((step) => step.learns && !step.kernel);
  const all = leaves.map((leaf) => back.values.get(leaf)!);
  const add = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);
  return {
    size: add(all.map((slopes) => slopes.length)),
    bad: add(all.map((slopes) => countOf(slopes, isBad))),
  };
}

// What was born ----------------------------------------------------------------------------------

interface Found {
  readonly born: Born;
  /** The element of the forward pass that it is about. */
  readonly cell?: Cell;
}

function bornIn({ textbook, batch }: Question, run: Run): Found | undefined {
  const { last, ahead, back } = run;
  const isLost = (x: number, was: number) => isBad(x) && Number.isFinite(was);
  const converted = inBatch('converted', run.batch, batch, isLost, textbook);
  if (converted) return { born: converted };
  const [first] = ahead.births;
  const [slope] = back.births;
  const isLossBad = isBad(ahead.values.get(last)![0]!);
  // What a branch not taken has of ∞ does not reach the loss; its slope may reach the gradient.
  if (slope && !isLossBad) return ofBackward(slope, run, textbook);
  if (first) return ofForward(first, run, textbook);
  if (!isLossBad) return undefined;
  const isMask = (x: number) => x === -Infinity;
  const isOdd = (x: number) => isBad(x) && !isMask(x);
  const came =
    inBatch('batch', run.batch, batch, isOdd, textbook) ??
    inBatch('mask', run.batch, batch, isMask, textbook);
  return came && { born: came };
}

/** The first element of the batch that is so; `was` is what it was before it was rounded. */
function inBatch(
  reason: Reason,
  batch: Tensors,
  before: Tensors,
  is: (x: number, was: number) => boolean,
  textbook: Textbook,
): Born | undefined {
  for (const [name, tensor] of Object.entries(batch)) {
    const { shape, data } = tensor!;
    for (let at = 0; at < data.length; at++) {
      const [value, was] = [data[at]!, before[name]!.data[at]!];
      if (!is(value, was)) continue;
      return {
        ...{ where: 'batch', reason, fix: adviceOn(reason, textbook) },
        ...{ step: name, formula: name, place: placeOf({ samples: shape }, at) },
        ...{ value, exact: toDigits(was) },
      };
    }
  }
  return undefined;
}

const toDigits = (x: number): string =>
  Number.isFinite(x) ? new Decimal(digits(x)).toSignificantDigits(20).toString() : String(x);

function ofForward(birth: Birth, run: Run, textbook: Textbook): Found {
  const cell: Cell = [birth.step, birth.at];
  const reason = reasonOf(birth, run.last, run.ahead.values);
  return {
    born: { where: 'forward', ...elementOf(cell, run.ahead), ...because(reason, textbook) },
    cell,
  };
}

function ofBackward(birth: Birth, run: Run, textbook: Textbook): Found {
  const cell = birth.of!;
  const { step, slope: g } = birth;
  const [of] = cell;
  const reason = reasonOf(birth, run.last, run.ahead.values);
  const born: Born = {
    ...{ where: 'backward', step: of.name, formula: of.formula, place: placeOf(of.grid, cell[1]) },
    ...{ value: birth.value, exact: exactSlope(run.last, cell), ...because(reason, textbook) },
    through: { step: step.name, slope: step.kernel!.slope, g: g! },
  };
  return { born, cell };
}

function because(reason: Reason, textbook: Textbook): Pick<Born, 'reason' | 'fix' | 'clause'> {
  const id = textbook.clauses[reason];
  const found = id === undefined ? undefined : findClause(id);
  const fix = adviceOn(reason, textbook);
  return found ? { reason, fix, clause: { id: found.id, says: found.clause[1] } } : { reason, fix };
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
  const element = elementOf(worst, ahead);
  if (element.exact === undefined) return {};
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
