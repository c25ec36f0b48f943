/** What the definitions say, against numbers that people can look up, and what they refuse. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { identities, laws } from '../../properties/index.ts';
import { float64 } from '../../spec/format.ts';
import * as operators from '../../spec/index.ts';
import { formsOf } from '../../spec/input.ts';
import type { Difference, Op, Witness } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { settle } from '../../spec/param.ts';
import { type Dtype, type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';

const ops: readonly Op[] = Object.values(operators);
const {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  klDiv,
  linear,
  logSoftmax,
  logSumExp,
  logsigmoid,
  nllLoss,
  relu,
  reverseCrossEntropy,
  softmax,
  softplus,
  symmetricCrossEntropy,
  tanh,
} = operators;

// Tensors from nested arrays ----------------------------------------------------------------------

type Nested = number | readonly Nested[];
const shapeOf = (x: Nested): readonly number[] =>
  typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])];
const flat = (x: Nested): readonly number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

const real = (x: Nested, dtype: Dtype = 'f64'): Tensor => tensor(shapeOf(x), flat(x), dtype);
const whole = (x: Nested): Tensor => real(x, 'i64');

/** Numbers for every input of an operator; classes where they do not have the shape of the first. */
function given(op: Op, values: { readonly [name: string]: unknown }): Tensors {
  const first = String(shapeOf(values[Object.keys(op.inputs)[0]!] as Nested));
  const entries = Object.entries(values as { [name: string]: Nested }).map(([name, x]) => {
    const forms = formsOf(op.inputs[name]!).map((form) => form.of);
    const isClasses =
      forms.includes('classes') && (forms.length === 1 || String(shapeOf(x)) !== first);
    return [name, isClasses ? whole(x) : real(x)];
  });
  return Object.fromEntries(entries);
}

type Values = { readonly [name: string]: Nested };
const valuesOf = (op: Op, values: Values, settings: object = {}): readonly number[] =>
  evaluate(op, given(op, values), settings, float64).cells.map((cell) => cell.value);
const answerOf = (op: Op, values: Values, settings: object = {}): number =>
  valuesOf(op, values, settings)[0]!;
const slopesOf = (op: Op, values: Values, wrt = 'input', settings: object = {}) =>
  gradient(op, given(op, values), settings, { wrt, format: float64 }).cells.map((c) => c.value);

// The tree ----------------------------------------------------------------------------------------

const LAWS = [...laws, ...identities].map(({ name }) => name);

const folder = (name: string): readonly string[] =>
  readdirSync(new URL(`../../spec/${name}`, import.meta.url)).map(
    (file) => `${name}/${file.replace(/\.ts$/, '')}`,
  );
const camelCase = (id: string): string => id.replace(/-(.)/g, (_, c: string) => c.toUpperCase());

/** What is wrong with the files, given the exports of the index. */
function untidy(files: readonly string[], index: { readonly [name: string]: Op }): string[] {
  const places = Object.values(index).map(
    (op) => `${op.kind === 'loss' ? 'losses' : 'activations'}/${op.id}`,
  );
  return [
    ...files.filter((f) => !places.includes(f)).map((f) => `spec/index.ts has no line for ${f}.ts`),
    ...places.filter((p) => !files.includes(p)).map((p) => `spec/${p}.ts is missing`),
    ...Object.entries(index)
      .filter(([name, { id }]) => name !== camelCase(id))
      .map(([name, { id }]) => `${name} should be called ${camelCase(id)}`),
  ];
}

describe('the tree', () => {
  const files = [...folder('activations'), ...folder('losses')];

  test('has one file, one id and one line in the index for every operator', () => {
    expect(untidy(files, operators as never)).toEqual([]);
    expect(files.length).toBeGreaterThan(15);
  });
  test('names what was forgotten', () => {
    const { softmax: _, ...others } = operators as unknown as { [name: string]: Op };
    expect(untidy(files, others)).toEqual(['spec/index.ts has no line for activations/softmax.ts']);
    expect(untidy(files, { ...others, soft: softmax as unknown as Op })).toEqual([
      'soft should be called softmax',
    ]);
    expect(untidy(files.slice(1), operators as never)).toEqual([`spec/${files[0]}.ts is missing`]);
  });
  test('has no two ids that differ by hyphens only', () => {
    const bare = ops.map(({ id }) => id.replaceAll('-', ''));
    expect(new Set(bare).size).toBe(ops.length);
  });
});

describe('clauses', () => {
  const clauses = ops.flatMap((op) => Object.entries(op.clauses));

  test('have ids of their own and are one sentence each', () => {
    const ids = clauses.map(([id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [id, [, sentence]] of clauses) {
      expect(id).toMatch(/^[A-Z]+-\d+$/);
      expect(sentence).toMatch(/^.*\.$/);
    }
  });
  test('name a law that exists', () => {
    expect(clauses.filter(([, [law]]) => !LAWS.includes(law)).map(([id]) => id)).toEqual([]);
  });
  test('are numbered from 1 on with one prefix for an operator', () => {
    for (const op of ops) {
      const ids = Object.keys(op.clauses);
      const prefix = ids[0]!.replace(/\d+$/, '');
      expect(ids).toEqual(ids.map((_, i) => `${prefix}${i + 1}`));
    }
  });
  test('name every law', () => {
    const named = new Set(clauses.map(([, [law]]) => law));
    expect(LAWS.filter((law) => !named.has(law))).toEqual(['deterministic']);
  });
});

// Dialects ----------------------------------------------------------------------------------------

const witnesses = ops.flatMap((op) =>
  Object.entries(op.dialects).flatMap(([framework, dialect]) =>
    (dialect.differs ?? []).map(
      (d: Difference) => [`${op.id}, ${framework}: ${d.where}`, op, d.witness] as const,
    ),
  ),
);

function answerTo(op: Op, { in: inputs, params = {}, of = 'out', element = 0 }: Witness): number {
  const values = inputs as Values;
  const all =
    of === 'out' ? valuesOf(op, values, params) : slopesOf(op, values, of.slice(5), params);
  return all[element]!;
}
const isAsSaid = (x: number, said: number): boolean =>
  Object.is(x, said) || Math.abs(x - said) < 1e-12 * Math.abs(said);

describe('dialects', () => {
  test.each(witnesses)('%s', (_, op, witness) => {
    expect(isAsSaid(answerTo(op, witness), witness.spec)).toBe(true);
    expect(isAsSaid(witness.theirs, witness.spec)).toBe(false);
  });
  test('are all visited', () => {
    expect(witnesses.length).toBeGreaterThan(15);
  });
  test('give defaults and lacks that exist', () => {
    for (const op of ops)
      for (const dialect of Object.values(op.dialects)) {
        const names = [...Object.keys(op.params), ...Object.keys(op.inputs)];
        settle(op as never, (dialect.defaults ?? {}) as never);
        for (const lack of dialect.lacks ?? []) expect(names).toContain(lack.replace(/:.*/, ''));
      }
  });
  test('map attributes of parameters that exist', () => {
    for (const { params, dialects } of ops)
      for (const name of Object.keys(dialects.onnx?.attributes ?? {}))
        expect(Object.keys(params)).toContain(name);
  });
});

// Numbers -----------------------------------------------------------------------------------------

const none = { reduction: 'none' };
const total = { reduction: 'sum' };

describe('numbers that people can look up', () => {
  const logits = [
    [10, 5, -6],
    [8, 8, 8],
  ];
  const sample = { input: logits, target: [0, 2] };
  const close = (x: number, y: number) => expect(x / y - 1).toBeCloseTo(0, 13);

  test('symmetric cross-entropy and its two parts', () => {
    const [a, b] = valuesOf(crossEntropy, sample, none);
    close(a!, 0.006715460271105392);
    close(b!, 1.0986122886681098);
    const [c, d] = valuesOf(reverseCrossEntropy, sample, none);
    close(c!, 0.2774000597896205);
    close(d!, 27.631021115928547);
    close(answerOf(symmetricCrossEntropy, sample), 14.506874462328692);
    close(answerOf(symmetricCrossEntropy, sample, { eps: 1e-4 }), 3.6540595629040675);
    const both = { eps: 1e-4, probabilityEps: 1e-7 };
    close(answerOf(symmetricCrossEntropy, sample, both), 3.653599560660515);
  });
  test('probabilityEps follows eps where it is not given', () => {
    const [a, b] = [{ eps: 0.25 }, { eps: 0.25, probabilityEps: 0.25 }].map((p) =>
      answerOf(reverseCrossEntropy, sample, p),
    );
    expect(a).toBe(b);
    expect(answerOf(reverseCrossEntropy, sample, { eps: 0.25, probabilityEps: 1e-18 })).not.toBe(a);
  });
  test('the row of log-softmax that is printed with four digits', () => {
    const rows = [
      [-2.7362, -1.4015, -0.3726],
      [-0.8505, -1.6319, -0.9749],
    ];
    const both = { input: rows, target: [0, 2] };
    expect(valuesOf(nllLoss, both, none)).toEqual([2.7362, 0.9749]);
    const [a, b] = valuesOf(crossEntropy, both, none);
    expect(a).toBeCloseTo(2.736184, 6);
    expect(b).toBeCloseTo(0.974889, 6);
    close(answerOf(crossEntropy, both), (a! + b!) / 2);
  });
  test('at one half everything is ln 2', () => {
    for (const target of [0, 0.25, 1]) {
      expect(answerOf(binaryCrossEntropy, { input: 0.5, target })).toBe(Math.LN2);
      expect(answerOf(binaryCrossEntropyWithLogits, { input: 0, target })).toBe(Math.LN2);
    }
    expect(answerOf(crossEntropy, { input: [3, 3], target: 0 })).toBe(Math.LN2);
    const twice = answerOf(binaryCrossEntropyWithLogits, { input: [3, 3], target: [1, 0] });
    expect(twice).toBeCloseTo(1.5486, 4);
  });
  test('activations', () => {
    expect(answerOf(logsigmoid, { input: 20 })).toBe(-2.061153620314381e-9);
    expect(answerOf(softplus, { input: 21 })).toBe(21.000000000758256);
    expect(answerOf(softplus, { input: 21 }, { threshold: 20 })).toBe(21);
    expect(answerOf(softplus, { input: 20 }, { threshold: 20 })).toBe(20.000000002061153);
    expect(answerOf(softplus, { input: 210 }, { beta: 0.125, threshold: 20 })).toBe(210);
    expect(answerOf(softplus, { input: 150 }, { beta: 0.125, threshold: 20 })).not.toBe(150);
    expect(answerOf(tanh, { input: 2 ** -1074 })).toBe(2 ** -1074);
    expect(answerOf(logSumExp, { input: [-Infinity, -Infinity] })).toBe(-Infinity);
    expect(answerOf(logSumExp, { input: [Infinity, Infinity, 0] })).toBe(Infinity);
    expect(answerOf(logSumExp, { input: [Infinity, NaN] })).toBe(NaN);
    expect(answerOf(logSumExp, { input: [-Infinity, 5] })).toBe(5);
    expect(valuesOf(softmax, { input: [-Infinity, 0, 0] })).toEqual([0, 0.5, 0.5]);
    expect(valuesOf(softmax, { input: [Infinity, 0] })).toEqual([NaN, NaN]);
  });
  test('linear: a product, a sum, and three gradients', () => {
    const head = {
      input: [
        [1, 2],
        [3, 4],
      ],
      weight: [
        [1, 0],
        [0, 1],
        [1, -1],
      ],
      bias: [10, 20, 30],
    };
    expect(valuesOf(linear, head)).toEqual([11, 22, 29, 13, 24, 29]);
    const { bias: _, ...bare } = head;
    expect(valuesOf(linear, bare)).toEqual([1, 2, -1, 3, 4, -1]);
    expect(slopesOf(linear, head)).toEqual([2, 0, 2, 0]);
    expect(slopesOf(linear, head, 'weight')).toEqual([4, 6, 4, 6, 4, 6]);
    expect(slopesOf(linear, head, 'bias')).toEqual([2, 2, 2]);
  });
});

describe('traps of PyTorch, by their numbers in the list of facts', () => {
  const weights = {
    input: [
      [0, 0],
      [2, 0],
    ],
    weight: [1, 3],
  };
  const hot = [
    [1, 0],
    [0, 1],
  ];

  test('1: a weighted mean divides by Σ w of the classes, but by N of probabilities', () => {
    const [a, b] = valuesOf(crossEntropy, { ...weights, target: [0, 1] }, none);
    expect(a).toBe(Math.LN2);
    expect(b).toBeCloseTo(6.380784, 6);
    expect(answerOf(crossEntropy, { ...weights, target: [0, 1] })).toBeCloseTo(1.768483, 6);
    expect(answerOf(crossEntropy, { ...weights, target: hot })).toBeCloseTo(3.536966, 6);
  });
  test('2: so does label smoothing with weights', () => {
    const half = { labelSmoothing: 0.5 };
    expect(answerOf(crossEntropy, { ...weights, target: [0, 1] }, half)).toBeCloseTo(1.46426, 6);
    expect(answerOf(crossEntropy, { ...weights, target: hot }, half)).toBeCloseTo(2.92852, 6);
  });
  test('3: where everything is ignored the mean is NaN, the sum 0, the gradient 0', () => {
    const ignored = { input: [[1, 2]], target: [-100] };
    for (const op of [crossEntropy, nllLoss]) {
      expect(answerOf(op, ignored)).toBe(NaN);
      expect(answerOf(op, ignored, total)).toBe(0);
      expect(slopesOf(op, ignored)).toEqual([0, 0]);
    }
  });
  test('4: of a single sample the mean does not see the weight', () => {
    const one = { input: [0, 0], target: 0, weight: [7, 1] };
    expect(answerOf(crossEntropy, one)).toBe(Math.LN2);
  });
  test('5: a masked class costs nothing, as an index and as a probability of 0', () => {
    expect(answerOf(crossEntropy, { input: [-Infinity, 0], target: 1 })).toBe(0);
    expect(answerOf(crossEntropy, { input: [-Infinity, 0], target: [0, 1] })).toBe(0);
    const smooth = { labelSmoothing: 0.125 };
    expect(answerOf(crossEntropy, { input: [-Infinity, 0], target: 1 }, smooth)).toBe(Infinity);
  });
  test('6: ignoreIndex need not be a class', () => {
    const rows = [
      [1, 2, 3],
      [0, 0, 0],
    ];
    const ignore = { ignoreIndex: 255 };
    const answer = answerOf(crossEntropy, { input: rows, target: [255, 0] }, ignore);
    expect(answer).toBeCloseTo(1.098612, 6);
    expect(() => answerOf(crossEntropy, { input: rows, target: [-1, 0] })).toThrow(RangeError);
  });
  test('7: an ignored row with NaN adds nothing, also to the gradient', () => {
    const rows = {
      input: [
        [1, 0],
        [NaN, 0],
      ],
      target: [0, -100],
    };
    expect(answerOf(crossEntropy, rows, total)).toBeCloseTo(0.3132617, 7);
    expect(slopesOf(crossEntropy, rows, 'input', total).slice(2)).toEqual([0, 0]);
  });
  test('a sample with NaN leaves the gradients of the others alone', () => {
    const rows = {
      input: [
        [NaN, 0, 1],
        [0, -2, -15],
      ],
      target: [1, 0],
      weight: [0.5, 0, 0],
    };
    const slopes = slopesOf(crossEntropy, rows, 'input', { labelSmoothing: 0.25 });
    expect(slopes.slice(3).every((x) => Math.abs(x) < 1)).toBe(true);
  });
  test('8: label smoothing below 0 or above 1 is refused', () => {
    const one = { input: [[1, 2, 3]], target: [2] };
    for (const labelSmoothing of [-0.5, 1.5])
      expect(() => answerOf(crossEntropy, one, { labelSmoothing })).toThrow(RangeError);
  });
  test('10: the weighted mean of binary cross-entropy divides by the count', () => {
    const two = { input: [0.5, 0.5], target: [1, 1], weight: [1, 3] };
    expect(answerOf(binaryCrossEntropy, two)).toBeCloseTo(1.386294, 6);
  });
  test('11: the clamp at 100, its slope, and no clamp on logits', () => {
    expect(answerOf(binaryCrossEntropy, { input: 0, target: 1 })).toBe(100);
    expect(slopesOf(binaryCrossEntropy, { input: 0, target: 1 })).toEqual([0]);
    expect(slopesOf(binaryCrossEntropy, { input: 1, target: 0 })).toEqual([0]);
    expect(answerOf(binaryCrossEntropyWithLogits, { input: -200, target: 1 })).toBe(200);
  });
  test('12: an infinite logit costs 0 on the right side and ∞ on the wrong one', () => {
    const cases = [
      [Infinity, 1, 0],
      [-Infinity, 0, 0],
      [-Infinity, 1, Infinity],
      [Infinity, 0, Infinity],
    ];
    for (const [input, target, value] of cases as [number, number, number][]) {
      expect(answerOf(binaryCrossEntropyWithLogits, { input, target })).toBe(value);
      expect(slopesOf(binaryCrossEntropyWithLogits, { input, target }).map(Math.abs)).toEqual([
        value === 0 ? 0 : 1,
      ]);
    }
  });
  test('13: mean and batchmean of KL', () => {
    const row = { input: [[-1, -2]], target: [[0.5, 0.5]] };
    expect(answerOf(klDiv, row)).toBeCloseTo(0.403426, 6);
    expect(answerOf(klDiv, row, { reduction: 'batchmean' })).toBeCloseTo(0.806853, 6);
  });
  test('14: KL of a target of 0 is 0 even at −∞, its slope −∞ in the target', () => {
    expect(answerOf(klDiv, { input: -Infinity, target: 0 })).toBe(0);
    expect(slopesOf(klDiv, { input: -2, target: 0 }, 'target')).toEqual([-Infinity]);
    expect(slopesOf(klDiv, { input: -2, target: 0 })).toEqual([0]);
    const log = { logTarget: true };
    for (const input of [-2, -Infinity]) {
      const nothing = { input, target: -Infinity };
      expect(answerOf(klDiv, nothing, log)).toBe(0);
      expect(slopesOf(klDiv, nothing, 'target', log)).toEqual([0]);
    }
    expect(answerOf(klDiv, { input: -1, target: -0.5 })).toBe(NaN);
  });
  test('38: nll-loss takes no logarithm', () => {
    expect(answerOf(nllLoss, { input: [[3, 1]], target: [0] })).toBe(-3);
  });
  test('39: of nothing the mean is NaN and the sum 0', () => {
    for (const op of [nllLoss, crossEntropy, reverseCrossEntropy, symmetricCrossEntropy]) {
      const nothing = { input: tensor([0, 3], []), target: tensor([0], [], 'i64') };
      expect(evaluate(op, nothing).cells[0]!.value).toBe(NaN);
      expect(evaluate(op, nothing, total).cells[0]!.value).toBe(0);
    }
    for (const op of [binaryCrossEntropy, binaryCrossEntropyWithLogits, klDiv]) {
      const nothing = { input: tensor([0, 3], []), target: tensor([0, 3], []) };
      expect(evaluate(op, nothing).cells[0]!.value).toBe(NaN);
      expect(evaluate(op, nothing, total).cells[0]!.value).toBe(0);
    }
  });
});

describe('clamps of reverse cross-entropy', () => {
  const eps = { eps: 0.5, probabilityEps: 0.5 };

  test('at the clamp the probability still counts, below it does not', () => {
    const at = slopesOf(reverseCrossEntropy, { input: [0, 0], target: 0 }, 'input', eps);
    expect(at).toEqual([-Math.LN2 / 4, Math.LN2 / 4]);
    const below = slopesOf(reverseCrossEntropy, { input: [1, 0], target: 0 }, 'input', eps);
    expect(below).toEqual([0, 0]);
  });
  test('eps = 1 makes every label certain', () => {
    expect(answerOf(reverseCrossEntropy, { input: [1, 0], target: 0 }, { eps: 1 })).toBe(0);
  });
  test('a masked class has the probability probabilityEps', () => {
    const masked = { input: [0, -Infinity], target: 0 };
    expect(answerOf(reverseCrossEntropy, masked, { eps: 0.5, probabilityEps: 0.25 })).toBe(
      Math.LN2 / 4,
    );
  });
  test('a = 0 silences an infinite cross-entropy', () => {
    const wrong = { input: [-Infinity, 0], target: 0 };
    expect(answerOf(symmetricCrossEntropy, wrong)).toBe(Infinity);
    const reverse = answerOf(reverseCrossEntropy, wrong);
    expect(answerOf(symmetricCrossEntropy, wrong, { a: 0 })).toBe(reverse);
    expect(answerOf(symmetricCrossEntropy, wrong, { a: 0, b: 2 })).toBe(2 * reverse);
  });
});

describe('slopes in targets', () => {
  test('of an infinite logit are infinite, unless the weight is 0', () => {
    const right = { input: Infinity, target: 1 };
    expect(slopesOf(binaryCrossEntropyWithLogits, right, 'target')).toEqual([-Infinity]);
    const silent = { ...right, weight: 0 };
    expect(slopesOf(binaryCrossEntropyWithLogits, silent, 'target')).toEqual([0]);
    const masked = { input: [-Infinity, 0], target: [0, 1] };
    expect(slopesOf(crossEntropy, masked, 'target')).toEqual([Infinity, 0]);
    expect(slopesOf(crossEntropy, { ...masked, weight: [0, 1] }, 'target')).toEqual([0, 0]);
  });
  test('of a logit are exact, and certified where they are ties', () => {
    const [input, weight] = [-5.5322265625, 6.228515625];
    const tie = given(binaryCrossEntropyWithLogits, { input, target: 0.375, weight });
    const [cell] = gradient(binaryCrossEntropyWithLogits, tie, {}, { wrt: 'target' }).cells;
    expect(cell!.value).toBe(Math.fround(-input * weight));
    expect(Number(cell!.lo)).toBe(Number(cell!.hi));
  });
  test('of a clamped probability are ±100', () => {
    expect(slopesOf(binaryCrossEntropy, { input: 0, target: 0.5 }, 'target')).toEqual([100]);
    expect(slopesOf(binaryCrossEntropy, { input: 1, target: 0.5 }, 'target')).toEqual([-100]);
  });
});

// Axes --------------------------------------------------------------------------------------------

describe('dim', () => {
  const shapes = [[], [3], [2, 3], [2, 3, 2]];
  const ramp = (shape: readonly number[]): Tensor =>
    tensor(
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * i) % 7),
    );

  test.each(shapes.map((shape) => [shape]))('picks an axis of [%s]', (shape) => {
    const rank = Math.max(1, shape.length);
    for (let dim = -rank; dim < rank; dim++) {
      const input = ramp(shape);
      const axis = dim < 0 ? dim + rank : dim;
      const p = evaluate(softmax, { input }, { dim });
      expect(p.shape).toEqual(shape);
      const y = evaluate(logSumExp, { input }, { dim });
      expect(y.shape).toEqual(shape.toSpliced(axis, 1));
      const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
      const length = shape[axis] ?? 1;
      for (const [i, cell] of y.cells.entries()) {
        const base = Math.floor(i / stride) * stride * length + (i % stride);
        const row = Array.from({ length }, (_, k) => Number(input.data[base + k * stride]));
        const alone = evaluate(logSumExp, { input: tensor([length], row) });
        expect(cell.value).toBe(alone.cells[0]!.value);
        const share = evaluate(softmax, { input: tensor([length], row) });
        const found = share.cells.map((_, k) => p.cells[base + k * stride]!.value);
        expect(found).toEqual(share.cells.map((c) => c.value));
      }
    }
  });
  test('beyond the axes is refused', () => {
    expect(() => evaluate(softmax, { input: ramp([2, 3]) }, { dim: 2 })).toThrow(
      new RangeError('softmax: dim = 2 should be from -2 to 1 for input of shape [2,3]'),
    );
    expect(() => evaluate(logSumExp, { input: ramp([]) }, { dim: 1 })).toThrow(RangeError);
  });
  test('of length 0 leaves nothing, whose log-sum-exp is −∞', () => {
    const input = tensor([2, 0], []);
    for (const op of [softmax, logSoftmax]) expect(evaluate(op, { input }).cells).toEqual([]);
    const values = evaluate(logSumExp, { input }).cells.map((c) => c.value);
    expect(values).toEqual([-Infinity, -Infinity]);
  });
});

describe('batchmean', () => {
  test('divides by the first axis, by 1 where there is none', () => {
    const reduction = 'batchmean';
    const rows = {
      input: [
        [-1, -2],
        [-3, -1],
        [-1, -1],
      ],
      target: [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
    };
    expect(answerOf(klDiv, rows, total)).toBe(3);
    expect(answerOf(klDiv, rows, { reduction })).toBe(1);
    expect(answerOf(klDiv, rows)).toBe(0.5);
    expect(answerOf(klDiv, { input: -3, target: 1 }, { reduction })).toBe(3);
    expect(answerOf(klDiv, { input: [-3, -1], target: [1, 1] }, { reduction })).toBe(2);
    expect(slopesOf(klDiv, rows, 'input', { reduction })[0]).toBe(-1 / 3);
  });
  test('is known to KL alone', () => {
    const row = { input: [[-1, -2]], target: [0] };
    expect(() => answerOf(nllLoss, row, { reduction: 'batchmean' })).toThrow(RangeError);
  });
});

// Refusals ----------------------------------------------------------------------------------------

describe('refusals', () => {
  const rows = {
    input: real([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    target: whole([0, 2]),
  };
  const pair = { input: real([0.5, 0.5]), target: real([0, 1]) };
  type Refusal = readonly [op: Op, tensors: Tensors, settings: object, error: Error];
  const refusals: { readonly [what: string]: Refusal } = {
    'a target of another length': [
      crossEntropy,
      { ...rows, target: whole([0, 1, 2, 0]) },
      {},
      new RangeError(
        'cross-entropy: target has shape [4] but should be [N] with N = 2 as it holds classes (i64); probabilities need a float dtype',
      ),
    ],
    'real numbers of shape [N] for cross-entropy': [
      crossEntropy,
      { ...rows, target: real([0, 1]) },
      {},
      new RangeError(
        'cross-entropy: target has shape [2] but should be [N C] with N = 2, C = 3 as it holds probabilities (f64); class indices need an integer dtype',
      ),
    ],
    'real numbers for nll-loss': [
      nllLoss,
      { ...rows, target: real([0, 1]) },
      {},
      new TypeError('nll-loss: target is f64 but should be class indices (i64, i32 or u8)'),
    ],
    'classes for binary cross-entropy': [
      binaryCrossEntropy,
      { ...pair, target: whole([0, 1]) },
      {},
      new TypeError(
        'binary-cross-entropy: target is i64 but should be real numbers (a float dtype)',
      ),
    ],
    'a label out of range': [
      nllLoss,
      { ...rows, target: whole([0, 3]) },
      {},
      new RangeError(
        'nll-loss: target has 3 but should be a class in [0, 3) or ignoreIndex = -100',
      ),
    ],
    'a negative label': [
      reverseCrossEntropy,
      { ...rows, target: whole([0, -100]) },
      {},
      new RangeError('reverse-cross-entropy: target has -100 but should be a class in [0, 3)'),
    ],
    'a probability above 1': [
      binaryCrossEntropy,
      { ...pair, input: real([0.5, 1.5]) },
      {},
      new RangeError('binary-cross-entropy: input has the value 1.5 but should be in [0, 1]'),
    ],
    'a target that is NaN': [
      binaryCrossEntropy,
      { ...pair, target: real([NaN, 1]) },
      {},
      new RangeError('binary-cross-entropy: target has the value NaN but should be in [0, 1]'),
    ],
    'a target that would be broadcast': [
      klDiv,
      { ...pair, target: real([[0.5, 0.5]]) },
      {},
      new RangeError('kl-div: target has shape [1,2] but should be [*] with * = 2'),
    ],
    'a weight that does not broadcast': [
      binaryCrossEntropyWithLogits,
      { ...pair, posWeight: real([1, 2, 3]) },
      {},
      new RangeError(
        'binary-cross-entropy-with-logits: posWeight has shape [3] but should be [*] with * = 2',
      ),
    ],
    'a weight that belongs to other classes': [
      nllLoss,
      { ...rows, weight: real([1, 2]) },
      {},
      new RangeError('nll-loss: weight has shape [2] but should be [C] with C = 3'),
    ],
    'a weight matrix for vectors of another length': [
      linear,
      { input: real([[1, 2]]), weight: real([[1, 2, 3]]) },
      {},
      new RangeError('linear: weight has shape [1,3] but should be [C D] with D = 2'),
    ],
    'a number where a vector is due': [
      linear,
      { input: real(1), weight: real([[1]]) },
      {},
      new RangeError('linear: input has shape [] but should be [* D]'),
    ],
    'an unknown parameter': [
      relu,
      { input: real(1) },
      { alpha: 1 },
      new TypeError('relu: there is no parameter alpha; there is none'),
    ],
    'an unknown input': [
      relu,
      { input: real(1), bias: real(1) },
      {},
      new TypeError('relu: there is no input bias; there is input'),
    ],
    'a missing input': [
      nllLoss,
      { input: rows.input },
      {},
      new TypeError('nll-loss: target is missing'),
    ],
    'an unknown reduction': [
      nllLoss,
      rows,
      { reduction: 'bogus' },
      new RangeError("nll-loss: reduction = 'bogus' should be one of mean, sum, none"),
    ],
    'a parameter of another kind': [
      softplus,
      { input: real(1) },
      { beta: '1' },
      new TypeError(`softplus: beta = '1' should be a number from ${2 ** -20} to ${2 ** 20}`),
    ],
    'beta = 0': [
      softplus,
      { input: real(1) },
      { beta: 0 },
      new RangeError(`softplus: beta = 0 should be a number from ${2 ** -20} to ${2 ** 20}`),
    ],
    'eps = 0': [
      symmetricCrossEntropy,
      rows,
      { eps: 0 },
      new RangeError('symmetric-cross-entropy: eps = 0 should be a number from 1e-300 to 1'),
    ],
    'a threshold that is NaN': [
      softplus,
      { input: real(1) },
      { threshold: NaN },
      new RangeError('softplus: threshold = NaN should be a number from -Infinity to Infinity'),
    ],
    'an ignoreIndex beside probabilities': [
      crossEntropy,
      {
        input: rows.input,
        target: real([
          [1, 0, 0],
          [0, 1, 0],
        ]),
      },
      { ignoreIndex: 0 },
      new RangeError(
        'cross-entropy: ignoreIndex = 0 should be left out: target holds probabilities',
      ),
    ],
    'ignoreIndex for reverse cross-entropy': [
      reverseCrossEntropy,
      rows,
      { ignoreIndex: 0 },
      new TypeError(
        'reverse-cross-entropy: there is no parameter ignoreIndex; there is eps, probabilityEps, reduction',
      ),
    ],
  };

  test.each(Object.entries(refusals))('%s', (_, [op, tensors, settings, error]) => {
    expect(() => evaluate(op, tensors, settings)).toThrow(error);
    expect(() => evaluate(op, tensors, settings)).toThrow(error.constructor as never);
  });
  test('a gradient with respect to classes or a weight', () => {
    for (const wrt of ['target', 'bias'])
      expect(() => gradient(nllLoss, rows, {}, { wrt })).toThrow(TypeError);
  });
});
