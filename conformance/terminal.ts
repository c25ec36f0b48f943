/**
 * # Where commands read and write
 *
 * Results go to `print`, talk goes to `tell`. Commands get this instead of the process, so that tests
 * can run them without one.
 */
import type { Readable, Writable } from 'node:stream';
import { createColors } from 'picocolors';

export type Colors = ReturnType<typeof createColors>;

export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly colors: Colors;
  /** Writes results; settles when there is room for more. Fails with code EPIPE when nobody reads. */
  print(text: string): Promise<void>;
  tell(text: string): void;
  /** A person sees what is told as it comes. */
  readonly isWatched?: boolean;
}

/** The terminal of a process. picocolors honours NO_COLOR, FORCE_COLOR and TERM=dumb. */
export function terminalOf({ stdin, stdout, stderr }: NodeJS.Process): Terminal {
  // A write that fails calls back as well; without a listener the event would end the process.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  return {
    input: stdin,
    colors: createColors(),
    isWatched: stderr.isTTY === true,
    print: (text) => written(stdout, text),
    tell: (text) => {
      stderr.write(text);
    },
  };
}

const written = (stream: Writable, text: string): Promise<void> =>
  new Promise((done, fail) => {
    stream.write(text, (problem) => (problem ? fail(problem) : done()));
  });
