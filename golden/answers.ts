/** # Who is compared with the witness: the certified reference, and `src/` */
import { fast as candidateOf } from '../conformance/adapters/fast.ts';
import { findOperator } from '../conformance/operators.ts';
import { toTensor } from '../properties/payload.ts';
import { float32, float64 } from '../spec/format.ts';
import { evaluate } from '../spec/oracle/index.ts';
import type { Case } from './case.ts';
import type { Precision } from './witness.ts';

export interface Answered {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
/** `precision` is that of the witness; who knows one format only answers in that. */
export type Answer = (of: Case, precision: Precision) => Answered | Promise<Answered>;

const candidate = candidateOf('');
const { ops: offers } = await candidate.hello();

export const reference: Answer = ({ op, params, in: given }, precision) => {
  const tensors = Object.entries(given).map(([name, p]) => [name, toTensor(p)] as const);
  const format = precision === 'float32' ? float32 : float64;
  const { shape, cells } = evaluate(findOperator(op), Object.fromEntries(tensors), params, format);
  return { shape, values: cells.map(({ value }) => value) };
};

/** Whether `src/` has it. */
export const isOffered = (op: string): boolean => Object.hasOwn(offers, op);

export const fast: Answer = async (of) => {
  const { out, error, skip } = await candidate.run({ ...of, want: ['out'] });
  if (out === undefined) throw new Error(`${of.op}: ${error?.message ?? skip?.reason}`);
  return { shape: out.shape, values: Array.from<number | bigint, number>(out.data, Number) };
};
