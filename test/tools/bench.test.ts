/** The benchmark: its statistics, its gate, its table. Nothing here depends on how long anything takes. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Terminal } from '../../conformance/terminal.ts';
import { elementwiseKernels } from '../../src/kernels.ts';
import { errorsOf, fault } from '../../tools/bench/accuracy.ts';
import type { Candidate, Case, Loaded, Peer } from '../../tools/bench/candidate.ts';
import { choose, draw } from '../../tools/bench/cases.ts';
import { isSound, load, main } from '../../tools/bench/command.ts';
import { compare, type Field } from '../../tools/bench/compare.ts';
import { type Measure, measureFor } from '../../tools/bench/measure.ts';
import { settingsFrom } from '../../tools/bench/options.ts';
import { graphsOf } from '../../tools/bench/peers/graphs.ts';
import { onnxruntimeNode } from '../../tools/bench/peers/onnx.ts';
import { plain } from '../../tools/bench/peers/plain.ts';
import { touchstone } from '../../tools/bench/peers/touchstone.ts';
import { type Profile, profiles } from '../../tools/bench/profile.ts';
import { NOTES, type Report, type Timed } from '../../tools/bench/report.ts';
import { type Cost, costs } from '../../tools/bench/rounding.ts';
import { ratioOf, timingOf } from '../../tools/bench/statistics.ts';
import { block, costLine, heading, profileLine } from '../../tools/bench/text.ts';
import { truthOf } from '../../tools/bench/truth.ts';

/** A terminal in memory. */
function recorder() {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    input: Readable.from([]),
    colors: createColors(false),
    print: async (text) => void out.push(text),
    tell: (text) => void err.push(text),
  };
  return { out, err, terminal };
}

describe('statistics', () => {
  test('a timing is the minimum and the median', () => {
    expect(timingOf([5, 1, 100, 3])).toEqual({ min: 1, median: 4, samples: 4 });
    expect(timingOf([7, 2, 3])).toEqual({ min: 2, median: 3, samples: 3 });
    expect(() => timingOf([])).toThrow(RangeError);
  });

  test('a ratio is that of minima and that of medians, above 1 where ours is faster', () => {
    const ours = timingOf([2, 4, 9]);
    expect(ratioOf(ours, timingOf([3, 20, 50]))).toEqual({ min: 1.5, median: 5 });
    expect(ratioOf(ours, timingOf([1, 1, 1]))).toEqual({ min: 0.5, median: 0.25 });
  });
});

describe('accuracy', () => {
  const truth = { value: Float64Array.of(1, 0.75, 2 ** -149, -3) };
  const answer = (...value: number[]) => ({ value: Float32Array.from(value) });

  test('errors are counted in gaps of float32 at the truth', () => {
    expect(errorsOf(answer(1, 0.75, 2 ** -149, -3), truth)).toEqual({ value: 0 });
    expect(errorsOf(answer(1 + 2 ** -22, 0.75, 2 ** -149, -3), truth)).toEqual({ value: 2 });
    expect(errorsOf(answer(1, 0.75 + 2 ** -22, 2 ** -149, -3), truth)).toEqual({ value: 4 });
    expect(errorsOf(answer(1, 0.75, 2 ** -147, -3), truth)).toEqual({ value: 3 });
    expect(errorsOf(answer(NaN, 0.75, 2 ** -149, -3), truth)).toEqual({ value: null });
    expect(errorsOf(answer(1, 0.75, 2 ** -149, -Infinity), truth)).toEqual({ value: null });
  });

  test('the gradient by itself', () => {
    const both = { value: Float64Array.of(1), gradient: Float64Array.of(1) };
    const got = { value: Float32Array.of(1), gradient: Float32Array.of(1 + 2 ** -23) };
    expect(errorsOf(got, both)).toEqual({ value: 0, gradient: 1 });
    expect(errorsOf({ value: got.value }, both)).toEqual({ value: 0, gradient: null });
  });

  test('the gate takes what float32 loses and nothing else', () => {
    expect(fault(answer(1.0005, 0.75, 0, -3), truth)).toBeUndefined();
    expect(fault(answer(1.01, 0.75, 0, -3), truth)).toBe(
      'value[0] is 1.0099999904632568 instead of 1',
    );
    expect(fault(answer(1, NaN, 0, -3), truth)).toMatch(/^value\[1\] is NaN/);
    expect(fault(answer(1, 0.75, 0), truth)).toBe('value has 3 elements instead of 4');
    expect(fault({ ...answer(1, 0.75, 0, -3), gradient: Float32Array.of(1) }, truth)).toBe(
      'gradient has 1 elements instead of none',
    );
  });
});

describe('cases', () => {
  test('are the same every time, and the same for both passes', () => {
    const chosen = { op: 'cross-entropy', size: '8x10' } as const;
    const asked = draw({ ...chosen, pass: 'forward' });
    expect(draw({ ...chosen, pass: 'forward+backward' })).toEqual({
      ...asked,
      pass: 'forward+backward',
    });
    expect(asked.input).toHaveLength(80);
    expect(asked.classes?.every((y) => y >= 0 && y < 10)).toBe(true);
  });

  test('sizes go to the operators that they fit', () => {
    const sizes = choose(['relu', 'softmax'], ['5', '2x3'], false);
    expect(sizes.map(({ op, pass, size }) => `${op} ${pass} ${size}`)).toEqual([
      'relu forward 5',
      'relu forward+backward 5',
      'softmax forward 2x3',
      'softmax forward+backward 2x3',
    ]);
    expect(() => choose(['relu'], ['2x3'], false)).toThrow('--sizes: none of 2x3 fits');
    expect(() => choose(['relu'], ['2.5'], false)).toThrow('--sizes: 2.5 should be');
    expect(() => choose(['mish'], undefined, false)).toThrow('--ops: mish should be one of');
  });
});

const both = choose(
  ['relu', 'sigmoid', 'logsigmoid', 'tanh', 'softplus', 'binary-cross-entropy-with-logits'],
  ['37'],
  true,
);
const onRows = choose(['softmax', 'log-softmax', 'cross-entropy'], ['6x11'], true);
/** What ONNX has no operator, or no gradient, for is compared with the plain loops alone. */
const classLosses = ['reverse-cross-entropy', 'symmetric-cross-entropy', 'nll-loss'];
const others = [...choose(['kl-div'], ['37'], true), ...choose(classLosses, ['6x11'], true)];
const hasGraph = ({ op, pass }: (typeof others)[number]) =>
  !others.some((other) => other.op === op) || (op === 'nll-loss' && pass === 'forward');
const all = [...both, ...onRows, ...others];

/** Planted nanoseconds of one run, by name. */
const planted =
  (times: { readonly [name: string]: readonly number[] }): Measure =>
  async (candidates) =>
    new Map(candidates.map(({ name }) => [name, times[name] ?? [1]]));

describe('ours, the plain loops and the graphs compute the same', () => {
  test.each(all)('$op $pass', async (chosen) => {
    const field = await load([touchstone, plain, onnxruntimeNode]);
    const { lines } = await compare(chosen, field, planted({}));
    expect(lines.length).toBeGreaterThanOrEqual(hasGraph(chosen) ? 3 : 2);
    for (const line of lines) {
      expect(line).not.toHaveProperty('reason');
      expect(line).not.toHaveProperty('wrong');
    }
    const [ours] = lines as [Timed];
    expect(ours.ulps.value).toBeLessThan(0.51);
  });

  test.each(all)('ours writes $op $pass where it wrote before', async (chosen) => {
    const [own] = (await touchstone.load()).offers(draw(chosen));
    const candidate = await own!.open();
    const first = await candidate.answer();
    const second = await candidate.answer();
    expect([second.value === first.value, second.gradient === first.gradient]).toEqual([
      true,
      true,
    ]);
  });

  test('the gradient is the slope of the value, in float64', () => {
    for (const chosen of all.filter(({ pass }) => pass !== 'forward')) {
      const asked = draw(chosen);
      const gradient = truthOf(asked).gradient!;
      const u = asked.cotangent;
      const total = ({ value }: { value: Float64Array }) =>
        value.reduce((a, y, i) => a + y * (u?.[i] ?? 1), 0);
      // 1 is no kink of any, and a step that float32 holds exactly.
      const step = 2 ** -9;
      const at = (x: number) => {
        const input = asked.input.slice();
        input[3] = x;
        return { ...asked, input };
      };
      const slope = (total(truthOf(at(1 + step))) - total(truthOf(at(1 - step)))) / (2 * step);
      const due = truthOf(at(1)).gradient![3]!;
      expect(Math.abs(slope - due)).toBeLessThan(1e-5 * Math.abs(due) + 1e-9);
      expect(gradient).toHaveLength(asked.input.length);
    }
  });
});

const softmaxOf = { op: 'softmax', pass: 'forward' } as const;
const chosen = { op: 'sigmoid', pass: 'forward', size: '16' } as const;

/** Ours with something done to its answer. */
const changed = (name: string, change: (value: Float32Array) => void): Loaded => ({
  version: '0',
  offers: (asked: Case) => [
    {
      name,
      open: async (): Promise<Candidate> => {
        const own = (await touchstone.load()).offers(asked)[0]!;
        const candidate = await own.open();
        const answer = async () => {
          const { value } = await candidate.answer();
          const copy = value.slice();
          change(copy);
          return { value: copy };
        };
        return { ...candidate, name, answer };
      },
    },
  ],
});

const fieldOf = async (...members: Field): Promise<Field> => [
  { name: 'touchstone', ...(await touchstone.load()) },
  ...members,
];

describe('a case', () => {
  test('a wrong candidate is marked, an inaccurate one is not', async () => {
    const wrong = changed('wrong', (y) => {
      y[5]! *= 1.01;
    });
    const coarse = changed('coarse', (y) => {
      y[5]! *= 1 + 2 ** -12;
    });
    const field = await fieldOf({ name: 'wrong', ...wrong }, { name: 'coarse', ...coarse });
    const times = { touchstone: [32, 16, 64], wrong: [8, 8, 8], coarse: [160, 16, 96] };
    const result = await compare(chosen, field, planted(times));
    const [ours, first, second] = result.lines;
    expect(ours).toMatchObject({ ns: { min: 1, median: 2 } });
    expect(ours).not.toHaveProperty('ratio');
    expect(first).toMatchObject({ ratio: { min: 0.5, median: 0.25 } });
    expect(first).toHaveProperty('wrong', expect.stringMatching(/^value\[5\] is /));
    expect(second).toMatchObject({ ratio: { min: 1, median: 3 } });
    expect(second).not.toHaveProperty('wrong');
    expect((second as Timed).ulps.value).toBeGreaterThan(1000);
    expect(block(result)).toMatch(/wrong .* WRONG: value\[5\] is /);
    expect(isSound({ results: [result] })).toBe(true);
  });

  test('ours is marked where it is wrong, and the command fails', async () => {
    const ours = changed('touchstone', (y) => {
      y[0] = NaN;
    });
    const result = await compare(chosen, [{ name: 'touchstone', ...ours }], planted({}));
    expect(result.lines[0]).toMatchObject({
      ulps: { value: null },
      wrong: expect.stringContaining('NaN'),
    });
    expect(isSound({ results: [result] })).toBe(false);
  });

  test('who cannot be loaded, opened, run or measured is listed with the reason', async () => {
    const absent: Peer = {
      name: 'absent',
      load: () => Promise.reject(new Error('not\ninstalled imported from /a/b.js')),
    };
    const [missing] = await load([absent]);
    const refuses: Loaded = {
      version: '0',
      offers: () => [{ name: 'refuses', open: () => Promise.reject(new Error('no such kernel')) }],
    };
    const broken = changed('broken', () => {
      throw new Error('broke down');
    });
    const slow = changed('slow', () => {});
    const field = await fieldOf(
      missing!,
      { name: 'refuses', ...refuses },
      { name: 'broken', ...broken },
      { name: 'slow', ...slow },
    );
    const measure: Measure = async () =>
      new Map<string, readonly number[] | Error>([
        ['touchstone', [1]],
        ['slow', new Error('gave up')],
      ]);
    const { lines } = await compare(chosen, field, measure);
    expect(lines.slice(1)).toEqual([
      { name: 'absent', reason: 'not installed' },
      { name: 'refuses', reason: 'no such kernel' },
      { name: 'broken', reason: 'broke down' },
      { name: 'slow', reason: 'gave up' },
    ]);
  });
});

describe('the cost of rounding', () => {
  test('is that of the kernel by that of its fast formula, an ulp from it at most', async () => {
    const seen: number[] = [];
    const measure: Measure = async (candidates) => {
      const [rounded, fast] = await Promise.all(candidates.map(({ answer }) => answer()));
      const truth = { value: Float64Array.from(rounded!.value) };
      seen.push(errorsOf(fast!, truth).value!);
      return planted({ rounded: [270, 400], fast: [200, 200] })(candidates);
    };
    const found: Cost[] = [];
    for await (const cost of costs(measure, ['1e3'])) found.push(cost);
    const plain = elementwiseKernels.filter(
      (kernel) => kernel.parameters.length === 0 && !kernel.isExact([]),
    );
    expect(new Set(found.map(({ kernel }) => kernel)).size).toBe(plain.length);
    for (const { ratio } of found) expect(ratio).toEqual({ min: 1.35, median: 1.675 });
    expect(seen.every((ulps) => Number.isFinite(ulps) && ulps <= 1)).toBe(true);
    const [exponential] = found.filter(({ kernel }) => kernel === 'exponential');
    expect(costLine(exponential)).toMatch(/^exponential .* 0\.27 +0\.20 +1\.35 +\(1\.68\)\n$/);
  });
  test('is measured instead of cases', () => {
    const settings = settingsFrom(['--rounding'], recorder().terminal);
    expect(settings).toMatchObject({ rounding: true, chosen: [], peers: [] });
    expect(settingsFrom([], recorder().terminal).rounding).toBe(false);
  });
  test('fails where it was not measured', async () => {
    const measure: Measure = async () => new Map([['rounded', new Error('gave up')]]);
    await expect(costs(measure, ['8']).next()).rejects.toThrow('gave up');
  });
});

describe('the profile', () => {
  const times = {
    ...{ call: [8, 9], maximum: [16], exponentials: [48], scaling: [64] },
    ...{ 'copy in': [4], 'copy out': [4], operator: [80] },
  };
  test('a pass is what its kernel takes beyond the one before', async () => {
    const measure: Measure = async (candidates) => {
      const answers = new Map<string, readonly number[]>();
      for (const { name, answer } of candidates) answers.set(name, [...(await answer()).value]);
      expect(answers.get('copy in')).toEqual([...draw({ ...softmaxOf, size: '2x4' }).input]);
      expect(answers.get('copy out')).toEqual(answers.get('operator'));
      expect(answers.get('scaling')).toEqual(answers.get('operator'));
      return planted(times)(candidates);
    };
    const found: Profile[] = [];
    for await (const profile of profiles(measure, ['2x4'])) found.push(profile);
    const passes = { call: 1, maximum: 1, exponentials: 4, scaling: 2 };
    const around = { 'copy in': 0.5, 'copy out': 0.5, rest: 1, operator: 10 };
    expect(found).toEqual([{ size: '2x4', parts: { ...passes, ...around } }]);
    expect(profileLine(found[0])).toMatch(
      /^2x4 +1\.00 +1\.00 +4\.00 +2\.00 +0\.50 +0\.50 +1\.00 +10\.00\n$/,
    );
  });
  test('is measured instead of cases, by itself or with the cost of rounding', () => {
    const settings = (...args: string[]) => settingsFrom(args, recorder().terminal);
    expect(settings('--profile')).toMatchObject({ profile: true, rounding: false, chosen: [] });
    expect(settings('--profile', '--rounding')).toMatchObject({ profile: true, rounding: true });
    expect(settings().profile).toBe(false);
  });
  test('fails where it was not measured', async () => {
    const measure: Measure = async () => new Map([['call', new Error('gave up')]]);
    await expect(profiles(measure, ['2x4']).next()).rejects.toThrow('gave up');
  });
});

test('every candidate is measured, whatever fails beside it', async () => {
  const candidate = (name: string, run: () => unknown, isAsync = false): Candidate => ({
    name,
    isAsync,
    run,
    answer: () => ({ value: new Float32Array(1) }),
  });
  let runs = 0;
  const fails = () => {
    if (runs++ > 3) throw new Error('on the fifth run');
  };
  const samples = await measureFor({ seconds: 0.002, rounds: 2 })([
    candidate('sync', () => Math.hypot(1, 2)),
    candidate('fails', fails),
    candidate('async', async () => {}, true),
  ]);
  expect([...samples.keys()]).toEqual(['sync', 'fails', 'async']);
  expect(samples.get('fails')).toEqual(new Error('on the fifth run'));
  for (const name of ['sync', 'async']) {
    const taken = samples.get(name) as readonly number[];
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(taken.every((ns) => ns >= 0)).toBe(true);
  }
});

test('a cross-entropy with its gradient is two graphs, by name', () => {
  const [first] = choose(['cross-entropy'], ['4x5'], false).filter(
    ({ pass }) => pass !== 'forward',
  );
  const variants = graphsOf(draw(first!));
  expect(variants.map(({ name }) => name)).toEqual([
    'A: SoftmaxCrossEntropyLoss',
    'B: Softmax, Log (cancels)',
  ]);
  for (const { graph } of variants)
    expect(graph.outputs.map(({ name }) => name)).toEqual(['value', 'gradient']);
});

const REPORT: Report = {
  version: '1.2.3',
  started: '2026-01-01T00:00:00.000Z',
  machine: {
    cpu: 'Some CPU',
    cores: 2,
    features: 'avx avx2',
    node: '20.19.0',
    v8: '11.3',
    platform: 'linux x64',
    fma: false,
    load: 0.25,
  },
  peers: [
    { name: 'touchstone', version: '1.2.3' },
    { name: 'tfjs-wasm', reason: 'not installed' },
  ],
  settings: { seconds: 0.2, rounds: 5, seed: 1 },
  notes: NOTES,
  results: [
    {
      op: 'tanh',
      pass: 'forward+backward',
      size: '1e3',
      elements: 1000,
      lines: [
        {
          name: 'touchstone',
          ns: { min: 2.5, median: 3, samples: 9 },
          ulps: { value: 0.5, gradient: 0.5 },
        },
        {
          name: 'onnxruntime-node',
          ns: { min: 12.25, median: 123.4, samples: 9 },
          ratio: { min: 4.9, median: 41.1 },
          ulps: { value: 1.25, gradient: 1234567 },
        },
        { name: 'tfjs-wasm', reason: 'not installed' },
        {
          name: 'plain',
          ns: { min: 1, median: 1, samples: 9 },
          ratio: { min: 0.4, median: 0.0123 },
          ulps: { value: null, gradient: 0 },
          wrong: 'value[0] is NaN instead of 1',
        },
      ],
    },
  ],
};

test('the table of a report', () => {
  expect(heading(REPORT) + REPORT.results.map(block).join('')).toBe(`touchstone 1.2.3
Some CPU, 2 cores, avx avx2; load 0.3
Node 20.19.0, V8 11.3, linux x64, WebAssembly without fused multiply-add
0.2 s in 5 rounds for each, taking turns; inputs from seed 1
  touchstone  1.2.3
  tfjs-wasm   not run: not installed

tanh forward+backward, 1e3
                    ns/element  (median)  × ours  (median)   ulp  gradient
  touchstone              2.50    (3.00)                    0.50      0.50
  onnxruntime-node        12.3     (123)    4.90    (41.1)  1.25    1.2e+6
  tfjs-wasm         not run: not installed
  plain                   1.00    (1.00)    0.40   (0.012)   NaN      0.00  WRONG: value[0] is NaN instead of 1
`);
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('writes the report as a whole, and what it prints', async () => {
    const file = join(folder, 'bench.json');
    const args = ['--ops', 'relu', '--sizes', '8', '--peers', 'plain', '--seconds', '0.001'];
    const { out, terminal } = recorder();
    expect(await main([...args, '--rounds', '1', '--json', file], terminal)).toBe(0);
    expect(await readdir(folder)).toEqual(['bench.json']);
    const report: Report = JSON.parse(await readFile(file, 'utf8'));
    expect(report.results.map(({ lines }) => lines.map(({ name }) => name))).toEqual([
      ['touchstone', 'plain Math.*'],
      ['touchstone', 'plain Math.*'],
    ]);
    expect(out.join('')).toContain('relu forward+backward, 8\n');
  });

  test.each([
    [['--ops', 'mish'], '--ops: mish should be one of'],
    [['--peers', 'torch'], '--peers: torch should be one of onnxruntime-node'],
    [['--seconds', 'long'], '--seconds is long but should be a positive number'],
    [['--rounds', '1.5'], '--rounds is 1.5 but should be a whole number'],
    [['--speed'], "unknown option '--speed'; known options are --ops"],
  ])('%j is refused', async (args, message) => {
    const { err, terminal } = recorder();
    expect(await main(args, terminal)).toBe(2);
    expect(err.join('')).toContain(message);
  });

  test('--quick asks for less', () => {
    const { terminal } = recorder();
    const quick = settingsFrom(['--quick'], terminal);
    const all = settingsFrom([], terminal);
    expect(quick.chosen.length).toBeLessThan(all.chosen.length);
    expect(quick.seconds).toBeLessThan(all.seconds);
    expect(settingsFrom(['--quick', '--seconds', '3'], terminal).seconds).toBe(3);
  });
});
