/** # `npm run results` */
import { fileURLToPath } from 'node:url';
import { terminalOf } from '../../conformance/terminal.ts';
import { main } from './command.ts';

// Some peers keep threads and timers; nothing of theirs is waited for.
const root = fileURLToPath(new URL('../../..', import.meta.url));
process.exit(await main(process.argv.slice(2), { root, today: new Date() }, terminalOf(process)));
