/** Cross-entropy in kernels: accuracy against MPFR, and what sharing the work must not change. */
import { describe, expect, test } from 'vitest';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  logSoftmax,
  nllLoss,
  reverseCrossEntropy,
  softmax,
  symmetricCrossEntropy,
} from '../../src/index.ts';
import { nearest, softmaxRow } from './mpfr.ts';
import { random } from './patterns.ts';
import { ulps } from './ulps.ts';

const next = random(17);
const logits = (size: number, spread: number): Float32Array =>
  Float32Array.from({ length: size }, () => (next() - 0.5) * spread);

describe('of a class', () => {
  test('the loss is correctly rounded, its gradient within 0.502 ulp', () => {
    let worst = 0;
    for (const spread of [2 ** -20, 0.1, 1, 8, 40, 200]) {
      for (const n of [1, 2, 3, 10, 101, 300]) {
        const data = logits(n, spread);
        const y = Math.floor(next() * n);
        const truth = softmaxRow(data);
        const inputs = { input: { data, shape: [n] }, target: { data: [y], shape: [] } };
        const { value, gradient } = crossEntropy.valueAndGradient(inputs);
        expect(value.data[0]).toBe(Math.fround(0 - truth.log[y]!));
        gradient.input.data.forEach((slope, i) => {
          const due = i === y ? -truth.complement(y) : truth.p[i]!;
          worst = Math.max(worst, ulps(slope, due));
        });
      }
    }
    expect(worst).toBeGreaterThan(0.45);
    expect(worst).toBeLessThan(0.502);
  });
});

describe('reverse, of a class', () => {
  const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  /** −ln eps times the loss and the slopes of 1 − p_y, clamped. */
  const truthOf = (data: Float32Array, y: number, eps: number, floor: number) => {
    const { p, log, complement } = softmaxRow(data);
    const isFree = (k: number) => k !== y && p[k]! >= floor;
    const inside = total(p.filter((_, k) => isFree(k)));
    const outside = total(p.filter((_, k) => !isFree(k)));
    const b = -nearest.log!(eps);
    return {
      loss: b * total(p.map((v, k) => (k === y ? 0 : Math.max(v, floor)))),
      slopes: p.map((v, j) => b * v * (isFree(j) ? outside : -inside)),
      entropy: 0 - log[y]!,
      entropySlopes: p.map((v, j) => (j === y ? -complement(y) : v)),
    };
  };
  const inputsOf = (data: Float32Array, y: number) => ({
    input: { data, shape: [data.length] },
    target: { data: [y], shape: [] },
  });
  test('losses are correctly rounded, also symmetric ones, gradients within 0.502 ulp', () => {
    let worst = 0;
    let clamped = 0;
    for (const spread of [2 ** -20, 0.1, 1, 8, 40, 200]) {
      for (const n of [1, 2, 3, 10, 101, 300]) {
        for (const floor of [undefined, 1e-30, 1e-2, 0.3]) {
          const data = logits(n, spread);
          // Every other class is sure.
          const y = next() < 0.5 ? Math.floor(next() * n) : data.indexOf(Math.max(...data));
          const eps = 1e-4;
          const truth = truthOf(data, y, eps, floor ?? eps);
          if (truth.slopes.some((slope, k) => k !== y && slope < 0)) clamped++;
          const params = { eps, probabilityEps: floor, a: 0.75, b: 2 };
          const reverse = reverseCrossEntropy.valueAndGradient(inputsOf(data, y), {
            ...{ eps, probabilityEps: floor },
          });
          expect(reverse.value.data[0]).toBe(Math.fround(truth.loss));
          const both = symmetricCrossEntropy.valueAndGradient(inputsOf(data, y), params);
          expect(both.value.data[0]).toBe(Math.fround(0.75 * truth.entropy + 2 * truth.loss));
          truth.slopes.forEach((due, i) => {
            const sum = 0.75 * truth.entropySlopes[i]! + 2 * due;
            worst = Math.max(worst, ulps(reverse.gradient.input.data[i]!, due));
            worst = Math.max(worst, ulps(both.gradient.input.data[i]!, sum));
          });
        }
      }
    }
    expect(clamped).toBeGreaterThan(20);
    expect(worst).toBeGreaterThan(0.45);
    expect(worst).toBeLessThan(0.502);
  });
  test('which classes are clamped is decided exactly', () => {
    for (let round = 0; round < 100; round++) {
      const data = logits(12, 6);
      const { p } = softmaxRow(data);
      const k = 1 + Math.floor(next() * 11);
      for (const side of [-1, 1]) {
        // Nearer than float64 sums tell apart, further than its last digit.
        const floor = p[k]! * (1 + side * 2 ** -49);
        const { input } = reverseCrossEntropy.gradient(inputsOf(data, 0), {
          probabilityEps: floor,
        });
        expect(input.data[k]! > 0).toBe(side < 0);
      }
    }
  });
  test('parts that cancel keep their digits', () => {
    let worst = 0;
    for (let round = 0; round < 100; round++) {
      const data = Float32Array.of(next(), 2 * next(), 2 * next(), -40);
      const { p } = softmaxRow(data);
      // The last class is clamped, and its slope p₃ (a − inside) next to 0.
      const inside = nearest.log!(2) * (p[1]! + p[2]!);
      const a = inside * (1 + 2 ** -24);
      const params = { a, eps: 0.5, probabilityEps: 1e-6 };
      const { input } = symmetricCrossEntropy.gradient(inputsOf(data, 0), params);
      worst = Math.max(worst, ulps(input.data[3]!, p[3]! * (a - inside)));
    }
    expect(worst).toBeLessThan(0.6);
  });
  test.each(['mean', 'sum', 'none'] as const)('%s and its gradient, together', (reduction) => {
    const inputs = {
      input,
      target: { data: classes.data.map((y) => Math.abs(y) % C), shape: [N] },
    };
    for (const op of [reverseCrossEntropy, symmetricCrossEntropy]) {
      for (const probabilityEps of [1e-7, 1e-2, 1 / C]) {
        const params = { reduction, probabilityEps };
        const both = op.valueAndGradient(inputs, params);
        expect(both.value).toEqual(op(inputs, params));
        expect(both.gradient).toEqual(op.gradient(inputs, params));
      }
    }
  });
});

test('nll-loss is correctly rounded, and so is its gradient', () => {
  const [count, length] = [40, 5];
  const data = logits(count * length, 9);
  const weight = { data: logits(length, 1).map(Math.abs), shape: [length] };
  const y = Int32Array.from({ length: count }, () => Math.floor(next() * length));
  const inputs = {
    input: { data, shape: [count, length] },
    target: { data: y, shape: [count] },
    weight,
  };
  // Products of float32 are exact in float64, and 40 of one size nearly are as a sum.
  const losses = Array.from(y, (c, s) => -weight.data[c]! * data[s * length + c]!);
  const weights = y.reduce((a, c) => a + weight.data[c]!, 0);
  const none = { reduction: 'none' as const };
  expect([...nllLoss(inputs, none).data]).toEqual(losses.map(Math.fround));
  const loss = losses.reduce((a, b) => a + b, 0) / weights;
  expect(nllLoss(inputs).data[0]).toBe(Math.fround(loss));
  const out = { input: new Float32Array(count * length).fill(NaN) };
  const slopes = Array.from(out.input, (_, i) => {
    const c = y[Math.floor(i / length)]!;
    return i % length === c ? Math.fround(-weight.data[c]! / weights) : 0;
  });
  expect([...nllLoss.gradient(inputs, {}, null, out).input.data]).toEqual(slopes);
});

const [N, C] = [7, 33];
const input = { data: logits(N * C, 20), shape: [N, C] };
const weight = { data: logits(C, 1).map(Math.abs), shape: [C] };
const classes = {
  data: Int32Array.from({ length: N }, (_, i) => (i === 3 ? -100 : (i * 5) % C)),
  shape: [N],
};
const distribution = {
  data: softmax({ input: { ...input, data: logits(N * C, 3) } }).data,
  shape: [N, C],
};

const cases = [
  ['classes', { input, target: classes }, {}],
  ['weighted classes', { input, target: classes, weight }, {}],
  ['smoothed classes', { input, target: classes, weight }, { labelSmoothing: 0.2 }],
  ['distributions', { input, target: distribution, weight }, { labelSmoothing: 0.1 }],
] as const;

describe.each(cases)('of %s', (_, inputs, params) => {
  test.each(['mean', 'sum', 'none'] as const)(
    '%s and its gradient are the same together',
    (reduction) => {
      const all = { ...params, reduction };
      const both = crossEntropy.valueAndGradient(inputs, all);
      expect(both.value).toEqual(crossEntropy(inputs, all));
      expect(both.gradient).toEqual(crossEntropy.gradient(inputs, all));
    },
  );
  test('a row with NaN is NaN and leaves the others as they are', () => {
    const data = input.data.slice();
    data[2 * C + 5] = NaN;
    const none = { ...params, reduction: 'none' as const };
    const due = crossEntropy.valueAndGradient(inputs, none);
    const got = crossEntropy.valueAndGradient({ ...inputs, input: { ...input, data } }, none);
    expect([...got.value.data]).toEqual([...due.value.data].with(2, NaN));
    const slopes = [...due.gradient.input.data].fill(NaN, 2 * C, 3 * C);
    expect([...got.gradient.input.data]).toEqual(slopes);
  });
  test('classes along the second of three axes are the same numbers', () => {
    // [N, C, 2]: sample (n, 1) is sample n, sample (n, 0) is the next one.
    const at = (n: number, d: number) => (n + 1 - d) % N;
    const spread = (data: Float32Array) =>
      Float32Array.from({ length: 2 * N * C }, (_, i) => {
        const [n, c, d] = [Math.floor(i / (2 * C)), Math.floor(i / 2) % C, i % 2];
        return data[at(n, d) * C + c]!;
      });
    const target =
      inputs.target === distribution
        ? { data: spread(distribution.data), shape: [N, C, 2] }
        : {
            data: Int32Array.from({ length: 2 * N }, (_, i) => classes.data[at(i >> 1, i % 2)]!),
            shape: [N, 2],
          };
    const wide = { ...inputs, input: { data: spread(input.data), shape: [N, C, 2] }, target };
    const none = { ...params, reduction: 'none' as const };
    const due = crossEntropy.valueAndGradient(inputs, none);
    const got = crossEntropy.valueAndGradient(wide, none);
    expect([...got.value.data].filter((_, i) => i % 2)).toEqual([...due.value.data]);
    expect(got.gradient.input.data).toEqual(spread(due.gradient.input.data));
  });
});

describe('given arrays', () => {
  test('valueAndGradient writes to them', () => {
    const out = { value: new Float32Array(1), gradient: { input: new Float32Array(N * C) } };
    const inputs = { input, target: classes };
    const { value, gradient } = crossEntropy.valueAndGradient(inputs, {}, null, out);
    expect(value.data).toBe(out.value);
    expect(gradient.input.data).toBe(out.gradient.input);
    expect({ value, gradient }).toEqual(crossEntropy.valueAndGradient(inputs));
  });
  test('the gradient may be written over the logits', () => {
    const data = input.data.slice();
    data[4] = -Infinity;
    const inputs = { input: { data, shape: [N, C] }, target: classes };
    const due = crossEntropy.gradient(inputs).input;
    expect(crossEntropy.gradient(inputs, {}, null, { input: data }).input).toEqual(due);
  });
  test('rows that are longer than what is copied at once, and many', () => {
    for (const [rows, length] of [
      [3, 20_011],
      [2000, 11],
    ] as const) {
      const data = logits(rows * length, 9);
      const all = logSoftmax({ input: { data, shape: [rows, length] } }).data;
      for (const r of [0, 1, rows - 1]) {
        const own = data.slice(r * length, (r + 1) * length);
        const row = logSoftmax({ input: { data: own, shape: [length] } }).data;
        expect(all.subarray(r * length, (r + 1) * length)).toEqual(row);
      }
    }
  });
});

describe('binary cross-entropy', () => {
  const x = Float32Array.of(
    0,
    1,
    2 ** -149,
    2 ** -144,
    1 - 2 ** -24,
    0.5 + 2 ** -20,
    0.5,
    0.34,
    0.9,
  );
  const shape = [x.length];
  test('is ln of either side, next to 0, ½ and 1 too', () => {
    for (const t of [0, 1, 0.25]) {
      const target = { data: x.map(() => t), shape };
      const none = { reduction: 'none' as const };
      const { value, gradient } = binaryCrossEntropy.valueAndGradient(
        { input: { data: x, shape }, target },
        none,
      );
      x.forEach((p, i) => {
        const [yes, no] = [p, 1 - p].map((v) => Math.max(nearest.log!(v), -100)) as [
          number,
          number,
        ];
        const exact = p < 0.5 ? Math.max(nearest.log1p!(-p), -100) : no;
        expect(ulps(value.data[i]!, -(t * yes + (1 - t) * exact))).toBeLessThan(0.501);
        const odds = p > 0.4 && p < 0.6 ? nearest.log1p!((1 - 2 * p) / p) : exact - yes;
        expect(ulps(gradient.target.data[i]!, odds)).toBeLessThan(0.501);
        const clamped = yes === -100 ? (1 - t) / (1 - p) : (p - t) / (p * (1 - p));
        expect(gradient.input.data[i]).toBe(Math.fround(p === 1 ? -t : clamped));
      });
    }
  });
});

describe('binary cross-entropy with logits', () => {
  const size = 10_000;
  const shape = [size];
  const pair = {
    input: { data: logits(size, 30), shape },
    target: { data: Float32Array.from({ length: size }, next), shape },
  };
  const weights = {
    weight: { data: logits(size, 1), shape },
    posWeight: { data: Float32Array.of(3), shape: [1] },
  };
  test.each([
    ['plain', pair],
    ['weighted', { ...pair, ...weights }],
  ])('%s, value and gradient are the same together, each and in sum', (_, inputs) => {
    for (const reduction of ['mean', 'none'] as const) {
      const both = binaryCrossEntropyWithLogits.valueAndGradient(inputs, { reduction });
      expect(both.value).toEqual(binaryCrossEntropyWithLogits(inputs, { reduction }));
      expect(both.gradient).toEqual(binaryCrossEntropyWithLogits.gradient(inputs, { reduction }));
    }
  });
  test('weights of 1 change no more than the last bit', () => {
    const ones = { data: Float32Array.of(1), shape: [1] };
    const none = { reduction: 'none' as const };
    const plain = binaryCrossEntropyWithLogits(pair, none).data;
    const weighted = binaryCrossEntropyWithLogits({ ...pair, weight: ones, posWeight: ones }, none);
    weighted.data.forEach((loss, i) => {
      expect(ulps(loss, plain[i]!)).toBeLessThanOrEqual(1);
    });
  });
  test('one infinite logit among many is exact, and so are the others', () => {
    const data = pair.input.data.slice();
    data[5000] = Infinity;
    const none = { reduction: 'none' as const };
    const due = [...binaryCrossEntropyWithLogits(pair, none).data].with(5000, Infinity);
    const got = binaryCrossEntropyWithLogits({ ...pair, input: { data, shape } }, none).data;
    got.forEach((loss, i) => {
      expect(ulps(loss, due[i]!)).toBeLessThanOrEqual(1);
    });
  });
});
