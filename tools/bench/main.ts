/** # `npm run bench` */
import { terminalOf } from '../../conformance/terminal.ts';
import { main } from './command.ts';

// Some peers keep threads and timers; nothing of theirs is waited for.
process.exit(await main(process.argv.slice(2), terminalOf(process)));
