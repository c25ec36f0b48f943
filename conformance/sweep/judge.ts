/**
 * # A range of inputs, judged
 *
 * Block by block: the definition is read once for the whole block, its enclosures are compiled, and each
 * answer is compared with the one float that both ends round to. What float64 does not tell, and what
 * is stated, goes to the oracle, one by one.
 */
import { type Format, float32 } from '../../spec/format.ts';
import { lift } from '../../spec/lift.ts';
import type { Elementwise } from '../../spec/op.ts';
import { type Certified, gradientsOf, Uncertified, valuesOf } from '../../spec/oracle/index.ts';
import { type Params, read, type Settings } from '../../spec/param.ts';
import { reading, Undecided } from '../../spec/real.ts';
import { tensor } from '../../spec/tensor.ts';
import { blocksOf, inputsOf, numberAt, patternOf, type Range } from './blocks.ts';
import { block } from './column.ts';
import { type Ends, instantiate } from './compile.ts';
import { type Errors, instantiateErrors } from './errors.ts';
import { AT, CHUNK, PAGES } from './memory.ts';
import type { Findings } from './result.ts';
import { gapAt, roundedEnds } from './rounded.ts';
import {
  countCertified,
  countSmall,
  countWrong,
  emptyTally,
  findingsOf,
  isSame,
  keepNear,
  largestSoFar,
  nearestSoFar,
  type Tally,
} from './tally.ts';

export interface Question {
  readonly op: Elementwise;
  readonly settings: Settings<Params>;
  readonly of: 'value' | 'derivative';
  readonly format: Format;
}

/**
 * Who is judged: writes its answers to the inputs into `out`, which is as long. The inputs are those of
 * consecutive bit patterns, `start` being the first.
 */
export type Answer = (
  inputs: Float32Array,
  out: Float32Array,
  start: number,
) => void | Promise<void>;

/** Blocks that are not larger are not worth compiling. */
const FEW = 32;
/** Inputs that the candidate gets at once. */
const ASKED = 2 ** 16;
/** Inputs that the oracle gets at once. */
const MANY = 512;

/** Judges every input of a range. */
export async function judgeRange(
  question: Question,
  range: Range,
  answer: Answer,
): Promise<Findings> {
  const tally = emptyTally(question.format);
  const chunk = chunkFor(answer, question.format);
  if (question.format === float32) await judgeBlocks(question, range, chunk, tally);
  else await judgeFew(question, range, chunk, tally);
  return findingsOf(tally, range.to - range.from);
}

async function judgeBlocks(
  question: Question,
  range: Range,
  chunk: Chunk,
  tally: Tally,
): Promise<void> {
  const apart = question.op.kinks(question.settings).map(({ at }) => patternOf(at));
  for (const { kind, ...block } of blocksOf(range, apart)) {
    if (kind === 'nan') await judgeNan(question, block, chunk, tally);
    else if (kind === 'stated') await judgeFew(question, block, chunk, tally);
    else await judgeBlock(question, block, chunk, tally);
  }
}

interface Chunk {
  readonly memory: WebAssembly.Memory;
  readonly got: Float32Array;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly errors: Float64Array;
  /** Fills the errors, of points or of open enclosures. */
  readonly find: { readonly points: Errors; readonly open: Errors };
  /** The largest error of what is due, of either lane. */
  readonly worst: Float64Array;
  /** Fills `got`, part by part. */
  parts(range: Range): AsyncIterableIterator<Part>;
}
interface Part {
  readonly from: number;
  readonly count: number;
  readonly inputs: Float32Array;
}

function chunkFor(answer: Answer, format: Format): Chunk {
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const patterns = new Uint32Array(ASKED);
  const inputs = new Float32Array(patterns.buffer);
  const answers = new Float32Array(ASKED);
  const got = new Float32Array(memory.buffer, AT.got, CHUNK);
  const fill = (from: number, count: number): void => {
    if (format === float32) for (let i = 0; i < count; i++) patterns[i] = from + i;
    else for (let i = 0; i < count; i++) inputs[i] = numberAt(from + i, format);
  };
  return {
    ...{ memory, got },
    lo: new Float64Array(memory.buffer, AT.lo, CHUNK),
    hi: new Float64Array(memory.buffer, AT.hi, CHUNK),
    errors: new Float64Array(memory.buffer, AT.errors, CHUNK),
    find: { points: instantiateErrors(memory, true), open: instantiateErrors(memory, false) },
    worst: new Float64Array(memory.buffer, AT.worst, 2),
    async *parts({ from, to }) {
      for (let first = from; first < to; first += ASKED) {
        const asked = Math.min(ASKED, to - first);
        fill(first, asked);
        await answer(inputs.subarray(0, asked), answers.subarray(0, asked), first);
        for (let at = 0; at < asked; at += CHUNK) {
          const count = Math.min(CHUNK, asked - at);
          got.set(answers.subarray(at, at + count));
          yield { from: first + at, count, inputs: inputs.subarray(at, at + count) };
        }
      }
    },
  };
}

/** By code; where it depends on the input what the definition says, half by half. */
async function judgeBlock(
  question: Question,
  range: Range,
  chunk: Chunk,
  tally: Tally,
): Promise<void> {
  const size = range.to - range.from;
  if (size <= FEW) return await judgeFew(question, range, chunk, tally);
  const ends = endsOf(question, range);
  if (ends) return await judgeCompiled(question, ends, range, chunk, tally);
  const middle = range.from + Math.floor(size / 2);
  await judgeBlock(question, { from: range.from, to: middle }, chunk, tally);
  await judgeBlock(question, { from: middle, to: range.to }, chunk, tally);
}

/** The definition, read for a whole block. */
function endsOf({ op, settings, of }: Question, range: Range): Ends | undefined {
  const { arithmetic, input } = block(inputsOf(range));
  try {
    return reading(arithmetic, () => {
      const p = read(op.params, settings);
      return (of === 'value' ? op.f(input, p) : op.df(input, p)) as unknown as Ends;
    });
  } catch (reason) {
    if (reason instanceof Undecided) return undefined;
    throw reason;
  }
}

interface Open {
  readonly inputs: number[];
  readonly got: number[];
}

async function judgeCompiled(
  question: Question,
  ends: Ends,
  range: Range,
  chunk: Chunk,
  tally: Tally,
): Promise<void> {
  const run = instantiate(ends, chunk.memory);
  const open: Open = { inputs: [], got: [] };
  for await (const part of chunk.parts(range)) {
    const { from, count } = part;
    const isRight = run(from, count) === 1;
    const worst = Math.max(chunk.worst[0]!, chunk.worst[1]!);
    if (isRight && worst <= 0.5 - nearestSoFar(tally)) tally.right += count;
    else examine(chunk, part, ends.lo === ends.hi, tally, open);
  }
  tally.escalated += open.inputs.length;
  settle(question, open, tally);
}

/** What the code did not find right, or found hard. */
function examine(chunk: Chunk, part: Part, isPoint: boolean, tally: Tally, open: Open): void {
  const { errors, find } = chunk;
  find[isPoint ? 'points' : 'open'](part.count, 0.5 - nearestSoFar(tally));
  for (let i = 0; i < part.count; i++) {
    const error = errors[i]!;
    if (error === 0) tally.right++;
    else if (error <= largestSoFar(tally)) countSmall(tally, error);
    else examineOne(chunk, part.inputs[i]!, i, isPoint, tally, open);
  }
}

function examineOne(
  { got, lo, hi }: Chunk,
  input: number,
  i: number,
  isPoint: boolean,
  tally: Tally,
  open: Open,
): void {
  const [low, high, answer] = [lo[i]!, hi[i]!, got[i]!];
  const [due, other] = roundedEnds(low, high);
  if (due !== other) {
    open.inputs.push(input);
    open.got.push(answer);
    return;
  }
  const gap = gapAt(low);
  const distance = 0.5 - Math.max(Math.abs(due - low), Math.abs(due - high)) / gap;
  if (distance > 0 && distance < nearestSoFar(tally)) keepNear(tally, input, distance);
  const beside = Math.max(Math.abs(answer - low), Math.abs(answer - high)) / gap;
  const error = Number.isNaN(beside) ? Infinity : beside;
  if (isSame(answer, due, !isPoint && Object.is(due, other))) tally.right++;
  else countWrong(tally, input, answer, due, error);
}

/** By the oracle. */
async function judgeFew(
  question: Question,
  range: Range,
  chunk: Chunk,
  tally: Tally,
): Promise<void> {
  for await (const { count, inputs } of chunk.parts(range)) {
    tally.escalated += count;
    settle(question, { inputs: [...inputs], got: [...chunk.got.subarray(0, count)] }, tally);
  }
}

function settle(question: Question, { inputs, got }: Open, tally: Tally): void {
  for (let at = 0; at < inputs.length; at += MANY)
    for (const [i, cell] of certify(question, inputs.slice(at, at + MANY)).entries()) {
      if (cell === undefined) tally.undecided++;
      else countCertified(tally, inputs[at + i]!, got[at + i]!, cell);
    }
}

/** Undefined where 960 digits do not tell. */
function certify(
  question: Question,
  inputs: readonly number[],
): readonly (Certified | undefined)[] {
  const { op, settings, of, format } = question;
  try {
    const lifted = lift(op, { input: tensor([inputs.length], inputs) }, settings);
    return of === 'value'
      ? valuesOf(lifted, format)
      : gradientsOf(lifted, 'input', undefined, format);
  } catch (reason) {
    if (!(reason instanceof Uncertified)) throw reason;
    return inputs.length === 1 ? [undefined] : inputs.flatMap((x) => certify(question, [x]));
  }
}

/** All NaN are one input. */
async function judgeNan(
  question: Question,
  range: Range,
  chunk: Chunk,
  tally: Tally,
): Promise<void> {
  const due = certify(question, [NaN])[0]!.value;
  for await (const { count, inputs } of chunk.parts(range))
    for (let i = 0; i < count; i++) {
      const got = chunk.got[i]!;
      if (isSame(got, due, false)) tally.right++;
      else countWrong(tally, inputs[i]!, got, due, Infinity);
    }
}
