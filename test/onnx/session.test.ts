import { expect, test } from 'vitest';
import type { Graph } from '../../conformance/onnx/graph.ts';
import { runGraph } from '../../conformance/onnx/session.ts';

const adding = (constant: number): Graph => ({
  opset: 13,
  inputs: [{ name: 'x', dtype: 'f64', shape: ['n'] }],
  initializers: [{ name: 'c', dtype: 'f64', shape: [], values: [constant] }],
  nodes: [{ op: 'Add', inputs: ['x', 'c'], outputs: ['y'], attributes: {} }],
  outputs: [{ name: 'y', dtype: 'f64' }],
});

const add = async (constant: number, ...x: number[]): Promise<number[]> => {
  const data = Float64Array.from(x);
  const { y } = await runGraph(adding(constant), { x: { dtype: 'f64', shape: [x.length], data } });
  return Array.from(y!.data, Number);
};

test('one model takes every size, none included', async () => {
  expect(await add(1, 1, 2, 3)).toEqual([2, 3, 4]);
  expect(await add(1)).toEqual([]);
});

test('models that differ in what JSON cannot say are different models', async () => {
  expect(await add(Number.POSITIVE_INFINITY, 1)).toEqual([Number.POSITIVE_INFINITY]);
  expect(await add(Number.NEGATIVE_INFINITY, 1)).toEqual([Number.NEGATIVE_INFINITY]);
  expect(await add(Number.NaN, 1)).toEqual([Number.NaN]);
  expect(await add(0, -0)).toEqual([0]);
  expect(await add(-0, -0)).toEqual([-0]);
});

test('more models than are kept, asked all at once, are all answered', async () => {
  const constants = [...Array.from({ length: 260 }, (_, i) => i), 0, 1, 2, 259];
  const answers = await Promise.all(constants.map((c) => add(c, 0.5)));
  expect(answers).toEqual(constants.map((c) => [c + 0.5]));
});

test('a request that ONNX Runtime refuses does not disturb the next', async () => {
  const short = { dtype: 'f64', shape: [2], data: Float64Array.of(1) } as const;
  await expect(runGraph(adding(1), { x: short })).rejects.toThrow();
  await expect(runGraph(adding(1), {})).rejects.toThrow('x is missing');
  expect(await add(1, 1)).toEqual([2]);
});
