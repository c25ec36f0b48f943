/**
 * # `npm run power`: what each rule of acceptance would have caught
 *
 * Writes docs/power.md, whole or not at all.
 */
import { writeWhole } from '../whole.ts';
import { PAGE, wholePage } from './page.ts';

await writeWhole(PAGE, wholePage());
process.stdout.write(`${PAGE}\n`);
