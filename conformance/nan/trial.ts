/** # One run of a textbook over a batch, forward and backward */
import type { Tensors } from '../../spec/tensor.ts';
import { exactlyAll } from './certain.ts';
import { machineOf } from './machine.ts';
import { backward, forward, type Pass } from './passes.ts';
import { batchFor, settingsFor } from './prepare.ts';
import type { Element, Question } from './report.ts';
import { type Cell, placeOf, type Step } from './stages.ts';
import type { Settings } from './textbook.ts';

export interface Run {
  readonly batch: Tensors;
  readonly settings: Settings;
  readonly last: Step;
  readonly ahead: Pass;
  readonly back: Pass;
}

export function runOf({ textbook, batch: given, format, settings: said }: Question): Run {
  const machine = machineOf(format);
  const settings = settingsFor(textbook, said);
  const batch = batchFor(textbook, given, format);
  const last = textbook.build({ op: textbook.op, batch }, settings);
  const ahead = forward(last, machine);
  return { batch, settings, last, ahead, back: backward(last, ahead.values, machine) };
}

export const isBad = (x: number): boolean => !Number.isFinite(x);

/** Elements of the forward pass, each with what it is exactly. */
export function elementsOf(cells: readonly Cell[], { values }: Pass): readonly Element[] {
  const exact = exactlyAll(cells);
  return cells.map(([step, at], i) => ({
    ...{ step: step.name, formula: step.formula, place: placeOf(step.grid, at) },
    ...{ value: values.get(step)![at]!, exact: exact[i] },
  }));
}
