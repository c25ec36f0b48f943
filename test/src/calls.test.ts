/** Ways to call an operator: with tensors or bare arrays, value and gradient at once, results into arrays that are there. */
import { describe, expect, test } from 'vitest';
import * as src from '../../src/index.ts';
import { floats } from './tensors.ts';

const X = floats([-1, 2]);
const none = { reduction: 'none' } as const;

describe('a bare array', () => {
  const x = X.data;
  const slopes = Float32Array.of(0.5, 1);
  const g = Float32Array.of(10, 100);
  const leaky = { negativeSlope: 0.5 };
  test('has bare results', () => {
    expect(src.leakyRelu(x, leaky)).toEqual(Float32Array.of(-0.5, 2));
    expect(src.leakyRelu.gradient(x, leaky)).toEqual(slopes);
    expect(src.leakyRelu.gradient(x, leaky, g)).toEqual(Float32Array.of(5, 100));
    expect(src.leakyRelu.gradient(x, leaky, null)).toEqual(slopes);
    expect(src.leakyRelu.valueAndGradient(x, leaky, g)).toEqual({
      value: Float32Array.of(-0.5, 2),
      gradient: Float32Array.of(5, 100),
    });
  });
  test('has them where they should go', () => {
    const [value, gradient] = [new Float32Array(2), new Float32Array(2)];
    expect(src.leakyRelu(x, leaky, value)).toBe(value);
    expect(src.leakyRelu.gradient(x, leaky, undefined, gradient)).toBe(gradient);
    const both = src.leakyRelu.valueAndGradient(x, leaky, undefined, { value, gradient });
    expect([both.value === value, both.gradient === gradient]).toEqual([true, true]);
    expect([value, gradient]).toEqual([Float32Array.of(-0.5, 2), slopes]);
  });
});

describe('tensors', () => {
  test('have value and gradient at once, of whatever kind the operator is', () => {
    const row = floats([0, 0], [1, 2]);
    expect(src.leakyRelu.valueAndGradient({ input: X }, { negativeSlope: 0.5 })).toEqual({
      value: floats([-0.5, 2]),
      gradient: { input: floats([0.5, 1]) },
    });
    expect(src.mseLoss.valueAndGradient({ input: X, target: floats([0, 0]) }, none)).toEqual({
      value: floats([1, 4]),
      gradient: { input: floats([-2, 4]), target: floats([2, -4]) },
    });
    expect(src.softmax.valueAndGradient({ input: row })).toEqual({
      value: floats([0.5, 0.5], [1, 2]),
      gradient: { input: floats([0, 0], [1, 2]) },
    });
  });
  test('remember no parameters of the call before', () => {
    const at = (negativeSlope: number) => src.leakyRelu(X.data, { negativeSlope })[0];
    expect([at(0.5), at(0.25), at(0.5), src.leakyRelu(X.data)[0]]).toEqual([
      ...[-0.5, -0.25, -0.5, Math.fround(-0.01)],
    ]);
  });
  test('are weighed', () => {
    const weight = floats([3, 1]);
    const given = { input: X, target: floats([0, 0]), weight };
    expect(src.mseLoss(given, none).data).toEqual(Float32Array.of(3, 4));
    expect(src.mseLoss(given, { reduction: 'sum' }).data).toEqual(Float32Array.of(7));
    expect(src.mseLoss(given).data).toEqual(Float32Array.of(1.75));
    expect(src.mseLoss.gradient(given).input.data).toEqual(Float32Array.of(-1.5, 1));
  });
});

test('a NaN far inside changes its own term alone', () => {
  const row = (odd: number) => {
    const input = floats(Array.from({ length: 9000 }, (_, i) => (i === 8000 ? odd : -(i % 7))));
    const target = floats(Array.from({ length: 9000 }, (_, i) => (i % 5) / 8));
    return {
      value: src.klDiv({ input, target }, none),
      slopes: src.klDiv.gradient({ input, target }),
    };
  };
  const others = ({ data }: { data: Float32Array }) => data.with(8000, 0).map((x) => x + 0);
  const [plain, odd] = [row(-1), row(NaN)];
  expect(odd.value.data[8000]).toBeNaN();
  expect(others(odd.value)).toEqual(others(plain.value));
  expect(others(odd.slopes.input)).toEqual(others(plain.slopes.input));
});

describe('errors name the argument', () => {
  const short = new Float32Array(1);
  const pair = { input: X, target: X };
  const row = floats([0, 0], [1, 2]);
  test.each<[() => unknown, string]>([
    [() => src.sigmoid(null as never), 'sigmoid: inputs should be tensors by name: { input }'],
    [() => src.sigmoid('x' as never), 'sigmoid: inputs should be tensors by name: { input }'],
    [() => src.mseLoss(undefined as never), 'mse-loss: inputs should be tensors by name: { input'],
    [() => src.sigmoid({ input: X }, {}, short), 'sigmoid: out holds 1 elements'],
    [
      () => src.sigmoid.gradient({ input: X }, {}, undefined, { input: short }),
      'sigmoid: out.input holds 1 elements',
    ],
    [() => src.sigmoid.gradient({ input: X }, {}, row), 'sigmoid: gradOut has shape [1, 2]'],
    [
      () => src.sigmoid.gradient({ input: X }, {}, { data: [1, 1], shape: [2] } as never),
      'sigmoid: gradOut holds Array',
    ],
    [
      () => src.softmax.valueAndGradient({ input: row }, {}, undefined, { value: short }),
      'softmax: out.value holds 1 elements',
    ],
    [
      () =>
        src.crossEntropy.valueAndGradient(
          { input: row, target: floats([1, 0], [1, 2]) },
          { reduction: 'none' },
          undefined,
          { value: new Float32Array(2) },
        ),
      'cross-entropy: out.value holds 2 elements',
    ],
    [() => src.mseLoss({ target: X } as never), 'mse-loss: input is missing'],
    [() => src.mseLoss({ input: X } as never), 'mse-loss: target is missing'],
    [() => src.mseLoss({ ...pair, weight: row }), 'mse-loss: weight has shape [1, 2]'],
    [
      () => src.mseLoss({ ...pair, weight: { data: [1, 1], shape: [2] } as never }),
      'mse-loss: weight holds Array',
    ],
    [
      () => src.gaussianNllLoss({ ...pair, var: floats([1, -1]) }),
      'gaussian-nll-loss: var[1] is -1 but should be in [0, Infinity]',
    ],
    [() => src.klDiv({ target: X } as never), 'kl-div: input is missing'],
    [() => src.klDiv({ input: X } as never), 'kl-div: target is missing'],
    [() => src.klDiv({ input: X, target: row }), 'kl-div: target has shape [1, 2]'],
    [
      () =>
        src.binaryCrossEntropy({
          ...{ input: floats([0.5]), target: floats([0.5]) },
          weight: { data: [1], shape: [1] } as never,
        }),
      'binary-cross-entropy: weight holds Array',
    ],
    [
      () =>
        src.binaryCrossEntropy({
          ...{ input: floats([0.5]), target: floats([0.5]), weight: row },
        }),
      'binary-cross-entropy: weight has shape [1, 2]',
    ],
  ])('%s', (call, says) => expect(call).toThrow(says));
});
