/** # `touchstone judge`: answers of an implementation that cannot be started from here */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Hello, Reply } from '../../properties/candidate.ts';
import type { LawResult } from '../../properties/law.ts';
import { EXIT, failure, isFailure, messageOf } from '../failure.ts';
import { operators } from '../operators.ts';
import { type Plan, planOf } from '../plan.ts';
import { differentiable } from '../reference.ts';
import { json } from '../report/jsonl.ts';
import type { Run } from '../report/record.ts';
import { text } from '../report/text.ts';
import type { Terminal } from '../terminal.ts';
import { type Asked, readHead, readVector } from '../vectors/jsonl.ts';
import { resultsOf } from '../vectors/recorded.ts';
import { verdictOf } from '../verdict.ts';
import { version } from '../version.ts';
import { decodeHello, decodeReply } from '../wire/codec.ts';
import { shown } from '../wire/schema.ts';
import { generate, PER_LAW } from './vectors.ts';

export interface JudgeOptions {
  readonly vectors?: string;
  readonly seed: string;
  /** That of the vectors if absent. */
  readonly minGrade?: string;
  readonly json?: boolean;
}

/** Prints the report of `check` and returns its exit code. */
export async function judge(
  file: string,
  options: JudgeOptions,
  terminal: Terminal,
): Promise<number> {
  const answers = await readAnswers(file);
  const { vectors, seed, minGrade } = await askedIn(options, answers.replies);
  checkIds(file, vectors, answers.replies);
  const ops = [...new Set(vectors.map(({ op }) => op))];
  const whole = planOf({ profile: 'smoke', seed: String(seed), minGrade }, 'judge', PER_LAW);
  const plan: Plan = { ...whole, ops, runs: vectors.length };
  const hello = answers.hello ?? unknown(file, vectors);
  const results: LawResult[] = [];
  for await (const result of resultsOf(vectors, answers.replies, hello, plan)) results.push(result);
  const run: Run = {
    suite: version,
    hello,
    plan,
    results,
    standings: [],
    verdict: verdictOf(results, []),
  };
  await terminal.print(options.json ? json(run) : text(run, terminal.colors));
  tellUnanswered(run, terminal);
  return run.verdict.exitCode;
}

/** What is not answered at all has not passed, and should not go unsaid. */
function tellUnanswered({ plan, results }: Run, { tell }: Terminal): void {
  const answered = new Set(results.map(({ op }) => op));
  const missing = plan.ops.filter(({ id }) => !answered.has(id)).map(({ id }) => id);
  if (missing.length > 0) tell(`not answered at all: ${missing.join(', ')}\n`);
}

// Answers ----------------------------------------------------------------------------------------

interface Answers {
  /** What the implementation says of itself, if the file begins with that. */
  readonly hello?: Hello;
  readonly replies: ReadonlyMap<string, Reply>;
}

async function readAnswers(file: string): Promise<Answers> {
  const replies = new Map<string, Reply>();
  let hello: Hello | undefined;
  for await (const { at, message } of messagesIn(file)) {
    if ('protocol' in message) {
      hello = decodeHello(at, message);
      continue;
    }
    const { id } = message as { id?: unknown };
    const wrong = (what: string) => failure(EXIT.usage, `judge: ${at}: ${what}`);
    if (typeof id !== 'string') throw wrong(`id is ${shown(id)} but should be that of a vector`);
    if (replies.has(id)) throw wrong(`there is another answer to ${id}`);
    replies.set(id, replyFrom(id, message));
  }
  return { replies, ...(hello ? { hello } : {}) };
}

/** What is no reply at all is one that fails. */
function replyFrom(id: string, message: object): Reply {
  try {
    return decodeReply(id, message);
  } catch (problem) {
    return { error: { kind: 'internal', message: messageOf(problem) } };
  }
}

interface Line {
  readonly at: string;
  readonly message: object;
}

/** Fails with the exit code for usage if the file cannot be read, or something in it is no message. */
async function* messagesIn(file: string): AsyncGenerator<Line> {
  let number = 0;
  try {
    const input = createReadStream(file);
    await new Promise((opened, failed) => input.once('open', opened).once('error', failed));
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (text.trim() === '') continue;
      const message: unknown = JSON.parse(text);
      if (typeof message !== 'object' || message === null)
        throw new TypeError(`it is ${text} but should be an object`);
      yield { at: `${file}, line ${number}`, message };
    }
  } catch (problem) {
    if (isFailure(problem)) throw problem;
    const where = number > 0 ? `line ${number}: ` : '';
    throw failure(EXIT.usage, `judge: ${file}: ${where}${messageOf(problem)}`, problem);
  }
}

function unknown(file: string, vectors: readonly Asked[]): Hello {
  const ops = [...new Set(vectors.map(({ op }) => op))];
  return {
    protocol: 1,
    impl: { name: file, version: 'as recorded', language: 'not said' },
    dtypes: ['f32'],
    dialect: 'spec',
    policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
    ops: Object.fromEntries(ops.map((op) => [op.id, { grad: differentiable(op) }])),
  };
}

// Vectors ----------------------------------------------------------------------------------------

interface Vectors {
  readonly vectors: readonly Asked[];
  readonly seed: number;
  readonly minGrade: string;
}

/** Those of the file; without one, those that `vectors` would write about the same operators. */
async function askedIn(options: JudgeOptions, replies: Answers['replies']): Promise<Vectors> {
  if (options.vectors !== undefined) return readVectors(options.vectors, options.minGrade);
  const { seed, minGrade = 'C' } = options;
  const plan = planOf({ profile: 'quick', seed, minGrade }, 'judge', PER_LAW);
  const ids = new Set([...replies.keys()].map((id) => id.split('/')[0]!));
  const ops = plan.ops.filter(({ id }) => ids.has(id));
  const vectors: Asked[] = [];
  for await (const vector of generate({ ...plan, ops })) vectors.push(vector);
  return { vectors, seed: plan.seed, minGrade };
}

async function readVectors(file: string, asked: string | undefined): Promise<Vectors> {
  const vectors: Asked[] = [];
  let head: ReturnType<typeof readHead> | undefined;
  for await (const { at, message } of messagesIn(file)) {
    try {
      if (head) vectors.push(readVector(message));
      else head = readHead(message);
    } catch (problem) {
      throw failure(EXIT.usage, `judge: ${at}: ${messageOf(problem)}`, problem);
    }
  }
  if (!head) throw failure(EXIT.usage, `judge: ${file} is empty`);
  if (head.count !== vectors.length)
    throw failure(
      EXIT.usage,
      `judge: ${file} has ${vectors.length} vectors but should have ${head.count}: it was cut off`,
    );
  return { vectors, seed: head.seed, minGrade: asked ?? head.minGrade };
}

/** An answer to nothing that was asked would be judged by nobody. */
function checkIds(file: string, vectors: readonly Asked[], replies: Answers['replies']): void {
  const known = new Set(vectors.map(({ id }) => id));
  const stray = [...replies.keys()].filter((id) => !known.has(id));
  if (stray.length === 0) return;
  const which = `${stray.length} of ${replies.size} answers are to none of the vectors, such as ${stray[0]}`;
  const hint = operators.has(stray[0]!.split('/')[0]!) ? '; name the file: --vectors FILE' : '';
  throw failure(EXIT.usage, `judge: ${file}: ${which}${hint}`);
}
