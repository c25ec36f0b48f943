/** # Parsing arguments: commander's errors as ours */
import { type Command, CommanderError } from 'commander';
import { EXIT, failure } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Asked for help or the version, and got it. */
export const isAnswered = (problem: unknown): boolean =>
  problem instanceof CommanderError && problem.exitCode === 0;

/** Options from arguments alone; `hint` ends the error about an unknown one. */
export function parseWith(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
  hint: (known: string) => string,
): { readonly [name: string]: string | boolean | undefined } {
  quiet(command, terminal).allowExcessArguments(false);
  try {
    return command.parse(args, { from: 'user' }).opts();
  } catch (problem) {
    if (!(problem instanceof CommanderError) || problem.exitCode === 0) throw problem;
    const known = command.options.map(({ long }) => long).join(', ');
    throw failure(EXIT.usage, `${saidBy(problem)}; ${hint(known)}`, problem);
  }
}

/** Throws instead of ending the process, and leaves errors to us. */
export const quiet = (command: Command, terminal: Terminal): Command =>
  command.exitOverride().configureOutput({
    writeOut: (text) => void terminal.print(text).catch(() => {}),
    writeErr: () => {},
  });

export const saidBy = ({ message }: CommanderError): string =>
  message.replace(/^error: /, '').replace('\n', ' ');
