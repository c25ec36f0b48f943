/** # Cases, lifted once: whether one is legal, its judge, and what its reduction divides by ask the same */
import { type Lifted, lift } from '../spec/lift.ts';
import type { Op } from '../spec/op.ts';
import type { Tensors } from '../spec/tensor.ts';

interface Liftable {
  readonly tensors: Tensors;
  readonly settings: object;
}
interface Known {
  readonly op: Op;
  readonly settings: object;
  readonly lifted: Lifted;
}

/** The last operator that each set of tensors was lifted with. */
const last = new WeakMap<Tensors, Known>();

/** `lift` of a case. Throws what it throws. */
export function liftCase(op: Op, { tensors, settings }: Liftable): Lifted {
  const known = last.get(tensors);
  if (known?.op === op && known.settings === settings) return known.lifted;
  const lifted = lift(op, tensors, settings);
  last.set(tensors, { op, settings, lifted });
  return lifted;
}
