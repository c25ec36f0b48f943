/**
 * # Passes: the steps of a loss forward and backward, and where either leaves the finite numbers
 *
 * Something is *born* where a result is NaN and no operand is, or infinite and no operand is; not
 * where −∞ came in with the batch, as masks do, and is passed on.
 */
import { add, type Kernel, sum } from './kernels.ts';
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

interface State {
  readonly values: Map<Step, Float64Array>;
  /** 1 where a 0 or ∞ is what an infinite number of the batch makes of it. */
  readonly passedOn: Map<Step, Uint8Array>;
}

/** Every element of every step, and the first that is born in each. */
export function forward(last: Step, m: Machine): Pass {
  const state: State = { values: new Map(), passedOn: new Map() };
  const births: Birth[] = [];
  for (const step of stepsOf(last)) {
    state.values.set(step, new Float64Array(step.size));
    state.passedOn.set(step, new Uint8Array(step.size));
    if (!step.kernel) rounded(step, state, m);
    else births.push(...computed(step, step.kernel, state, m));
  }
  return { values: state.values, births };
}

function rounded(leaf: Step, { values, passedOn }: State, m: Machine): void {
  const [own, marks] = [values.get(leaf)!, passedOn.get(leaf)!];
  for (let at = 0; at < leaf.size; at++) {
    own[at] = m.round(leaf.values[at]!);
    marks[at] = Number.isFinite(own[at]!) ? 0 : 1;
  }
}

function computed(step: Step, kernel: Kernel, { values, passedOn }: State, m: Machine): Birth[] {
  const [own, marks] = [values.get(step)!, passedOn.get(step)!];
  let first: Birth | undefined;
  for (let at = 0; at < step.size; at++) {
    const cells = step.from(at);
    const x = cells.map(([of, i]) => values.get(of)![i]!);
    const y = kernel.of(x, m);
    own[at] = y;
    if (Number.isFinite(y) && y !== 0) continue;
    const isMarked = (k: number): boolean => passedOn.get(cells[k]![0])![cells[k]![1]] === 1;
    marks[at] = isPassedOn(kernel, x, y, isMarked) ? 1 : 0;
    if (first || Number.isFinite(y) || marks[at] === 1 || !isBorn(x, y)) continue;
    first = { pass: 'forward', step, at, value: y };
  }
  return first ? [first] : [];
}

/** A sum that is 0 is so for all of its operands, and infinite for one that is. */
function isPassedOn(
  kernel: Kernel,
  x: readonly number[],
  y: number,
  isMarked: (k: number) => boolean,
): boolean {
  if (Number.isNaN(y)) return x.some(Number.isNaN);
  if (kernel !== sum && kernel !== add) return x.some((_, k) => isMarked(k));
  return y === 0
    ? x.every((_, k) => isMarked(k))
    : x.some((xi, k) => isMarked(k) && !Number.isFinite(xi));
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
      sums[i] = m.round(sums[i]! + part);
      if (first || Number.isFinite(sums[i]!)) continue;
      first = { pass: 'backward', step, at, value: sums[i]!, of: [of, i], slope: g };
    }
  }
  return first;
}
