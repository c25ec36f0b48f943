/**
 * # Every mistake in the suite's own machinery: do its tests go red?
 *
 *     node dist/test/harness/main.js [--only NAME]
 *
 * The tests must be green without it, or their red would tell nothing. Exits 1 if one is missed.
 */
import { Command } from 'commander';
import { EXIT } from '../../conformance/failure.ts';
import { mistakes } from './mistakes.ts';
import { seenIn } from './run.ts';

const { only } = new Command()
  .option('--only <name>', 'one mistake')
  .parse()
  .opts<{ only?: string }>();

const chosen = Object.entries(mistakes).filter(([name]) => only === undefined || name === only);
let bad = 0;
for (const test of new Set(chosen.flatMap(([, { tests }]) => tests))) {
  const seen = await seenIn(test);
  if ('instead' in seen && seen.instead === 'all tests pass') continue;
  console.log(`RED ANYWAY ${test}: ${'failed' in seen ? seen.failed : seen.instead}`);
  bad++;
}
for (const [name, { tests }] of chosen)
  for (const test of tests) {
    const seen = await seenIn(test, name);
    if ('failed' in seen) console.log(`caught ${name} by ${test}: ${seen.failed}`);
    else console.log(`MISSED ${name} by ${test}: ${seen.instead}`);
    if (!('failed' in seen)) bad++;
  }
if (chosen.length === 0) console.log(`there is no mistake "${only}"`);
else console.log(`${chosen.length} mistakes, ${bad === 0 ? 'all caught' : `${bad} complaints`}`);
process.exitCode = chosen.length === 0 ? EXIT.usage : bad > 0 ? EXIT.fails : EXIT.conforms;
