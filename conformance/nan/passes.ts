/**
 * # Passes: the steps of a loss forward and backward, and where either leaves the finite numbers
 *
 * Something is *born* where a result is NaN and no operand is, or infinite and no operand is; not
 * where −∞ came in with the batch, as masks do, and is passed on.
 */
import type { Machine } from './machine.ts';
import { type Cell, type Step, stepsOf } from './stages.ts';

export type Values = ReadonlyMap<Step, Float64Array>;

/** Where it is, what came of what; backward `of` is the operand whose slope it is. */
export interface Birth {
  readonly pass: 'forward' | 'backward';
  readonly step: Step;
  readonly at: number;
  readonly value: number;
  readonly of?: Cell;
  /** Backward: the slope of the step's own result. */
  readonly slope?: number;
}
export interface Pass {
  readonly values: Values;
  readonly births: readonly Birth[];
}

// Forward ----------------------------------------------------------------------------------------

/** Every element of every step. */
export function forward(last: Step, m: Machine): Pass {
  const values = new Map<Step, Float64Array>();
  const inherited = new Map<Step, Uint8Array>();
  const births: Birth[] = [];
  for (const step of stepsOf(last)) {
    const own = new Float64Array(step.size);
    const marks = new Uint8Array(step.size);
    values.set(step, own);
    inherited.set(step, marks);
    if (!step.kernel) {
      for (let at = 0; at < step.size; at++) {
        own[at] = m.round(step.values[at]!);
        marks[at] = Number.isFinite(own[at]!) ? 0 : 1;
      }
      continue;
    }
    let isNew = true;
    for (let at = 0; at < step.size; at++) {
      const cells = step.from(at);
      const x = cells.map(([of, i]) => values.get(of)![i]!);
      const y = step.kernel.of(x, m);
      own[at] = y;
      if (Number.isFinite(y) && y !== 0) continue;
      const passedOn = cells.map(([of, i]) => inherited.get(of)![i] === 1);
      marks[at] = isPassedOn(x, y, passedOn) ? 1 : 0;
      if (!isNew || Number.isFinite(y) || marks[at] === 1 || !isBorn(x, y)) continue;
      births.push({ pass: 'forward', step, at, value: y });
      isNew = false;
    }
  }
  return { values, births };
}

/** Whether a 0 or ∞ is what an infinite number of the batch makes of it; a sum that is 0 needs nothing else. */
function isPassedOn(x: readonly number[], y: number, passedOn: readonly boolean[]): boolean {
  if (Number.isNaN(y)) return x.some(Number.isNaN);
  return y === 0 && x.length > 1 && x.every((xi) => xi === 0)
    ? passedOn.every(Boolean)
    : passedOn.some(Boolean);
}

const isBorn = (x: readonly number[], y: number): boolean =>
  Number.isNaN(y) ? !x.some(Number.isNaN) : x.every(Number.isFinite);

// Backward ---------------------------------------------------------------------------------------

/** The slope of the last step's elements, added up, in every element of every step that learns. */
export function backward(last: Step, values: Values, m: Machine): Pass {
  const slopes = new Map<Step, Float64Array>();
  const births: Birth[] = [];
  const steps = stepsOf(last).filter((step) => step.learns);
  for (const step of steps) slopes.set(step, new Float64Array(step.size));
  slopes.get(last)?.fill(1);
  for (const step of steps.toReversed()) {
    if (!step.kernel) continue;
    const found = pulled(step, slopes, values, m);
    if (found) births.push(found);
  }
  return { values: slopes, births };
}

/** Adds what each operand gets of the slopes of one step; the first thing that was born there. */
function pulled(
  step: Step,
  slopes: ReadonlyMap<Step, Float64Array>,
  values: Values,
  m: Machine,
): Birth | undefined {
  let first: Birth | undefined;
  const own = slopes.get(step)!;
  for (let at = 0; at < step.size; at++) {
    const cells = step.from(at);
    const x = cells.map(([of, i]) => values.get(of)![i]!);
    const g = own[at]!;
    const parts = step.kernel!.back(g, x, values.get(step)![at]!, m);
    for (const [k, part] of parts.entries()) {
      const [of, i] = cells[k]!;
      const sums = slopes.get(of);
      if (part === undefined || !sums) continue;
      const before = sums[i]!;
      sums[i] = m.round(before + part);
      if (first || Number.isFinite(sums[i]!) || !isBorn([g, before], sums[i]!)) continue;
      first = { pass: 'backward', step, at, value: sums[i]!, of: [of, i], slope: g };
    }
  }
  return first;
}
