/**
 * # A child process
 *
 * In a process group of its own, so that whatever it starts ends with it. Its standard error is kept
 * for whoever wants to know why it failed, as much as is worth reading.
 */
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it did not start. */
  readonly problem?: string;
}

export interface Child {
  /** Written with the next flush: every write wakes the other side. */
  write(bytes: string | Buffer): void;
  flush(): void;
  /** The last 64 KiB of standard error. */
  stderr(): string;
  /** Nothing is heard of it afterwards. */
  kill(): void;
  /** No more input; killed with its group when it has not ended after so many milliseconds. */
  end(last: string | Buffer, patience: number): Promise<void>;
}

export interface Heard {
  output(chunk: Buffer): void;
  /** All of its output has been heard, and nothing more will be. */
  ended(how: Ended): void;
}

const TAIL = 64 * 1024;
/** How long what is still in the pipes of a process that has ended is waited for, in milliseconds. */
const DRAIN = 500;

export function startChild(command: readonly string[], heard: Heard): Child {
  const detached = process.platform !== 'win32';
  const child = spawn(command[0]!, command.slice(1), { stdio: 'pipe', detached });
  const tail = tailOf(TAIL);
  let isSilent = false;
  const killGroup = (): void => {
    try {
      if (detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // There is nobody left.
    }
  };
  let unwritten: (string | Buffer)[] = [];
  const flush = (): void => {
    const parts = unwritten;
    unwritten = [];
    if (parts.length === 0 || isSilent) return;
    const isText = parts.every((part) => typeof part === 'string');
    child.stdin.write(
      isText ? parts.join('') : Buffer.concat(parts.map((part) => Buffer.from(part))),
    );
  };
  const kill = (): void => {
    isSilent = true;
    killGroup();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  };
  const ended = (how: Ended): void => {
    process.off('exit', killGroup);
    if (isSilent) return;
    kill();
    heard.ended(how);
  };
  process.on('exit', killGroup);
  // A program that has ended does not read; its end is what is told.
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => isSilent || heard.output(chunk));
  child.stderr.on('data', tail.add);
  child.once('error', ({ message }) => ended({ code: null, signal: null, problem: message }));
  child.once('close', (code, signal) => ended({ code, signal }));
  child.once('exit', (code, signal) => {
    // Somebody whom it has started may still hold its pipes.
    setTimeout(() => ended({ code, signal }), DRAIN).unref();
  });
  child.stdout.once('end', () => {
    setTimeout(() => ended({ code: child.exitCode, signal: child.signalCode }), DRAIN).unref();
  });
  return {
    write: (bytes) => {
      unwritten.push(bytes);
    },
    flush,
    stderr: tail.text,
    kill,
    end: (last, patience) =>
      new Promise((done) => {
        const finish = () => {
          clearTimeout(timer);
          kill();
          done();
        };
        const timer = setTimeout(finish, patience);
        if (child.exitCode !== null || child.signalCode !== null) return finish();
        child.once('exit', finish);
        unwritten = [last];
        flush();
        isSilent = true;
        child.stdin.end();
      }),
  };
}

/** The last bytes of many. */
function tailOf(length: number) {
  let parts: Buffer[] = [];
  let held = 0;
  const joined = (): Buffer => Buffer.concat(parts).subarray(-length);
  return {
    add: (chunk: Buffer): void => {
      parts.push(chunk);
      held += chunk.length;
      if (held < 2 * length) return;
      parts = [Buffer.from(joined())];
      held = parts[0]!.length;
    },
    text: (): string => joined().toString('utf8'),
  };
}

/** How a process ended, as the rest of a sentence. */
export const saidOf = ({ code, signal, problem }: Ended): string => {
  if (problem !== undefined) return `did not start: ${problem}`;
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'closed its standard output' : `ended with exit code ${code}`;
};
