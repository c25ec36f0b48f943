/**
 * # touchstone eval: what an operator is
 *
 * One case from flags, for people, or many from standard input, for programs: a line for a line.
 */
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import type {
  Candidate,
  Payload,
  Reply,
  Request,
  Setting,
  Wanted,
} from '../../properties/candidate.ts';
import { formatOf, toTensor } from '../../properties/payload.ts';
import type { Op } from '../../spec/op.ts';
import { loadCandidate } from '../adapters/index.ts';
import { commandFor, type Flags, requestFrom } from '../arguments.ts';
import { type Digits, decimalsOf, digitsOf, shortest } from '../digits.ts';
import { EXIT, failure, isRefusal, messageOf } from '../failure.ts';
import { findOperator } from '../operators.ts';
import { parseWith } from '../parse.ts';
import { reference } from '../reference.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { encodeReply, encodeSetting, encodeTensor, hexOf } from '../wire/codec.ts';
import type { WireAnswer } from '../wire/schema.ts';
import { answerLine, complete, type Session, type Writing } from '../wire/session.ts';

/** Returns the exit code. */
export async function evaluate(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = args;
  return first === undefined || first.startsWith('-')
    ? evaluateLines(args, terminal)
    : evaluateOne(findOperator(first), args.slice(1), terminal);
}

const candidateNamed = async (name: string): Promise<Candidate> => {
  if (name === 'reference') return reference;
  if (name === 'fast') return loadCandidate('fast');
  throw failure(EXIT.usage, `--impl is ${name} but should be one of reference, fast`);
};

// Many -------------------------------------------------------------------------------------------

const BATCH_HELP = `
Examples:
  touchstone eval cross-entropy --input '[[18, 0]]' --target '[0]'
  touchstone eval softplus --input 1 --beta 2
  touchstone eval sigmoid --help              the flags of one operator
  touchstone eval --impl fast < cases.jsonl   a run message a line, an answer a line

Digits: 20 significant ones, certified. 0e-479 says that the exact value is within 1e-479 of 0, and
that no more is known.
`;

async function evaluateLines(args: readonly string[], terminal: Terminal): Promise<number> {
  const command = new Command('touchstone eval')
    .usage('<op> [options] | [--impl reference|fast] < cases.jsonl')
    .option('--impl <name>', 'reference or fast', 'reference')
    .option('--json', 'answers are JSON anyway')
    .addHelpText('after', BATCH_HELP);
  const { impl } = parseWith(command, args, terminal, () => 'the operator comes first');
  const name = String(impl);
  const candidate = await candidateNamed(name);
  if (terminal.input.isTTY)
    throw failure(
      EXIT.usage,
      'eval: name an operator, or pipe in lines of JSON; see touchstone eval --help',
    );
  return answerAll({ candidate, writing: name === 'reference' ? certified : returned }, terminal);
}

async function answerAll(session: Session, terminal: Terminal): Promise<number> {
  const lines = createInterface({ input: terminal.input, crlfDelay: Infinity });
  let [number, answers, refusals] = [0, 0, 0];
  try {
    for await (const line of lines) {
      number++;
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text === '') continue;
      const { message, isRefused, isOver } = await answerLine(session, text, number);
      await terminal.print(`${JSON.stringify(message)}\n`);
      answers++;
      if (isRefused) refusals++;
      if (isOver) break;
    }
  } finally {
    // An open input would keep the process alive.
    terminal.input.destroy();
  }
  if (answers === 0) terminal.tell('eval: no line came in, so nothing was executed\n');
  return answers === 0 || refusals > 0 ? EXIT.usage : EXIT.conforms;
}

/** Digits of the exact result. */
const certified: Writing = (request) => {
  const digits = digitsOf(request);
  return (payload, wanted) => withDigits(encodeTensor(payload), payload, digits[wanted]!);
};
/** Digits of the float that came back. */
const returned: Writing = () => (payload) =>
  withDigits(encodeTensor(payload), payload, decimalsOf(payload));

const withDigits = (
  wire: WireAnswer,
  payload: Payload,
  decimal: readonly string[],
): WireAnswer => ({
  ...wire,
  hex: hexOf(payload).join(' '),
  ...(formatOf(payload.dtype) ? { decimal: [...decimal] } : {}),
});

// One --------------------------------------------------------------------------------------------

async function evaluateOne(op: Op, args: readonly string[], terminal: Terminal): Promise<number> {
  const command = commandFor(op);
  const flags: Flags = parseWith(command, args, terminal, (known) => `${op.id} takes ${known}`);
  const candidate = await candidateNamed(String(flags.impl));
  const request = refusing(op, () => complete(requestFrom(op, flags)));
  const reply = await candidate.run(request);
  if (reply.error) {
    if (reply.error.kind === 'internal') throw new Error(reply.error.message);
    throw failure(EXIT.usage, reply.error.message);
  }
  const digits = candidate === reference ? digitsOf(request) : digitsReturned(request, reply);
  await terminal.print(
    flags.json ? inJson(request, reply, digits) : inWords(op, request, reply, digits, terminal),
  );
  return EXIT.conforms;
}

/** What an operator turns down is an error of whoever typed it. */
function refusing<T>(op: Op, make: () => T): T {
  try {
    return make();
  } catch (problem) {
    if (isRefusal(op.id, problem)) throw failure(EXIT.usage, messageOf(problem), problem);
    throw problem;
  }
}

const digitsReturned = ({ want }: Request, reply: Reply): Digits =>
  Object.fromEntries(want.map((wanted) => [wanted, decimalsOf(reply[wanted]!)]));

function inJson(request: Request, reply: Reply, digits: Digits): string {
  const tensor = ({ dtype, shape, data }: Payload, decimal: readonly string[]): WireAnswer =>
    withDigits({ dtype, shape: [...shape] }, { dtype, shape, data }, decimal);
  const inputs = Object.entries(request.in).map(([name, t]) => [name, tensor(t, decimalsOf(t))]);
  const settings = Object.entries(request.params).map(([name, v]) => [name, encodeSetting(v)]);
  const { op } = request;
  const answer = encodeReply(reply, (t, wanted) => tensor(t, digits[wanted]!));
  const whole = { op, params: Object.fromEntries(settings), in: Object.fromEntries(inputs) };
  return `${JSON.stringify({ ...whole, ...answer })}\n`;
}

function inWords(
  op: Op,
  request: Request,
  reply: Reply,
  digits: Digits,
  { colors }: Terminal,
): string {
  const settings = describeSettings(op, request.params);
  const inputs = Object.entries(request.in).map(([name, payload]) =>
    titled(colors.bold(name), payload, decimalsOf(payload)),
  );
  const answers = request.want.map((wanted: Wanted) =>
    titled(colors.bold(wanted), reply[wanted]!, digits[wanted]!),
  );
  return [`${colors.bold(op.id)}${settings}\n`, ...inputs, ...answers].join('');
}

/** Those that were changed. */
export const describeSettings = (op: Op, params: { readonly [name: string]: Setting }): string =>
  Object.entries(params)
    .filter(([name, value]) => value !== op.params[name]?.default)
    .map(([name, value]) => `  ${name} = ${value}`)
    .join('');

export function titled(title: string, payload: Payload, decimals: readonly string[]): string {
  const { dtype, shape } = payload;
  return `${title}  ${dtype} [${shape.join(', ')}]\n${table(elementRows(payload, decimals))}`;
}

/** One row an element: where it is, its bits, the float in short, all digits. */
function elementRows(payload: Payload, decimals: readonly string[]): readonly string[][] {
  const format = formatOf(payload.dtype);
  const numbers = Array.from(toTensor(payload).data);
  return hexOf(payload).map((hex, i) => [
    ...(payload.shape.length > 0 ? [placeOf(i, payload.shape)] : []),
    hex,
    ...(format ? [shortest(numbers[i]!, format)] : []),
    decimals[i]!,
  ]);
}

/** The index along each axis. */
export function placeOf(index: number, shape: readonly number[]): string {
  let rest = index;
  const place = shape.toReversed().map((length) => {
    const along = rest % length;
    rest = Math.floor(rest / length);
    return along;
  });
  return `[${place.reverse().join(', ')}]`;
}
