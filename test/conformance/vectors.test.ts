/** # Test vectors: the same bytes, the interval of the judge, and answers that were recorded */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate, vectors } from '../../conformance/commands/vectors.ts';
import { isFailure } from '../../conformance/failure.ts';
import { operators } from '../../conformance/operators.ts';
import { reference } from '../../conformance/reference.ts';
import { everyLaw, subjectOf } from '../../conformance/run.ts';
import { type Draft, draftsOf } from '../../conformance/vectors/draft.ts';
import { outcomeOf } from '../../conformance/vectors/gate.ts';
import { safetensors } from '../../conformance/vectors/safetensors.ts';
import type { Vector } from '../../conformance/vectors/vector.ts';
import type { Reply, Request, Wanted } from '../../properties/candidate.ts';
import { fromRank, rank } from '../../properties/floats.ts';
import { toPayload } from '../../properties/payload.ts';
import { float32 } from '../../spec/format.ts';
import type { Grade } from '../../spec/grade.ts';
import type { Op } from '../../spec/op.ts';
import { tensor } from '../../spec/tensor.ts';
import { sound } from '../planted.ts';
import { type Ran, touchstone } from './terminal.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(folder, { recursive: true }));

const SEED = 20260101;
const hello = await reference.hello();
const subjectFor = (op: Op, minGrade: Grade = 'C') =>
  subjectOf(reference, hello, op, { seed: SEED, minGrade })!;

async function vectorsOf(id: string, minGrade: Grade = 'C'): Promise<readonly Vector[]> {
  const all: Vector[] = [];
  const plan = { ops: [operators.get(id)!], seed: SEED, minGrade, runs: 2 };
  for await (const vector of generate(plan)) all.push(vector);
  return all;
}
const printed = async (...args: readonly string[]) =>
  touchstone(['vectors', '--profile', 'smoke', ...args]);
/** Of an operator, once. */
const known = new Map<string, Promise<Ran>>();
function printedOnce(op: string): Promise<Ran> {
  const ran = known.get(op) ?? printed('--op', op);
  known.set(op, ran);
  return ran;
}

interface Line {
  readonly [field: string]: unknown;
}
const linesIn = (text: string): readonly Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

// What there is ----------------------------------------------------------------------------------

/** Laws that compare answers with each other; a vector has one. */
const BETWEEN = ['monotone', 'odd', 'batch', 'deterministic'];

describe('there is a vector', () => {
  const drafts = new Map<Op, Draft[]>();
  test('more than a thousand of them', async () => {
    for (const op of operators.values()) {
      const all: Draft[] = [];
      for await (const draft of draftsOf(subjectFor(op), 1)) all.push(draft);
      drafts.set(op, all);
    }
    expect([...drafts.values()].flat().length).toBeGreaterThan(1000);
  });
  const isNamed = (op: Op, law: string) => drafts.get(op)!.some((draft) => draft.law === law);

  test('for every clause but those that compare two answers', () => {
    const laws = new Set(everyLaw.map(({ name }) => name));
    const identities = [...laws].filter((name) => name.includes('-'));
    const missing = [...operators.values()].flatMap((op) =>
      Object.entries(op.clauses).flatMap(([id, [law]]) =>
        BETWEEN.includes(law) || identities.includes(law) || isNamed(op, law) ? [] : [id],
      ),
    );
    expect(missing).toEqual([]);
    expect(isNamed(operators.get('relu')!, 'a law without a vector')).toBe(false);
  });
  test('for every edge, kink and point of elementwise operators', () => {
    for (const [op, all] of drafts)
      if (op.kind === 'elementwise') {
        const edges = all.filter(({ law }) => law === 'edges').map(({ question }) => question);
        expect(edges.map(({ tensors }) => tensors.input!.data[0])).toEqual([
          -Infinity,
          -0,
          0,
          Infinity,
          NaN,
        ]);
      }
    const kinks = drafts.get(operators.get('relu6')!)!.filter(({ why }) => /kink/.test(why));
    expect(kinks.map(({ question }) => question.tensors.input!.data[1])).toEqual([0, 6]);
  });
});

// The file ---------------------------------------------------------------------------------------

describe('a file', () => {
  test('has the same bytes for the same seed, and others for another', async () => {
    const [a, b, c] = [
      await printedOnce('relu'),
      await printed('--op', 'relu'),
      await printed('--op', 'relu', '--seed', '8'),
    ];
    expect([a.code, a.err]).toEqual([0, expect.stringMatching(/^\d+ vectors of 1 operators\n$/)]);
    expect(b.out).toBe(a.out);
    expect(c.out).not.toBe(a.out);
  });
  test('says how many vectors follow, and what their hash is', async () => {
    const { out } = await printed('--op', 'mse-loss', '--min-grade', 'A');
    const [head, ...rest] = linesIn(out);
    const body = out.slice(out.indexOf('\n') + 1);
    const hash = createHash('sha256').update(body).digest('hex');
    expect(head).toMatchObject({ vectors: 1, seed: SEED, profile: 'smoke', minGrade: 'A' });
    expect(head).toMatchObject({ count: rest.length, hash: `sha256:${hash}` });
    expect(new Set(rest.map(({ id }) => id)).size).toBe(rest.length);
    for (const { id, op, law, story, expect: due } of rest) {
      expect(id).toMatch(new RegExp(`^${op}/${String(law).replaceAll(' ', '-')}#[0-9a-f]{12}$`));
      expect(story).toMatch(/\S.*\.$/);
      expect(['values', 'error']).toContain(due);
    }
  });
  test('has ids that a larger profile and another grade do not change', async () => {
    const ids = async (...args: readonly string[]) =>
      linesIn((await touchstone(['vectors', '--op', 'relu', ...args])).out).map(({ id }) => id);
    const [few, many] = [await ids('--profile', 'smoke'), await ids('--min-grade', 'S')];
    expect(few.filter((id) => !many.includes(id))).toEqual([]);
    expect(many.length).toBeGreaterThan(few.length);
  });
  test('is a list of messages that eval answers', async () => {
    const { out } = await printedOnce('softsign');
    const { out: answers } = await touchstone(['eval'], out.slice(out.indexOf('\n') + 1));
    for (const [i, { id, expect: due, due: dues }] of linesIn(out).slice(1).entries()) {
      const answer = linesIn(answers)[i]!;
      expect(answer.id).toBe(id);
      if (due === 'error') expect(answer.error).toMatchObject({ kind: 'invalid_input' });
      else expect((answer.out as Line).hex).toBe((dues as { out: Line }).out.hex);
    }
  });
  test('shows what a framework does differently, where that shows in float32', async () => {
    const { out } = await printedOnce('softsign');
    const stories = linesIn(out).map(({ law, story }) => (law === 'dialect' ? story : ''));
    expect(stories).toContain('x = ±∞: pytorch gives NaN.');
    const { out: other } = await printedOnce('softplus');
    expect(other).not.toContain('"dialect"'); // it differs in float64 only
  });
});

describe('it is there as a whole or not at all', () => {
  test('in a file', async () => {
    const out = join(folder, 'relu.jsonl');
    expect((await printed('--op', 'relu', '--out', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe((await printedOnce('relu')).out);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });
  test('when it is interrupted', async () => {
    const out = join(folder, 'interrupted.jsonl');
    const before = process.listenerCount('SIGINT');
    const tell = () => void process.emit('SIGINT');
    const terminal = {
      ...{ input: Readable.from([]), colors: createColors(false), isWatched: true },
      ...{ print: async () => {}, tell },
    };
    const options = {
      op: 'relu',
      format: 'jsonl',
      out,
      seed: '1',
      profile: 'smoke',
      minGrade: 'C',
    };
    const problem = await vectors(options, terminal).catch((reason) => reason);
    expect(isFailure(problem) && problem.exitCode).toBe(130);
    expect((await readdir(folder)).filter((name) => name.includes('interrupted'))).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
  test.each([
    [['--format', 'xml'], 'vectors: --format xml should be one of jsonl, safetensors'],
    [['--format', 'safetensors'], 'vectors: --format safetensors needs a new folder: --out DIR'],
    [['--profile', 'full'], 'vectors: --profile full should be one of smoke, quick'],
    [['--op', 'rleu'], 'vectors: --op rleu should be a pattern'],
    [['--op', 'relu', '--out', '/nowhere/at/all'], '/nowhere/at/all: ENOENT'],
  ])('%s is a usage error', async (args, message) => {
    const { code, out, err } = await printed(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

// Intervals --------------------------------------------------------------------------------------

/** The correctly rounded answer, but for one number. */
function replyWith({ due }: Vector, want: Wanted, index: number, got: number): Reply {
  const fields = [...due!].map(([name, { shape, all }]) => {
    const data = all.map(({ value }, i) => (name === want && i === index ? got : value));
    return [name, toPayload(tensor(shape, data))];
  });
  return Object.fromEntries(fields);
}

async function isAccepted(vector: Vector, grade: Grade, reply: Reply): Promise<boolean> {
  const subject = {
    ...subjectFor(vector.op, grade),
    candidate: { ...reference, run: () => reply },
  };
  return (await outcomeOf(subject, vector)).faults.length === 0;
}

/** What a vector says of a number that comes instead of the right one. */
function passes({ lo, hi, value, isSigned }: Ends, got: number): boolean {
  if (Number.isNaN(lo)) return Number.isNaN(got);
  const hasSign = !isSigned || got !== 0 || Object.is(got, value);
  return lo <= got && got <= hi && hasSign;
}
interface Ends {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly isSigned: boolean;
}

/** Both ends, the floats beyond them, zeros, and numbers of another kind. */
function probes({ value, lo, hi }: Ends): readonly number[] {
  const odd = [0, -0, NaN, Infinity, -Infinity];
  if (Number.isNaN(value)) return odd;
  const step = (x: number, by: bigint) => fromRank(rank(x, float32) + by, float32);
  const beyond = [
    ...(lo > -Infinity ? [step(lo, -1n)] : []),
    ...(hi < Infinity ? [step(hi, 1n)] : []),
  ];
  return [lo, hi, ...beyond, ...odd];
}

/** Two of each law, and the first number of each: enough for every way to judge. */
const someOf = (all: readonly Vector[]): readonly Vector[] =>
  all.filter((vector) => all.filter(({ law }) => law === vector.law).indexOf(vector) < 2);

/** Where the judge says something else than the interval does. */
async function disagreements(
  all: readonly Vector[],
  grade: Grade,
  told = (ends: Ends): Ends => ends,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const vector of someOf(all))
    for (const [want, { all: dues }] of vector.due ?? [])
      for (const [index, due] of [...dues.entries()].slice(0, 1))
        for (const got of probes(due)) {
          const isFine = await isAccepted(vector, grade, replyWith(vector, want, index, got));
          if (isFine !== passes(told(due), got))
            found.push(`${vector.id} ${want}[${index}]: ${got}`);
        }
  return found;
}

describe('intervals are those of the judge', () => {
  test.each<readonly [string, Grade]>([
    ['relu', 'C'],
    ['silu', 'S'],
    ['sigmoid', 'A'],
    ['leaky-relu', 'E'],
    ['log-softmax', 'D'],
    ['nll-loss', 'C'],
    ['huber-loss', 'B'],
  ])('%s at %s: the ends pass, and the floats beyond them fail', async (id, grade) => {
    expect(await disagreements(await vectorsOf(id, grade), grade)).toEqual([]);
  });
  test('an end that is off by one float is noticed', async () => {
    const all = await vectorsOf('silu');
    const up = (x: number) => fromRank(rank(x, float32) + 1n, float32);
    const wider = await disagreements(all, 'C', (ends) => ({ ...ends, hi: up(ends.hi) }));
    const narrower = await disagreements(all, 'C', (ends) => ({ ...ends, lo: up(ends.lo) }));
    expect([wider.length > 10, narrower.length > 10]).toEqual([true, true]);
  });
  test('at a kink any slope is allowed, and beyond the range nothing', async () => {
    const relu = await vectorsOf('relu');
    const kink = relu.find(({ law, story }) => law === 'gradient' && /kink/.test(story))!;
    expect(kink.due!.get('grad:input')!.all[1]).toMatchObject({ hi: 1, isSigned: false });
    const inRange = (await vectorsOf('sigmoid')).filter(({ law }) => law === 'range');
    const ends = inRange.flatMap(({ due }) => due!.get('out')!.all);
    expect(ends.every(({ lo, hi }) => lo >= 0 && hi <= 1)).toBe(true);
    expect(ends.some(({ lo }) => lo === 0)).toBe(true);
  });
  test('on exact data nothing but the exact result is allowed', async () => {
    const exact = (await vectorsOf('mse-loss')).filter(({ law }) => law === 'reduction');
    const ends = exact.flatMap(({ due }) => due!.get('out')!.all);
    expect(ends.length).toBeGreaterThan(1);
    for (const { lo, hi, value } of ends)
      if (!Number.isNaN(value)) expect([lo, hi]).toEqual([value, value]);
  });
});

// Safetensors ------------------------------------------------------------------------------------

/** Written from the format's description, without what writes it. */
function readTensors(file: Buffer): {
  [name: string]: { dtype: string; shape: number[]; hex: string };
} {
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + length)) as {
    [name: string]: { dtype: string; shape: number[]; data_offsets: [number, number] };
  };
  const bytes = file.subarray(8 + length);
  const { __metadata__: _, ...tensors } = header;
  let end = 0;
  for (const [from, to] of Object.values(tensors)
    .map(({ data_offsets }) => data_offsets)
    .sort(([a, x], [b, y]) => a - b || x - y)) {
    expect(from).toBe(end);
    end = to;
  }
  expect(end).toBe(bytes.length);
  return Object.fromEntries(
    Object.entries(tensors).map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => {
        const width = dtype === 'I64' ? 8 : 4;
        expect(from % width).toBe(0);
        const words = Array.from({ length: (to - from) / width }, (_, i) =>
          Buffer.from(bytes.subarray(from + i * width, from + (i + 1) * width))
            .reverse()
            .toString('hex'),
        );
        return [name, { dtype, shape, hex: words.join(' ') }];
      },
    ),
  );
}

describe('safetensors', () => {
  test('hold what the lines hold', async () => {
    const out = join(folder, 'tensors');
    const args = ['--op', '*nll-loss', '--out', out, '--format', 'safetensors'];
    expect((await printed(...args)).code).toBe(0);
    const [head, ...cases] = linesIn(await readFile(join(out, 'cases.jsonl'), 'utf8'));
    const plain = linesIn((await printed('--op', '*nll-loss')).out).slice(1);
    const files = head!.files as { [name: string]: string };
    expect((await readdir(out)).sort()).toEqual(['cases.jsonl', ...Object.keys(files)].sort());
    const tensors = new Map<string, object>();
    for (const [name, hash] of Object.entries(files)) {
      const bytes = await readFile(join(out, name));
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(hash);
      for (const [key, t] of Object.entries(readTensors(bytes))) tensors.set(key, t);
    }
    const restored = JSON.parse(JSON.stringify(cases), (key, value) => {
      const { tensor: name, ...rest } = Object(value) as { tensor?: string };
      const hexOf = (of: string) => (tensors.get(of) as { hex: string }).hex;
      if ((key === 'lo' || key === 'hi') && typeof value === 'string') return hexOf(value);
      return name === undefined ? value : { ...rest, hex: hexOf(name) };
    });
    const sorted = (line: object) => JSON.parse(JSON.stringify(line));
    expect(restored.map(sorted)).toEqual(plain.map(sorted));
  });
  test('a folder that holds something is left alone', async () => {
    const out = join(folder, 'taken');
    await mkdir(out);
    await writeFile(join(out, 'mine.txt'), 'precious');
    const args = ['--op', 'relu', '--out', out, '--format', 'safetensors'];
    const { code, err } = await printed(...args);
    expect([code, err]).toEqual([2, `error: ${out} is not empty; name a folder that is new\n`]);
    expect(await readdir(out)).toEqual(['mine.txt']);
  });
  test('no tensor, and one without elements', () => {
    expect(readTensors(safetensors(new Map(), {}))).toEqual({});
    const none = toPayload(tensor([0, 3], []));
    const some = toPayload(tensor([2], [1, -2]));
    const both = safetensors(
      new Map([
        ['none', none],
        ['some', some],
      ]),
      { of: 'both' },
    );
    expect(readTensors(both)).toEqual({
      none: { dtype: 'F32', shape: [0, 3], hex: '' },
      some: { dtype: 'F32', shape: [2], hex: '3f800000 c0000000' },
    });
  });
});

// Recorded answers -------------------------------------------------------------------------------

describe('answers that were recorded', () => {
  const path = (name: string) => join(folder, name);
  let asked: readonly Line[] = [];
  beforeAll(async () => {
    await printed('--op', '*nll-loss', '--out', path('asked.jsonl'));
    asked = linesIn(await readFile(path('asked.jsonl'), 'utf8')).slice(1);
  });
  /** Judges what comes of the reference's answers. */
  async function judged(
    change: (answers: readonly Line[]) => readonly object[],
    ...args: string[]
  ) {
    const questions = asked.map((line) => JSON.stringify(line)).join('\n');
    const answers = linesIn((await touchstone(['eval'], questions)).out);
    const text = change(answers).map((line) => `${JSON.stringify(line)}\n`);
    await writeFile(path('answers.jsonl'), text.join(''));
    const vectors = ['--vectors', path('asked.jsonl')];
    return touchstone(['judge', path('answers.jsonl'), ...vectors, ...args]);
  }
  const isOf = (op: string) => (line: Line) => String(line.id).startsWith(`${op}/`);

  test('0: they conform, with the best grade', async () => {
    const { code, out, err } = await judged((all) => all, '--min-grade', 'S');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/PASS {2}nll-loss +S/);
    expect(out).toMatch(/PASS {2}poisson-nll-loss +S/);
  });
  test('1: one of them is wrong', async () => {
    const { code, out } = await judged((all) =>
      all.map((line) =>
        line.out && String(line.id).startsWith('nll-loss/value')
          ? {
              ...line,
              out: { ...(line.out as Line), b64: undefined, hex: zeros(line.out as Line) },
            }
          : line,
      ),
    );
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL nll-loss\/value\/(zero|size)/);
    expect(out).toMatch(/^ +replay +\{/m);
    expect(out).toMatch(/PASS {2}poisson-nll-loss/);
  });
  const zeros = ({ hex }: Line): string => String(hex).replaceAll(/[0-9a-f]/g, '0');
  test('1: an error is due, and a number came', async () => {
    const number = { dtype: 'f32', shape: [], hex: '00000000' };
    const { code, out } = await judged((all) =>
      all.map((line) => (line.error ? { id: line.id, out: number } : line)),
    );
    expect([code, /FAIL nll-loss\/errors\/target beyond the classes/.test(out)]).toEqual([1, true]);
  });
  test('1: one is missing, or malformed; what is not answered at all is told', async () => {
    const missing = await judged((all) => all.filter(isOf('nll-loss')).slice(1));
    expect(missing.code).toBe(1);
    expect(missing.out).toContain('nll-loss/dialect/unanswered');
    expect(missing.out).not.toMatch(/PASS {2}poisson/);
    expect(missing.err).toMatch(/not answered at all: .*poisson-nll-loss/);
    const broken = await judged((all) => [{ ...all[0], out: 17 }, ...all.slice(1)]);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('out is 17 but should be a tensor');
  });
  test('what an implementation says of itself counts', async () => {
    const { impl: _, ...rest } = hello;
    const said = (signed_zero: string) => ({
      ...rest,
      ...{ impl: { name: 'mine', version: '3', language: 'C' } },
      policy: { ...hello.policy, signed_zero },
    });
    const { out } = await judged((all) => [said('ignore'), ...all]);
    expect(out).toMatch(/^mine 3 \(C\)/);
  });
  test.each<readonly [string, (all: readonly Line[]) => readonly object[], string]>([
    ['nothing is there', () => [], 'nothing was executed'],
    [
      'an answer to nothing',
      (all) => [{ ...all[0], id: 'relu/value#1' }],
      'to none of the vectors',
    ],
    ['two answers to one', (all) => [all[0]!, all[0]!], 'there is another answer to'],
    [
      'an answer without an id',
      (all) => [{ ...all[0], id: undefined }],
      'should be that of a vector',
    ],
  ])('2: %s', async (_, change, message) => {
    const { code, out, err } = await judged(change);
    expect(code).toBe(2);
    expect(out + err).toContain(message);
  });
  test('2: the vectors were cut off', async () => {
    const whole = await readFile(path('asked.jsonl'), 'utf8');
    await writeFile(path('cut.jsonl'), whole.split('\n').slice(0, -3).join('\n'));
    await writeFile(path('none.jsonl'), '');
    const args = ['judge', path('none.jsonl'), '--vectors', path('cut.jsonl')];
    const { code, err } = await touchstone(args);
    expect([code, /it was cut off/.test(err)]).toEqual([2, true]);
  });
  test('without a file they are judged by the vectors of quick', async () => {
    const { out } = await touchstone(['vectors', '--op', 'threshold']);
    const all = linesIn(out).slice(1);
    const { decodeRequest, encodeReply } = await import('../../conformance/wire/codec.ts');
    const answers = all.map((line) => {
      const request: Request = decodeRequest(line);
      return { ...encodeReply(sound.run(request) as Reply), id: line.id };
    });
    await writeFile(path('mine.jsonl'), answers.map((a) => JSON.stringify(a)).join('\n'));
    const { code, out: report } = await touchstone(['judge', path('mine.jsonl')]);
    expect([code, /PASS {2}threshold/.test(report)]).toEqual([0, true]);
  });
});
