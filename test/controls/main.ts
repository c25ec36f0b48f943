/**
 * # Controls: what is perfect passes, what is broken fails
 *
 *     node dist/test/controls/main.js
 *
 * The reference must conform with grade S in every operator, and every broken candidate must be found
 * by its law in every operator where its mistake shows. Exits 1 if not.
 */
import { checkCandidate } from '../../conformance/commands/check.ts';
import { EXIT } from '../../conformance/failure.ts';
import { reference } from '../../conformance/reference.ts';
import { terminalOf } from '../../conformance/terminal.ts';
import { faultIn, shown } from './run.ts';

const perfect = { profile: 'smoke', seed: '20260101', minGrade: 'S', report: [] };
const code = await checkCandidate('reference', async () => reference, perfect, terminalOf(process));

const found = new Map<string, number>();
const survived: string[] = [];
for (const [control, op] of shown) {
  const fault = await faultIn(control, op);
  if (fault === undefined) survived.push(`${control.what}: ${op.id} passes ${control.law}`);
  else found.set(control.what, (found.get(control.what) ?? 0) + 1);
}
for (const [what, count] of found) console.log(`fails in ${count} operators: ${what}`);
for (const line of survived) console.log(`SURVIVED ${line}`);
process.exitCode = code === EXIT.conforms && survived.length === 0 ? EXIT.conforms : EXIT.fails;
