/**
 * # From one term to whole tensors
 *
 * Definitions speak about one element, one row, or one sample. `lift` finds them in tensors, checks
 * that everything fits and is legal, and returns the operator as pieces: formulas on the elements of
 * its inputs, each with the places of its results.
 */
import { liftElementwise } from './lift/elementwise.ts';
import type { Lifted } from './lift/lifted.ts';
import { liftLoss } from './lift/loss.ts';
import { liftRowwise } from './lift/rowwise.ts';
import type { Op } from './op.ts';
import { type Params, type Settings, settle } from './param.ts';
import type { Tensors } from './tensor.ts';

export { edgeOf } from './lift/elementwise.ts';
export { type Access, accessTo, type Lifted, type Part, type Piece } from './lift/lifted.ts';

/** Throws a TypeError or RangeError that names operator and argument if something does not fit. */
export function lift(op: Op, tensors: Tensors, settings: object = {}): Lifted {
  const all = settle(op, settings) as Settings<Params>;
  if (op.kind === 'elementwise') return liftElementwise(op, tensors, all);
  return op.kind === 'rowwise' ? liftRowwise(op, tensors, all) : liftLoss(op, tensors, all);
}
