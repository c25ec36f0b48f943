/** # The first thing that is not finite, and why */
import { Decimal } from 'decimal.js';
import { exactly } from '../../spec/exact.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { findClause } from '../operators.ts';
import { adviceOn, reasonOf } from './advice.ts';
import { exactSlope } from './certain.ts';
import type { Birth } from './passes.ts';
import type { Born, Question } from './report.ts';
import { type Cell, placeOf } from './stages.ts';
import type { Reason, Textbook } from './textbook.ts';
import { elementsOf, isBad, type Run } from './trial.ts';

interface Found {
  readonly born: Born;
  /** The element of the forward pass that it is about. */
  readonly cell?: Cell;
}

export function bornIn({ textbook, batch }: Question, run: Run): Found | undefined {
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
  Number.isFinite(x) ? new Decimal(exactly(x)).toSignificantDigits(20).toString() : String(x);

function ofForward(birth: Birth, run: Run, textbook: Textbook): Found {
  const cell: Cell = [birth.step, birth.at];
  const reason = reasonOf(birth, run.last, run.ahead.values);
  return {
    born: { where: 'forward', ...elementsOf([cell], run.ahead)[0]!, ...because(reason, textbook) },
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
