/**
 * # One line in, one line out
 *
 * What a candidate answers to a line of JSON. Nothing that a line holds makes the next one go
 * unanswered.
 */
import type { Candidate, Payload, Reply, Request, Wanted } from '../../properties/candidate.ts';
import { type Params, type Settings, settle } from '../../spec/param.ts';
import { messageOf } from '../failure.ts';
import { operators } from '../operators.ts';
import { refusal } from '../reference.ts';
import { decodeRequest, decodeSweep, encodeHello, encodeReply, encodeTensor } from './codec.ts';
import { shown, type WireAnswer } from './schema.ts';

export interface Answered {
  readonly message: { readonly [field: string]: unknown };
  readonly isRefused: boolean;
  /** It was the last: `bye`. */
  readonly isOver?: boolean;
}

/** How a tensor of an answer is written, given the request. */
export type Writing = (request: Request, reply: Reply) => (t: Payload, of: Wanted) => WireAnswer;

export interface Session {
  readonly candidate: Candidate;
  readonly writing?: Writing;
}

/** The answer to the line of this number, counted from 1. */
export async function answerLine(
  session: Session,
  line: string,
  number: number,
): Promise<Answered> {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch (problem) {
    return unreadable(number, `the line is not JSON (${messageOf(problem)})`);
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return unreadable(number, `the line is ${shown(message)} but should be an object`);
  const { cmd = 'run', id = number } = message as { cmd?: unknown; id?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number')
    return unreadable(number, `id is ${shown(id)} but should be a string or a number`);
  const answered = await answerMessage(session, cmd, message);
  const isAboutOne = isCase(cmd) || answered.isRefused || 'id' in message;
  return { ...answered, message: { ...(isAboutOne ? { id } : {}), ...answered.message } };
}

const unreadable = (line: number, message: string): Answered => ({
  message: { id: null, line, error: { kind: 'invalid_input', message } },
  isRefused: true,
});

/** Messages that ask an operator, and how they are read. */
const CASES = { run: decodeRequest, sweep: decodeSweep };
const isCase = (cmd: unknown): cmd is keyof typeof CASES =>
  typeof cmd === 'string' && Object.hasOwn(CASES, cmd);

async function answerMessage(session: Session, cmd: unknown, message: object): Promise<Answered> {
  if (isCase(cmd)) return answerCase(session, message, CASES[cmd]);
  const known: { readonly [cmd: string]: () => Promise<Answered> } = {
    hello: async () => fine({ ...encodeHello(await session.candidate.hello()) }),
    ping: async () => fine({ pong: true }),
    bye: async () => ({ ...fine({ bye: true }), isOver: true }),
  };
  if (typeof cmd === 'string' && Object.hasOwn(known, cmd)) return known[cmd]!();
  const told = `cmd is ${shown(cmd)} but should be one of run, sweep, hello, ping, bye`;
  return { message: { error: { kind: 'unsupported', message: told } }, isRefused: true };
}

const fine = (message: Answered['message']): Answered => ({ message, isRefused: false });

async function answerCase(
  { candidate, writing }: Session,
  message: object,
  decode: (message: object) => Request,
): Promise<Answered> {
  try {
    const request = complete(decode(message));
    const { id: _, ...reply } = await candidate.run(request);
    const write = reply.error || reply.skip ? undefined : writing?.(request, reply);
    return {
      message: encodeReply(reply, write ?? encodeTensor),
      isRefused: reply.error !== undefined || reply.skip !== undefined,
    };
  } catch (problem) {
    const { op } = message as { op?: unknown };
    return { message: { error: refusal(who(op), problem) }, isRefused: true };
  }
}

const who = (op: unknown): string => (typeof op === 'string' ? op : 'run message');

/** With every parameter, as candidates need no defaults of their own. */
export function complete(request: Request): Request {
  const op = operators.get(request.op);
  if (!op) return request;
  const given = request.params as Partial<Settings<Params>>;
  return { ...request, params: settle(op, given) as unknown as Request['params'] };
}
