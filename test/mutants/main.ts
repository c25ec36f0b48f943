/**
 * # Every known bug, made again: is it found?
 *
 *     node dist/test/mutants/main.js [--only ID]
 *
 * Exits 1 if a mutant survives that is not listed with a reason, or looks like something else.
 */
import { Command } from 'commander';
import { EXIT } from '../../conformance/failure.ts';
import { corpus } from './corpus.ts';
import { missing, mutants, notShown } from './index.ts';
import { kill } from './run.ts';

const { only } = new Command()
  .option('--only <id>', 'one bug of the corpus')
  .parse()
  .opts<{ only?: string }>();

const chosen = Object.entries(mutants).filter(([id]) => only === undefined || id === only);
const bad: string[] = [];
let killed = 0;
for (const [id, mutant] of chosen) {
  const found = await kill(mutant);
  const [op, , like] = mutant;
  const said = found?.like ?? [];
  const isLike = !like || said.some((line) => like.test(line));
  const thread = corpus[id]!.thread ?? 'plausible';
  const how = found ? `${found.law}, ${found.fault}, case ${found.cases}` : '';
  const looks = said.length > 0 ? `; looks like: ${said.join(' | ')}` : '';
  console.log(
    `${found ? 'killed  ' : 'SURVIVED'} ${id} (${op}; ${thread}) ${how}${looks}${isLike ? '' : ' WRONGLY'}`,
  );
  if (found) killed++;
  if (!found || !isLike) bad.push(id);
}
if (only === undefined) {
  console.log(`${killed} of ${chosen.length} mutants killed`);
  for (const kind of new Set(Object.values(corpus).map((bug) => bug.kind))) {
    const ids = Object.keys(corpus).filter((id) => corpus[id]!.kind === kind);
    const made = ids.filter((id) => Object.hasOwn(mutants, id)).length;
    console.log(`${kind}: ${made} of ${ids.length} bugs of the corpus have a mutant`);
  }
  const reasons = Object.entries(notShown);
  console.log(`not shown here: ${reasons.length}`);
  for (const [id, why] of reasons) console.log(`  ${id}: ${why}`);
  if (missing.length > 0) console.log(`without mutant or reason: ${missing.join(', ')}`);
}
process.exitCode = chosen.length === 0 ? EXIT.usage : bad.length + missing.length > 0 ? 1 : 0;
