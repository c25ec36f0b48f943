/** Logits of a linear layer: their distances keep what float64 has no room for. */
import { expect, test } from 'vitest';
import { distances, layerOf } from '../../src/linear-layer.ts';
import { floats } from './tensors.ts';

const of = (x: readonly number[], W: readonly (readonly number[])[], bias?: readonly number[]) =>
  layerOf('it', {
    input: floats(x, [1, x.length]),
    linearWeight: floats(W.flat(), [W.length, x.length]),
    ...(bias ? { linearBias: floats(bias, [bias.length]) } : {}),
  } as never);

test('two logits of 2^60 may differ by a half', () => {
  const layer = of(
    [2 ** 60, 1],
    [
      [1, 1],
      [1, 0.5],
      [1, 0.25],
    ],
  );
  expect([...distances(layer, 0)]).toEqual([0, -0.5, -0.75]);
});
test('the bias counts', () => {
  expect([...distances(of([1], [[2], [3]], [5, 1]), 0)]).toEqual([0, -3]);
});
test('what is missing or of another kind is named', () => {
  const given = { input: floats([1], [1, 1]), linearWeight: floats([1], [1, 1]) };
  const call = (more: object) => () => layerOf('it', { ...given, ...more } as never);
  expect(call({ linearBias: { data: [1], shape: [1] } })).toThrow('it: linearBias holds Array');
  expect(call({ linearBias: floats([1, 1], [2]) })).toThrow('it: linearBias has shape [2]');
  expect(call({ linearWeight: floats([1], [1]) })).toThrow('it: linearWeight has shape [1]');
  expect(call({ input: floats([1, 1], [1, 2]) })).toThrow('should be [N? F] with F = 1');
});
