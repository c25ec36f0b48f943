/** Where an engine refuses to compile at once: the same bits as JavaScript, and WebAssembly later. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as eager from '../../src/index.ts';
import { random } from './patterns.ts';

type Library = typeof eager;
type Both = { readonly value: eager.Floats; readonly gradient: object };

const [N, C] = [6, 5];
const next = random(31);
const floats = (draw: () => number) => ({
  data: Float32Array.from({ length: N * C }, draw),
  shape: [N, C],
});
const input = floats(() => (next() - 0.5) * 40);
const probabilities = floats(next);
const target = floats(next);
const weight = floats(next);
const classes = { data: Int32Array.from({ length: N }, (_, i) => i % C), shape: [N] };

const arrays = ({ value, gradient }: Both): readonly Float32Array[] => [
  value.data,
  ...(Object.values(gradient) as eager.Floats[]).map(({ data }) => data),
];
const reductions = [{ reduction: 'none' }, { reduction: 'sum' }] as const;

/** Every kernel that there is, by way of the operators. */
function results(src: Library): readonly Float32Array[] {
  const { sigmoid, tanh, softplus, logsigmoid, relu, silu } = src;
  const smooth = [
    sigmoid,
    tanh,
    softplus,
    logsigmoid,
    relu,
    silu,
  ] as readonly eager.Elementwise<object>[];
  const elementwise = smooth.flatMap((op) => [
    ...[op(input.data), op.gradient(input.data), op.gradient(input.data, {}, target.data)],
  ]);
  const rows = [src.softmax, src.logSoftmax, src.logSumExp].flatMap((op) => [
    op({ input }).data,
    op.gradient({ input }).input.data,
  ]);
  const entropies = [
    [{ input, target: classes }, {}],
    [{ input, target: classes }, { labelSmoothing: 0.1 }],
    [{ input, target }, {}],
  ] as const;
  const ofRows = entropies.flatMap(([given, params]) => [
    src.crossEntropy(given, params).data,
    ...arrays(src.crossEntropy.valueAndGradient(given, params)),
  ]);
  const pairs = reductions.flatMap((params) =>
    [{}, { weight }].flatMap((more) => [
      ...ofPairs(src.binaryCrossEntropy, { input: probabilities, target, ...more }, params),
      ...ofPairs(src.binaryCrossEntropyWithLogits, { input, target, ...more }, params),
    ]),
  );
  const divergences = reductions.flatMap(({ reduction }) =>
    [false, true].flatMap((logTarget) =>
      ofPairs(src.klDiv, { input, target }, { reduction, logTarget }),
    ),
  );
  return [...elementwise, ...rows, ...ofRows, ...pairs, ...divergences];
}

function ofPairs<I extends object, P extends object>(
  op: eager.Operator<I, P, object>,
  given: I,
  params: Partial<P>,
): readonly Float32Array[] {
  return [
    op(given, params).data,
    ...(Object.values(op.gradient(given, params)) as eager.Floats[]).map(({ data }) => data),
    ...arrays(op.valueAndGradient(given, params)),
  ];
}

const due = results(eager);
const real = { Module: WebAssembly.Module, instantiate: WebAssembly.instantiate };
let refusals = 0;

function refuse(problem: () => Error): void {
  refusals = 0;
  WebAssembly.Module = class {
    constructor() {
      refusals++;
      throw problem();
    }
  } as unknown as typeof WebAssembly.Module;
}
function rejecting(problem: () => Error): void {
  WebAssembly.instantiate = (async () => {
    throw problem();
  }) as unknown as typeof WebAssembly.instantiate;
}
const tooLarge = () => new RangeError('disallowed on the main thread');
const forbidden = () => new WebAssembly.CompileError('disallowed by policy');

/** A library that has compiled nothing yet. */
async function fresh(): Promise<Library> {
  vi.resetModules();
  return import('../../src/index.ts');
}

/** Counts what runs in modules that were compiled aside. */
function watched() {
  const counts = { modules: 0, runs: 0 };
  const instantiate = async (bytes: BufferSource) => {
    counts.modules++;
    const { module, instance } = await real.instantiate(bytes);
    const exports = Object.entries(instance.exports).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      const counting = (...args: readonly number[]) => {
        counts.runs++;
        return value(...args);
      };
      return [name, counting];
    });
    return { module, instance: { exports: Object.fromEntries(exports) } };
  };
  WebAssembly.instantiate = instantiate as typeof WebAssembly.instantiate;
  return counts;
}

beforeEach(() => refuse(tooLarge));
afterEach(() => Object.assign(WebAssembly, real));

describe.each([
  ['for its size', tooLarge],
  ['by policy', forbidden],
])('a module that is refused %s', (_, problem) => {
  test('is answered by JavaScript with the same bits', async () => {
    refuse(problem);
    expect(results(await fresh())).toEqual(due);
    expect(refusals).toBeGreaterThan(20);
  });
});

describe('load', () => {
  test('lets all operators run in WebAssembly, also those that were used before', async () => {
    const src = await fresh();
    expect(results(src)).toEqual(due);
    const counts = watched();
    await src.load();
    refusals = 0;
    expect(results(src)).toEqual(due);
    expect(refusals).toBe(0);
    expect(counts.runs).toBeGreaterThan(due.length / 2);
  });
  test('does it once', async () => {
    const counts = watched();
    const src = await fresh();
    await Promise.all([src.load(), src.load()]);
    const { modules } = counts;
    await src.load();
    expect([modules > 20, counts.modules]).toEqual([true, modules]);
  });
  test('does not disturb who computes meanwhile', async () => {
    const src = await fresh();
    const loading = src.load();
    for (let i = 0; i < 3; i++) {
      await Promise.resolve();
      expect(results(src)).toEqual(due);
    }
    await loading;
    refusals = 0;
    expect(results(src)).toEqual(due);
    expect(refusals).toBe(0);
  });
  test('changes nothing where compiling is forbidden', async () => {
    refuse(forbidden);
    rejecting(forbidden);
    const src = await fresh();
    await src.load();
    expect(results(src)).toEqual(due);
  });
  test('changes no bits where nothing is refused', async () => {
    Object.assign(WebAssembly, real);
    const src = await fresh();
    await src.load();
    expect(results(src)).toEqual(due);
  });
  test('does not hide what is no refusal', async () => {
    rejecting(() => new TypeError('planted'));
    await expect((await fresh()).load()).rejects.toThrow('planted');
    refuse(() => new TypeError('planted'));
    const { sigmoid } = await fresh();
    expect(() => sigmoid(input.data)).toThrow('planted');
  });
});
