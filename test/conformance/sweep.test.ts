/**
 * Sweeps: what is certified is what MPFR says, whatever is wrong is found, nothing is lost when one is
 * cut off, and shards make one whole or none.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCandidate } from '../../conformance/adapters/index.ts';
import { operators } from '../../conformance/operators.ts';
import { numberAt, PARTS, partsOf, patternOf, type Range } from '../../conformance/sweep/blocks.ts';
import { type Answer, judgeRange, type Question } from '../../conformance/sweep/judge.ts';
import { answersOf, questionOf } from '../../conformance/sweep/plan.ts';
import { described, mergedResult, readResult, written } from '../../conformance/sweep/report.ts';
import {
  type Findings,
  hex,
  joined,
  type Near,
  nothing,
  type Plan,
  type Result,
  resultOf,
  together,
  verdictOf,
} from '../../conformance/sweep/result.ts';
import { type Judge, sweepParts } from '../../conformance/sweep/sweep.ts';
import { decodeSweep, encodeSweep, fromPatterns } from '../../conformance/wire/codec.ts';
import type { Candidate, Patterns, Request } from '../../properties/candidate.ts';
import { toTensor } from '../../properties/payload.ts';
import { bfloat16, float32 } from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import { moduleOf, pageOf } from '../../tools/proofs.ts';
import { seed } from '../seed.ts';
import { read } from '../spec/mpfr.ts';
import { roundings, used } from '../spec/textbook/compare.ts';
import { textbook } from '../spec/textbook/index.ts';

const elementwise = [...operators.values()].filter(
  (op): op is Elementwise => op.kind === 'elementwise',
);
const questions = elementwise.flatMap((op) =>
  (op.id === 'gelu' ? [{}, { approximate: 'tanh' }] : [{}]).flatMap((given) =>
    (['value', 'derivative'] as const).map(
      (of): Question => ({ op, settings: settle(op, given as object), of, format: float32 }),
    ),
  ),
);
const nameOf = ({ op, settings, of }: Question): string =>
  `${op.id} ${of} ${Object.values(settings).join(' ')}`;

const fast = async (plan: Plan): Promise<Answer> => answersOf(await loadCandidate('fast'), plan);
const planOf = (op: string, format: Plan['format'] = 'f32'): Plan => ({
  ...{ version: '0', op, params: {}, of: 'value', format, candidate: 'fast 0' },
});

/** The same numbers for the same seed. */
function* draws(): IterableIterator<number> {
  for (let state = seed >>> 0 || 1; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Ranges of so many patterns, one in each of some parts: all of them that float32 has exponents for. */
function ranges(count: number, every: number): readonly Range[] {
  const random = draws();
  return partsOf(1, 1, float32)
    .filter((_, i) => i % every === 0 || (i % 256 > 110 && i % 256 < 136))
    .map(({ from, to }) => {
      const start = from + Math.floor(random.next().value! * (to - from - count));
      return { from: start, to: start + count };
    });
}

async function over(question: Question, some: readonly Range[], answer: Answer): Promise<Findings> {
  let findings = nothing;
  for (const range of some)
    findings = together(findings, await judgeRange(question, range, answer));
  return findings;
}

/**
 * Textbook formulas in MPFR, each answer rounded once. Of an exact tie that is reached by inexact steps it
 * leaves two; then that of the kernel is given, if it is one of them.
 */
async function byMpfr(question: Question): Promise<Answer> {
  const { op, settings, of } = question;
  const kernel = await fast({ ...planOf(op.id), params: settings, of });
  const pick = (t: ReturnType<(typeof textbook)[string]>) =>
    of === 'value' ? t.out : t.grad.input!;
  return async (inputs, out, start) => {
    await kernel(inputs, out, start);
    const tensors = { input: tensor([inputs.length], inputs) };
    const truth = () => textbook[op.id]!(tensors, used(settings, op), () => read(1));
    let due = roundings(truth, pick, float32, 500);
    if (due.some(([a, b]) => !Object.is(a, b))) due = roundings(truth, pick, float32, 4000);
    for (const [i, [a, b]] of due.entries()) if (!Object.is(out[i], b)) out[i] = a!;
  };
}

/** All of `TOUCHSTONE_PROOFS=all` take minutes. */
const PATTERNS = process.env.TOUCHSTONE_PROOFS === 'all' ? 1500 : 48;

describe('MPFR is right wherever the sweep is certain', () => {
  test.each(questions.map((question) => [nameOf(question), question] as const))(
    '%s',
    async (_, question) => {
      const findings = await over(question, ranges(PATTERNS, 16), await byMpfr(question));
      expect(findings.first.filter(({ due, got }) => !isSameZero(due, got))).toEqual([]);
      expect(findings.inputs).toBeGreaterThan(50 * PATTERNS);
      // Nearly all is told by code, and not by the oracle that MPFR judges elsewhere.
      expect(findings.escalated).toBeLessThan(findings.inputs / 4);
    },
  );
});
/** MPFR's zeros of what is exactly 0 have signs of their own. */
const isSameZero = (a: string, b: string): boolean =>
  [a, b].every((bits) => bits === '0x00000000' || bits === '0x80000000');

const sigmoid = questions.find(({ op, of }) => op.id === 'sigmoid' && of === 'value')!;
describe('what is wrong is found', () => {
  test('a float32 that is rounded at every step, thousands of times', async () => {
    const answer: Answer = (inputs, out) => {
      for (const [i, x] of inputs.entries())
        out[i] = 1 / Math.fround(1 + Math.fround(Math.exp(-x)));
    };
    const findings = await over(sigmoid, [{ from: 0x3f800000, to: 0x3f800000 + 2 ** 16 }], answer);
    expect(findings.histogram.right).toBeLessThan(2 ** 16 - 5000);
    expect(findings.histogram['1']).toBeGreaterThan(5000);
    expect(findings.largest!.ulps).toBeGreaterThan(0.5);
  });
  test.each([
    ['float64 tells', 'sigmoid', 0x3f800000, 1e-6, 2 ** -10],
    ['only decimals tell', 'gelu', 0x37b0a000, 0, 1e-9],
  ])('of a sound one names the inputs that are hard: %s', async (_, op, from, least, most) => {
    const range = { from, to: from + 2 ** 12 };
    const { hardest, histogram } = await judgeRange(
      questionOf(planOf(op)),
      range,
      await fast(planOf(op)),
    );
    expect(histogram.right).toBe(2 ** 12);
    const [{ input, distance }] = hardest as [Near];
    expect(Number(input)).toBeGreaterThanOrEqual(from);
    expect(Number(input)).toBeLessThan(range.to);
    expect(distance).toBeGreaterThan(least);
    expect(distance).toBeLessThan(most);
  });
  test.each([
    ['sigmoid', 0x3f800000],
    ['sigmoid', 0xc2cff000],
    ['exponential', 0x42b17218 - 5000],
    ['relu', 0x3f800000],
    ['tanhshrink', 0x00000001],
    ['gelu', 0x37b0a000],
  ])('many wrong answers of %s are counted as one by one, from pattern %d', async (op, from) => {
    const question = questionOf(planOf(op));
    const right = await fast(planOf(op));
    const wrong = [1e-7, 2e-6, 0.5, -2, 1e-30, NaN, Infinity, -0];
    const answer: Answer = async (inputs, out, start) => {
      await right(inputs, out, start);
      for (const [i, x] of inputs.entries()) {
        const size = wrong[Math.imul(patternOf(x), 0x9e3779b1) >>> 28];
        if (size !== undefined) out[i] = Number.isFinite(size) ? out[i]! * (1 + size) : size;
      }
    };
    const [to, few] = [from + 10_000, 20];
    const together = await judgeRange(question, { from, to }, answer);
    const starts = Array.from({ length: (to - from) / few }, (_, i) => from + few * i);
    const alone = await over(
      question,
      starts.map((start) => ({ from: start, to: start + few })),
      answer,
    );
    expect(alone.escalated).toBe(to - from);
    expect(together.escalated).toBeLessThan(500);
    expect(together.histogram).toEqual(alone.histogram);
    expect(together.histogram.right).toBeLessThan(8500);
    expect(together.largest!.input).toBe(alone.largest!.input);
    const [ulps, due] = [together.largest!.ulps, alone.largest!.ulps];
    expect(Math.abs(ulps - due)).toBeLessThanOrEqual(1e-8 * due);
    expect(together.anotherKind).toBe(alone.anotherKind);
    expect(together.anotherKind).toBeDefined();
    const named = ({ first }: Findings) => first.map(({ input, got, due }) => [input, got, due]);
    expect(named(together)).toEqual(named(alone));
    // Float64 tells nearly how near: the order of the first few.
    const hardest = ({ hardest }: Findings) => hardest.slice(0, 4).map(({ input }) => input);
    if (together.hardest.length > 0) expect(hardest(together)).toEqual(hardest(alone));
  });
  test('all NaN are one wrong answer', async () => {
    const question = questionOf(planOf('sigmoid', 'bf16'));
    const answer: Answer = (_, out) => void out.fill(0);
    const parts = partsOf(1, 1, bfloat16).filter(({ to }) => to > 0x7f80 && to <= 0x8080);
    const { first, histogram } = await over(question, parts, answer);
    expect(histogram['another kind']).toBe(127);
    expect(new Set(first.map(({ input }) => input)).size).toBe(first.length);
    expect(first.length).toBeGreaterThan(5);
  });
  test.each([0x3e400001, 0x80000000, 0x7f800000, 0x7fc12345, 0xc2cff1b4, 1])(
    'one wrong answer, at pattern %d',
    async (at) => {
      const right = await fast(planOf('sigmoid'));
      const answer: Answer = async (inputs, out, start) => {
        await right(inputs, out, start);
        for (const [i, x] of inputs.entries())
          if (Object.is(patternOf(x), at) || (Number.isNaN(x) && Number.isNaN(numberAt(at))))
            out[i] = Number.isNaN(out[i]!) ? 0 : out[i]! + 2 ** -149;
      };
      const part = partsOf(1, 1, float32)[Math.floor(at / 2 ** 23)]!;
      const from = Math.max(part.from, at - 2000);
      const found = await judgeRange(sigmoid, { from, to: Math.min(part.to, from + 4000) }, answer);
      // Where one step of 2⁻¹⁴⁹ is lost beside the result, nothing is wrong.
      const isLost =
        !Number.isNaN(numberAt(at)) && Math.fround(1 / (1 + Math.exp(-numberAt(at)))) > 2 ** -125;
      if (isLost) expect(found.first).toEqual([]);
      else expect(found.first[0]!.input).toBe(Number.isNaN(numberAt(at)) ? '0x7fc00000' : hex(at));
    },
  );
  test('a zero of the wrong sign, which is off by no ulp', async () => {
    const question = questionOf(planOf('relu'));
    const answer: Answer = (inputs, out) => {
      for (const [i, x] of inputs.entries()) out[i] = Math.max(x, 0);
    };
    const found = await judgeRange(question, { from: 2 ** 31, to: 2 ** 31 + 10 }, answer);
    expect(found.histogram).toMatchObject({ right: 9, '1': 1, 'another kind': 0 });
    expect(found.largest).toEqual({ input: '0x80000000', ulps: 0 });
  });
  test('a tie that only the sign of the next term breaks', async () => {
    const silu = questions.find(({ op, of }) => op.id === 'silu' && of === 'value')!;
    const toEven: Answer = (inputs, out) => {
      for (const [i, x] of inputs.entries()) out[i] = x / 2;
    };
    const found = await judgeRange(silu, { from: 1, to: 4097 }, toEven);
    expect(found.histogram['1'] + found.histogram.right).toBe(4096);
    // x/2 + x²/4 goes up at every odd x; to even goes down at every other one of them.
    expect(found.histogram['1']).toBe(1024);
  });
});

// Cutting off, resuming, joining -----------------------------------------------------------------

/** Every input of bfloat16, in 512 parts. */
const short = planOf('relu', 'bf16');
const judge = async (): Promise<Judge> => {
  const answer = await fast(short);
  return {
    judge: (range) => judgeRange(questionOf(short), range, answer),
    end: async () => {},
  };
};
const never = { onPart: () => {}, isOver: () => false };
const fresh = resultOf(short, [], nothing);
const swept = async (i: number, n: number): Promise<Result> =>
  sweepParts(partsOf(i, n, bfloat16), fresh, [await judge(), await judge()], never);

describe('a sweep', () => {
  test('that is cut off and resumed ends as one that is not', async () => {
    const whole = await swept(1, 1);
    expect(verdictOf(whole, 2 ** 16)).toBe('proved');
    let parts = 0;
    const cut = { onPart: () => void parts++, isOver: () => parts >= 100 };
    const all = partsOf(1, 1, bfloat16);
    const begun = await sweepParts(all, fresh, [await judge(), await judge()], cut);
    expect(begun.inputs).toBeLessThan(whole.inputs / 2);
    expect(verdictOf(begun, 2 ** 16)).toBe('right so far');
    const saved = readResult('sweep', 'a file', written(begun));
    const ended = await sweepParts(all, saved, [await judge()], never);
    expect(written(ended)).toBe(written(whole));
  });
  test('fails as a judge does, after the others have ended', async () => {
    let ended = 0;
    const failing: Judge = {
      judge: () => Promise.reject(new Error('lost')),
      end: async () => void ended++,
    };
    await expect(
      sweepParts(partsOf(1, 64, bfloat16), fresh, [failing, await judge()], never),
    ).rejects.toThrow('lost');
    expect(ended).toBe(1);
  });
});

describe('shards', () => {
  test('cover every part once', () => {
    for (const n of [1, 3, 64, PARTS]) {
      const all = Array.from({ length: n }, (_, i) => partsOf(i + 1, n, float32)).flat();
      expect(all).toEqual(partsOf(1, 1, float32));
    }
  });
  test('are joined in any order and grouping', async () => {
    const [a, b, c] = [await swept(1, 3), await swept(2, 3), await swept(3, 3)];
    const whole = written(await swept(1, 1));
    expect(written(joined(joined(a, b), c))).toBe(whole);
    expect(written(joined(c, joined(b, a)))).toBe(whole);
    const named = [c, a, b].map((result) => ({ name: 'x', result }));
    expect(written(mergedResult('merge', named))).toBe(whole);
    expect(described(joined(joined(a, b), c), 2 ** 16)).toContain(
      'correctly rounded for all 65,536',
    );
  });
  test('are refused where one is missing, met twice, or of another plan', async () => {
    const [a, c] = [await swept(1, 3), await swept(3, 3)];
    const merge = (...results: Result[]) =>
      mergedResult(
        'merge',
        results.map((result, i) => ({ name: `shard ${i + 1}`, result })),
      );
    expect(() => merge(a, c)).toThrow('merge: nobody swept 0x5500 to 0xaa7f');
    expect(() => merge(a, c, a)).toThrow(
      'merge: shard 3: the patterns from 0x00000000 on were swept twice',
    );
    const other = resultOf({ ...short, op: 'tanh' }, [], nothing);
    expect(() => merge(a, other)).toThrow(
      'merge: shard 2: they are of different plans: op is "relu" and "tanh"',
    );
  });
  test('are refused where what they say does not add up', async () => {
    const a = await swept(1, 3);
    const spoilt = (change: object) => () =>
      readResult('merge', 'a.json', written({ ...a, ...change }));
    expect(spoilt({})).not.toThrow();
    expect(spoilt({ inputs: a.inputs + 1 })).toThrow('a.json: ranges have');
    expect(spoilt({ histogram: { ...a.histogram, right: 0 } })).toThrow('were judged');
    expect(spoilt({ planHash: 'f00' })).toThrow('the hash is not that of the plan');
    expect(spoilt({ ranges: [] })).toThrow('ranges have 0 inputs');
    expect(spoilt({ anotherKind: '0x0001' })).toThrow('anotherKind should be there if');
    expect(() => readResult('merge', 'a.json', '{"plan":1}')).toThrow(
      'a.json is not what sweep writes',
    );
  });
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (command: string) =>
  spawnSync('sh', ['-c', command], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });

// Inputs that both sides make --------------------------------------------------------------------

describe('the message', () => {
  const asked = (patterns: Patterns): Request => ({
    ...{ op: 'elu', params: { alpha: Infinity }, in: {}, want: ['out'], patterns },
  });
  test.each([
    ['f32', 0x3f7fffff, [1 - 2 ** -24, 1, 1 + 2 ** -23]],
    ['f16', 0x3c00, [1, 1 + 2 ** -10, 1 + 2 ** -9]],
    ['bf16', 0xbf80, [-1, -1 - 2 ** -7, -1 - 2 ** -6]],
  ] as const)('says of %s where they begin, and how many there are', (dtype, start, numbers) => {
    const patterns = { dtype, start, count: 3 };
    const message = encodeSweep(asked(patterns), patterns);
    expect(message).toMatchObject({ cmd: 'sweep', start: `0x${start.toString(16)}`, count: 3 });
    const { op, params, in: inputs, want } = decodeSweep(JSON.parse(JSON.stringify(message)));
    expect({ op, params, want }).toEqual({ op: 'elu', params: { alpha: Infinity }, want: ['out'] });
    expect(Array.from(toTensor(inputs.input!).data)).toEqual(numbers);
  });
  test('is refused beyond the last pattern, and where it is none', () => {
    const patterns = { dtype: 'f16', start: 0xffff, count: 2 } as const;
    const message = encodeSweep(asked(patterns), patterns);
    expect(() => decodeSweep(message)).toThrow('elu: start is 0xffff and count 2 but together');
    expect(() => decodeSweep({ ...message, start: '3c00' })).toThrow("elu: start is '3c00' but");
    expect(() => decodeSweep({ ...message, dtype: 'f64' })).toThrow("elu: dtype is 'f64' but");
  });
  test('goes to whoever answers it, and to nobody else', async () => {
    const right = await loadCandidate('fast');
    for (const commands of [[], ['sweep']]) {
      const heard: Request[] = [];
      const candidate: Candidate = {
        hello: async () => ({ ...(await right.hello()), commands }),
        run(request) {
          heard.push(request);
          const { patterns } = request;
          return right.run(
            patterns ? { ...request, in: { input: fromPatterns(patterns) } } : request,
          );
        },
      };
      const answer = await answersOf(candidate, planOf('sigmoid'));
      const found = await judgeRange(sigmoid, { from: 0x3f800000, to: 0x3f800100 }, answer);
      expect(found.histogram.right).toBe(256);
      const [due] = commands.map(() => ({ dtype: 'f32', start: 0x3f800000, count: 256 }));
      expect(heard.map(({ patterns }) => patterns)).toEqual([due]);
      expect(heard[0]!.in.input === undefined).toBe(commands.length > 0);
    }
  });
  test('finds of a program what is found in memory', () => {
    const touchstone = 'node dist/conformance/cli.js';
    const sweep = `${touchstone} sweep sigmoid --derivative --format bf16 --jobs 1 --json`;
    const program = run(`${sweep} -- ${touchstone} eval --impl fast`);
    expect(program.status, program.stderr).toBe(0);
    expect(program.stdout).toBe(run(sweep).stdout);
  });
});

// The command ------------------------------------------------------------------------------------

/** What docs/sweeping.md says, in four shards. */
const guide = readFileSync(join(root, 'docs/sweeping.md'), 'utf8');
const told = (pattern: RegExp): string =>
  pattern
    .exec(guide)![1]!
    .replaceAll('64', '4')
    .replaceAll(/(-[jP]) 8/g, '$1 2');
const merge = told(/^(npx .* merge .*)$/m);
const ways = {
  xargs: { sweeps: [told(/^(seq .*xargs.*)$/m)], merge },
  ...(run('command -v parallel').status === 0 && {
    parallel: { sweeps: [told(/^(parallel .*)$/m)], merge },
  }),
  'jobs of a matrix': {
    sweeps: [1, 2, 3, 4].map((i) =>
      told(/- run: (.*sweep.*)$/m)
        .replaceAll(/\$\{\{ matrix.shard \}\}/g, `${i}`)
        .replace('/8', '/4'),
    ),
    merge: told(/- run: (.*merge.*)$/m),
  },
  'pods of a job': {
    sweeps: [0, 1, 2, 3].map(
      (i) =>
        `JOB_COMPLETION_INDEX=${i}; ${told(/>-\n((?: {14}.*\n)+)/)
          .replaceAll(/\s+/g, ' ')
          .replaceAll('/results', '.')}`,
    ),
    merge,
  },
};

describe('the command', () => {
  for (const [way, { sweeps, merge }] of Object.entries(ways))
    test(`as ${way}, merged, and not without one`, () => {
      const dir = mkdtempSync(join(tmpdir(), 'sweep-'));
      const here = (line: string) =>
        run(
          `cd ${dir} && ${line
            .replaceAll('npx touchstone', `node ${root}/dist/conformance/cli.js`)
            .replaceAll('sweep mish', 'sweep mish --format bf16')}`,
        );
      for (const line of sweeps) {
        const { status, stderr } = here(line);
        expect(status, stderr).toBe(0);
      }
      const files = readdirSync(dir).sort();
      expect(files).toHaveLength(4);
      const merged = here(merge);
      expect(merged.stdout).toContain('proved: correctly rounded for all 65,536 inputs');
      expect(merged.status).toBe(0);
      if (merge.includes('--report json='))
        expect(readFileSync(`${dir}/mish.json`, 'utf8')).toContain('"planHash"');
      rmSync(`${dir}/${files[1]}`);
      const torn = here(merge);
      expect(torn.stderr).toContain('merge: nobody swept 0x4000 to 0x7fff');
      expect(torn.status).toBe(2);
      rmSync(dir, { recursive: true });
    });
  test('finds a candidate that is not correctly rounded, and ends with 1', () => {
    const wrong = run(
      'node dist/conformance/cli.js sweep sigmoid --candidate onnxruntime --shard 387/512 --jobs 1 --json',
    );
    expect(wrong.status, wrong.stderr).toBe(1);
    const { histogram, inputs } = JSON.parse(wrong.stdout);
    expect(histogram.right).toBeLessThan(inputs / 2);
  });
  test.each([
    ['sweep softmax', 'softmax should be an elementwise operator'],
    ['sweep sigmoid --shard 3/2', '--shard 3/2 should be i/n'],
    ['sweep sigmoid --resume', '--resume goes with --out FILE'],
    ['sweep sigmoid --format f8', '--format f8 should be one of f32, f16, bf16'],
    ['sweep elu --params "{\\"alpha\\":\\"x\\"}"', 'elu: alpha'],
    ['sweep sigmoid --jobs 0', '--jobs 0 should be a whole number'],
  ])('%s is refused', (line, says) => {
    const { status, stderr } = run(`node dist/conformance/cli.js ${line}`);
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  });
});

// What was proved --------------------------------------------------------------------------------

const proofs = readdirSync(join(root, 'docs/proofs')).map((name) => ({
  name,
  result: readResult('test', name, readFileSync(join(root, 'docs/proofs', name), 'utf8')),
}));

describe('committed proofs', () => {
  test('are whole, and on the page and among the vectors', () => {
    expect(proofs.length).toBeGreaterThan(20);
    for (const { name, result } of proofs) {
      expect(mergedResult(name, [{ name, result }])).toBe(result);
      if (result.plan.candidate.startsWith('fast'))
        expect(verdictOf(result, 2 ** 32)).toBe('proved');
    }
    const results = proofs.map(({ result }) => result);
    const written = (file: string) => readFileSync(join(root, file), 'utf8');
    expect(written('docs/sweeps.md')).toBe(pageOf(results));
    expect(written('conformance/vectors/hard-inputs.ts')).toBe(moduleOf(results));
  });
  test('name hard inputs, where the kernels are still right', async () => {
    for (const { result } of proofs.filter(({ result }) =>
      result.plan.candidate.startsWith('fast'),
    )) {
      const answer = await fast(result.plan);
      const hardest = result.hardest.map(({ input }) => Number(input));
      for (const from of hardest) {
        const found = await judgeRange(questionOf(result.plan), { from, to: from + 1 }, answer);
        expect(found.histogram.right, `${result.plan.op} at ${hex(from)}`).toBe(1);
        expect(found.escalated).toBe(1);
      }
    }
  });
});
