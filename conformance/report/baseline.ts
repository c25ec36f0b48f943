/** A baseline that lists what a run found, for a person to give the reasons. */
import { type Baseline, entryFor } from '../baseline.ts';
import type { Run } from './record.ts';

export function baseline({ hello, results }: Run): string {
  const entries = results.flatMap(({ op, law, findings }) =>
    findings.map((finding) => entryFor(op, law, finding, hello)),
  );
  const whole: Baseline = { version: 1, candidate: hello.impl.name, entries };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
