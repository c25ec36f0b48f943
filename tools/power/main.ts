/**
 * # `npm run power`: what each rule of acceptance would have caught
 *
 * Prints the totals and writes docs/power.md, whole or not at all.
 */
import { table } from '../../conformance/table.ts';
import { writeWhole } from '../../conformance/whole.ts';
import { allTables, PAGE, pageOf, titles, totalsOf } from './page.ts';
import { rules } from './rules.ts';

const tables = allTables();
await writeWhole(PAGE, pageOf(tables, rules));
process.stdout.write(table([titles(rules), ...tables.map(totalsOf)]));
