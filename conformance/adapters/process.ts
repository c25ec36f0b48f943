/**
 * # A program as a candidate
 *
 * One process for the whole run: a request is a line of JSON on its standard input, an answer a line
 * on its standard output. Answers carry the id of their request and may come in any order.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Candidate, Reply, Request } from '../../properties/candidate.ts';
import { EXIT, failure } from '../failure.ts';
import { decodeHello, decodeReply, encodeRequest } from '../wire/codec.ts';

/** Starts when it is first asked. */
export function program(command: readonly string[]): Candidate {
  const said = command.join(' ');
  let child: ChildProcessWithoutNullStreams | undefined;
  let asked = 0;
  const waiting = new Map<string, (message: unknown) => void>();

  const started = (): ChildProcessWithoutNullStreams => {
    if (child) return child;
    child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { id?: unknown };
      const id = String(message.id ?? 'hello');
      waiting.get(id)?.(message);
      waiting.delete(id);
    });
    child.stderr.resume();
    child.once('exit', () => {
      for (const [id, answer] of waiting)
        answer({ id, error: { kind: 'internal', message: 'the process ended' } });
    });
    return child;
  };
  const exchange = (id: string, message: object): Promise<unknown> =>
    new Promise((answer) => {
      waiting.set(id, answer);
      started().stdin.write(`${JSON.stringify(message)}\n`);
    });

  return {
    async hello() {
      const message = (await exchange('hello', { cmd: 'hello', protocol: 1 })) as object;
      if ('error' in message) throw failure(EXIT.candidate, `${said} ended without a hello`);
      return decodeHello(said, message);
    },
    async run(request: Request): Promise<Reply> {
      const id = `c${asked++}`;
      const { id: _, ...reply } = decodeReply(
        request.op,
        await exchange(id, encodeRequest({ ...request, id })),
      );
      return request.id === undefined ? reply : { id: request.id, ...reply };
    },
    async close() {
      if (!child) return;
      child.stdin.end('{"cmd":"bye"}\n');
      await once(child, 'exit');
    },
  };
}
