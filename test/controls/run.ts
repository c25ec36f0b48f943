/** # Whether a broken candidate is found by the law that it is meant for */
import { operators } from '../../conformance/operators.ts';
import { planOf } from '../../conformance/plan.ts';
import { everyLaw, subjectOf } from '../../conformance/run.ts';
import type { Op } from '../../spec/op.ts';
import { firstFault, unpromising } from '../mutants/run.ts';
import { type Control, controls } from './broken.ts';

const plan = planOf({ profile: 'quick', seed: '20260101', minGrade: 'C' });

/** The first fault that the law finds in this operator; undefined if the candidate passes. */
export async function faultIn(
  { candidate, law }: Control,
  op: Op,
  runs = plan.runs,
): Promise<string | undefined> {
  const hello = unpromising(await candidate.hello(), op.id);
  const subject = subjectOf(candidate, hello, op, plan)!;
  const { fault } = await firstFault(everyLaw.find(({ name }) => name === law)!, subject, runs);
  return fault;
}

/** Every control in every operator where it shows. */
export const shown: readonly (readonly [control: Control, op: Op])[] = controls.flatMap((control) =>
  [...operators.values()].filter(control.shows).map((op) => [control, op] as const),
);
