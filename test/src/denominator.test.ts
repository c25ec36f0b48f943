/** A mean whose denominator is 0: ∞ where the losses are above 0, even if float64 does not hold them, else NaN. */
import { describe, expect, test } from 'vitest';
import * as spec from '../../spec/index.ts';
import { evaluate } from '../../spec/oracle/index.ts';
import { tensor } from '../../spec/tensor.ts';
import { crossEntropy, linearCrossEntropy } from '../../src/index.ts';
import { classes, floats } from './tensors.ts';

/** Two classes: the first is the label and has no weight. */
const [target, weight] = [classes([0], []), floats([0, 2 ** -120])];
const due = { target: tensor([], [0], 'i64'), weight: tensor([2], weight.data) };

const cases = [
  ['a loss that float64 does not hold', [-670, 0], 1, Infinity],
  ['one whose power it does not hold', [-16384, 0], 0.5, Infinity],
  ['the loss of the only class there is', [-Infinity, 0], 1, NaN],
  ['that of a class that does not count', [-670, 0], 0, NaN],
] as const;

describe.each(cases)('%s', (_, x, labelSmoothing, mean) => {
  test('of logits', () => {
    const input = floats(x);
    const reduced = (reduction: 'mean' | 'sum') =>
      crossEntropy({ input, target, weight }, { labelSmoothing, reduction }).data[0];
    expect(reduced('mean')).toBe(mean);
    expect(reduced('sum')).toBe(0);
    const both = crossEntropy.valueAndGradient({ input, target, weight }, { labelSmoothing });
    expect(both.value.data[0]).toBe(mean);
    const tensors = { ...due, input: tensor([2], x) };
    expect(evaluate(spec.crossEntropy, tensors, { labelSmoothing }).cells[0]!.value).toBe(mean);
  });
  test('where it is ignored there is nothing', () => {
    const input = floats(x);
    const ignored = { labelSmoothing, ignoreIndex: 0 };
    expect(crossEntropy({ input, target, weight }, ignored).data[0]).toBe(NaN);
  });
  test('of a layer', () => {
    const [input, linearWeight] = [floats([1]), floats(x, [2, 1])];
    const layer = { input, linearWeight, target, weight };
    expect(linearCrossEntropy(layer, { labelSmoothing }).data[0]).toBe(mean);
    expect(linearCrossEntropy(layer, { labelSmoothing, reduction: 'sum' }).data[0]).toBe(0);
    const tensors = { ...due, input: tensor([1], [1]), linearWeight: tensor([2, 1], x) };
    const { cells } = evaluate(spec.linearCrossEntropy, tensors, { labelSmoothing });
    expect(cells[0]!.value).toBe(mean);
  });
});
