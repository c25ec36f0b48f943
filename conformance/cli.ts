#!/usr/bin/env node
/** # The `touchstone` command */
import { EXIT } from './failure.ts';
import { main } from './main.ts';
import { terminalOf } from './terminal.ts';

// A command that listens itself ends when it has said what it knows.
process.once('SIGINT', () => {
  if (process.listenerCount('SIGINT') === 0) process.exit(EXIT.interrupted);
});
// Ends programs that are being judged, which a signal alone would not.
process.once('SIGTERM', () => process.exit(EXIT.terminated));
process.exitCode = await main(process.argv.slice(2), terminalOf(process));
