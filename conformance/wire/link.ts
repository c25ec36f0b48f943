/**
 * # A program that has been greeted
 *
 * Everything that a program can do wrong is told as trouble of one of three kinds, once; after that
 * the program is gone. What is wrong with one answer alone is an answer: the next one is still heard.
 */
import { randomUUID } from 'node:crypto';
import type { Hello, Refusal, Reply, Request } from '../../properties/candidate.ts';
import { messageOf } from '../failure.ts';
import { type Child, type Ended, saidOf, startChild } from './child.ts';
import { decodeHello, decodeReply, encodeRequest, encodeSweep } from './codec.ts';
import { frame, frameOf, frameReader } from './frames.ts';
import { lineReader } from './lines.ts';
import { shown } from './schema.ts';
import { watchdog } from './watchdog.ts';

export interface Limits {
  /** For the handshake, and for each answer, in milliseconds. */
  readonly start: number;
  readonly answer: number;
  /** Bytes of one message. */
  readonly message: number;
}

export interface Trouble extends Refusal {
  readonly kind: 'crash' | 'timeout' | 'protocol';
}

export type Numbered = Request & { readonly id: string };

export interface Link {
  /** Rejects when the program cannot be used. */
  readonly greeted: Promise<Hello>;
  /** Only after it has been greeted; it goes out with the next flush. */
  send(request: Numbered): void;
  flush(): void;
  close(): Promise<void>;
}

export interface Listener {
  /** Whether a question with this id has ever been asked. */
  isPast(id: string): boolean;
  reply(id: string, reply: Reply): void;
  /** An answer to what is answered already. */
  again(id: string): void;
  trouble(trouble: Trouble): void;
}

/** How long a program may take to end, in milliseconds. */
const FAREWELL = 2000;

export function link(
  command: readonly string[],
  suite: { readonly suite: string; readonly suite_version: string },
  limits: Limits,
  listener: Listener,
): Link {
  const due = new Map<string, string>();
  let isOver = false;
  let expected: { take(message: object): void; fail(trouble: Trouble): void } | undefined;

  const fail = (kind: Trouble['kind'], message: string): void => {
    if (isOver) return;
    isOver = true;
    watch.stop();
    const stderr = child.stderr();
    child.kill();
    const trouble = { kind, message, ...(stderr === '' ? {} : { stderr }) };
    if (expected) expected.fail(trouble);
    else listener.trouble(trouble);
  };
  const take = (text: string, raw?: Buffer): void => {
    if (isOver) return;
    const message = objectOf(text);
    const { id } = (message ?? {}) as { id?: unknown };
    if (!message) fail('protocol', `wrote ${shown(text)}, which is not an object of JSON`);
    else if (expected) expected.take(message);
    else if (typeof id === 'string' || typeof id === 'number') hear(String(id), message, raw);
    else fail('protocol', `wrote ${shown(text)}, which answers no question: it has no id`);
  };
  const hear = (id: string, message: object, raw?: Buffer): void => {
    const op = due.get(id);
    if (op !== undefined) {
      due.delete(id);
      if (due.size > 0) watch.start(limits.answer);
      else watch.stop();
      listener.reply(id, readReply(op, message, raw));
    } else if (listener.isPast(id)) listener.again(id);
    else fail('protocol', `answered ${shown(id)}, which is the id of no question`);
  };

  let reader = lineReader((text) => take(text), limits.message);
  let isFramed = false;
  let heard = 0;
  const child: Child = startChild(command, {
    output(chunk) {
      heard++;
      try {
        if (!isOver) reader.take(chunk);
      } catch (problem) {
        fail('protocol', messageOf(problem));
      }
    },
    ended: (how) => fail(...endOf(how, reader.rest())),
  });
  const watch = watchdog(
    () => heard,
    (limit) => {
      const rest = reader.rest().subarray(0, 200).toString('utf8');
      if (rest === '') fail('timeout', `did not answer within ${limit / 1000} s`);
      else fail('protocol', `wrote half a line, ${shown(rest)}, and nothing more in time`);
    },
  );
  const exchange = (message: object): Promise<object> =>
    new Promise((done, failed) => {
      expected = {
        take: (answer) => {
          expected = undefined;
          watch.stop();
          done(answer);
        },
        fail: ({ message, stderr }) => failed(new Error(told(message, stderr))),
      };
      watch.start(limits.start);
      child.write(line(message));
      child.flush();
    });

  /** From the answer on, both sides send frames; whoever answers otherwise goes on with lines. */
  const useFrames = async ({ encodings }: { encodings?: readonly string[] }): Promise<void> => {
    if (!encodings?.includes('frame')) return;
    const { using } = (await exchange({ cmd: 'use', encoding: 'frame' })) as { using?: unknown };
    if (using !== 'frame') return;
    isFramed = true;
    reader = frameReader(take, limits.message);
  };
  /** Without tensors. */
  const asMessage = (message: object) => (isFramed ? frame(message) : line(message));
  const greet = async (): Promise<Hello> => {
    const nonce = randomUUID();
    const message = await exchange({ cmd: 'hello', protocol: 1, ...suite, nonce });
    const { nonce: echo = nonce } = message as { nonce?: unknown };
    let hello: Hello;
    try {
      if (echo !== nonce)
        throw new TypeError(`hello: nonce is ${shown(echo)} but should be ${shown(nonce)}`);
      hello = decodeHello(command.join(' '), message);
    } catch (problem) {
      const stderr = child.stderr();
      isOver = true;
      child.kill();
      throw new Error(told(messageOf(problem), stderr), { cause: problem });
    }
    await useFrames(message);
    return hello;
  };
  return {
    greeted: greet(),
    send(request) {
      due.set(request.id, request.op);
      if (due.size === 1) watch.start(limits.answer);
      const { patterns } = request;
      if (patterns) child.write(asMessage(encodeSweep(request, patterns)));
      else child.write(isFramed ? frameOf(request) : line(encodeRequest(request)));
    },
    flush: child.flush,
    async close() {
      if (isOver) return;
      isOver = true;
      watch.stop();
      expected?.fail({ kind: 'timeout', message: 'was not waited for' });
      await child.end(asMessage({ cmd: 'bye' }), FAREWELL);
    },
  };
}

const line = (message: object): string => `${JSON.stringify(message)}\n`;

/** A sentence and the end of what was said on standard error. */
const told = (message: string, stderr = ''): string => {
  const end = stderr.trimEnd().split('\n').slice(-20).join('\n  ');
  return end === '' ? message : `${message}; its standard error ends\n  ${end}`;
};

function objectOf(text: string): object | undefined {
  try {
    const message: unknown = JSON.parse(text);
    const isObject = typeof message === 'object' && message !== null && !Array.isArray(message);
    return isObject ? message : undefined;
  } catch {
    return undefined;
  }
}

function readReply(op: string, message: object, raw?: Buffer): Reply {
  try {
    return decodeReply(op, message, raw);
  } catch (problem) {
    return { error: { kind: 'protocol', message: messageOf(problem) } };
  }
}

/** An end with code 0 in the middle of a line is a line that was not finished. */
function endOf(how: Ended, rest: Buffer): [Trouble['kind'], string] {
  const half = rest.subarray(0, 200).toString('utf8');
  if (half !== '' && how.code === 0)
    return ['protocol', `wrote half a line, ${shown(half)}, and ended`];
  return ['crash', saidOf(how)];
}
