/**
 * # touchstone replay: one case again, bit for bit
 *
 * A `run` message, as every failure prints one: what a candidate answers to it, beside the truth.
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Candidate, Payload, Reply, Request } from '../../properties/candidate.ts';
import { excusedBy } from '../../properties/dialect.ts';
import { formatOf, toPayload } from '../../properties/payload.ts';
import { type Judged, judgeReply, questionOf, type Subject } from '../../properties/subject.ts';
import { type Grade, isAtLeast } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import { loadCandidate, type Named, type Patience, showNamed } from '../adapters/index.ts';
import { decimalsOf, digitsOf, shortest } from '../digits.ts';
import { EXIT, failure, isFailure, isRefusal, messageOf } from '../failure.ts';
import { findOperator } from '../operators.ts';
import { reference } from '../reference.ts';
import { subjectOf } from '../run.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { decodeRequest, hexOf } from '../wire/codec.ts';
import { complete } from '../wire/session.ts';
import { describeSettings, placeOf, titled } from './eval.ts';

/** The gate of `check` unless it is told otherwise. */
const GATE: Grade = 'C';

/** Returns the exit code. */
export async function replay(
  file: string,
  options: { readonly candidate: Named } & Patience,
  terminal: Terminal,
): Promise<number> {
  const request = readCase(file, await contents(file, terminal));
  const op = findOperator(request.op);
  const name = showNamed(options.candidate);
  const candidate = await loadCandidate(options.candidate, options);
  try {
    return await replayed(name, candidate, op, request, terminal);
  } finally {
    await candidate.close?.();
  }
}

async function replayed(
  name: string,
  candidate: Candidate,
  op: Op,
  request: Request,
  terminal: Terminal,
): Promise<number> {
  const hello = await asking(name, request, () => candidate.hello());
  const { impl } = hello;
  await terminal.print(asked(op, request, `${impl.name} ${impl.version}`, terminal));
  const reply = await asking(name, request, () => candidate.run(request));
  const due = await reference.run(request);
  if (due.error) return refused(reply, due, terminal);
  const subject = subjectOf(candidate, hello, op, { seed: 0, minGrade: GATE });
  if (!subject) throw failure(EXIT.usage, `${impl.name} does not offer ${op.id}`);
  return verdict(subject, request, reply, terminal);
}

const contents = async (file: string, { input }: Terminal): Promise<string> => {
  if (file === '-') return text(input);
  try {
    return readFileSync(file, 'utf8');
  } catch (problem) {
    throw failure(EXIT.usage, `replay: ${file} cannot be read (${messageOf(problem)})`, problem);
  }
};

/** With all parameters where they are legal; an illegal one is for the candidate to refuse. */
function readCase(file: string, contents: string): Request {
  let request: Request | undefined;
  try {
    request = decodeRequest(parsed(file, contents));
    return complete(request);
  } catch (problem) {
    if (request && isRefusal(request.op, problem)) return request;
    if (isFailure(problem) || !(problem instanceof TypeError || problem instanceof RangeError))
      throw problem;
    throw failure(EXIT.usage, messageOf(problem), problem);
  }
}

function parsed(file: string, contents: string): unknown {
  try {
    return JSON.parse(contents);
  } catch (problem) {
    const lines = contents.split('\n').filter((line) => line.trim() !== '').length;
    const hint = lines > 1 ? '; a case is one message, not several lines of them' : '';
    const where = file === '-' ? 'standard input' : file;
    throw failure(EXIT.usage, `replay: ${where} is not JSON (${messageOf(problem)})${hint}`);
  }
}

/** A candidate that throws could not be run. */
async function asking<T>(name: string, { op }: Request, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (problem) {
    if (isFailure(problem)) throw problem;
    throw failure(EXIT.candidate, `${name}: ${op}: ${messageOf(problem)}`, problem);
  }
}

function asked(op: Op, request: Request, whom: string, { colors }: Terminal): string {
  const settings = describeSettings(op, request.params);
  const tensors = [
    ...Object.entries(request.in),
    ...(request.grad_out ? ([['grad_out', request.grad_out]] as const) : []),
  ];
  const inputs = tensors.map(([name, t]) => titled(colors.bold(name), t, decimalsOf(t)));
  return `${colors.bold(op.id)}${settings}  asked of ${whom}\n${inputs.join('')}`;
}

async function refused({ error, skip }: Reply, due: Reply, { print, colors }: Terminal) {
  const why = due.error!.message;
  if (due.error!.kind === 'internal') throw new Error(why);
  if (skip || error?.kind === 'unsupported') {
    await print(`not run: ${skip?.reason ?? error!.message}\n`);
    return EXIT.usage;
  }
  const isRight = error?.kind === 'invalid_input';
  const came = error ? `${error.kind}: ${error.message}` : 'an answer';
  const verdict = isRight ? colors.green('PASS') : colors.red('FAIL');
  await print(`due      to be refused: ${why}\ngot      ${came}\n${verdict}\n`);
  return isRight ? EXIT.conforms : EXIT.fails;
}

async function verdict(
  subject: Subject,
  request: Request,
  reply: Reply,
  { print, colors }: Terminal,
): Promise<number> {
  const judgement = judgeReply(subject, questionOf(request), reply);
  if (judgement.status === 'undecided') throw new Error(`${request.op}: the oracle cannot tell`);
  if (judgement.status === 'skipped') {
    await print(`not run: ${judgement.reason}\n`);
    return EXIT.usage;
  }
  if (judgement.status !== 'judged') {
    await print(`${colors.red('FAIL')}  ${judgement.status}: ${judgement.message}\n`);
    return EXIT.fails;
  }
  const digits = digitsOf(request);
  let equal = 0;
  for (const want of request.want) {
    const numbers = judgement.numbers.filter((number) => number.want === want);
    const rows = compared(reply[want]!, numbers, digits[want]!);
    equal += rows.filter(({ isSame }) => isSame).length;
    await print(titledTable(colors.bold(want), reply[want]!, rows));
  }
  const gateOf = ({ want }: Judged): Grade =>
    want === 'out' ? subject.gate.value : subject.gate.gradient;
  const low = judgement.numbers.filter((n) => !isAtLeast(n.verdict.grade, gateOf(n)));
  const legal = excusedBy(subject, questionOf(request), reply, low, gateOf);
  for (const where of new Set(legal.map((one) => one.where)))
    await print(`${colors.yellow('DIALECT')}  ${where}\n`);
  const misses = low.length - legal.length;
  const word = misses > 0 ? colors.red('FAIL') : colors.green('PASS');
  const total = judgement.numbers.length;
  await print(`${word}  ${equal} of ${total} bit for bit, ${misses} below the gate\n`);
  return misses > 0 ? EXIT.fails : EXIT.conforms;
}

interface Row {
  readonly cells: readonly string[];
  /** In every bit, those of a NaN included. */
  readonly isSame: boolean;
}

function compared(
  answer: Payload,
  numbers: readonly Judged[],
  exact: readonly string[],
): readonly Row[] {
  const { dtype, shape } = answer;
  const format = formatOf(dtype)!;
  const due = toPayload({ dtype, shape, data: numbers.map(({ cell }) => cell.value) });
  const [got, nearest] = [hexOf(answer), hexOf(due)];
  return numbers.map(({ got: y, verdict }, i) => {
    const isSame = got[i] === nearest[i];
    const bits = [got[i]!, shortest(y, format), exact[i]!, nearest[i]!];
    const verdicts = [
      threeDigits(verdict.ulps),
      `${verdict.grade}${isSame ? ', bit for bit' : ''}`,
    ];
    return { cells: [...bits, ...verdicts], isSame };
  });
}

const threeDigits = (x: number): string => String(Number(x.toPrecision(3)));

function titledTable(title: string, { dtype, shape }: Payload, rows: readonly Row[]): string {
  const header = ['got', '', 'exact, 20 digits', 'nearest', 'ulp', 'grade'];
  const places = shape.length > 0 ? (i: number) => [placeOf(i, shape)] : () => [];
  const lines = rows.map(({ cells }, i) => [...places(i), ...cells]);
  const head = shape.length > 0 ? ['', ...header] : header;
  return `${title}  ${dtype} [${shape.join(', ')}]\n${table([head, ...lines])}`;
}
