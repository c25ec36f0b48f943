import { expect, test } from 'vitest';
import { runGraph } from '../conformance/onnx/session.ts';
import {
  add,
  exp,
  input,
  log1p,
  mul,
  real,
  softplus,
  type Term,
  toGraph,
} from './graphs/expression.ts';

const at = async (term: Term, ...x: number[]): Promise<number[]> => {
  const graph = toGraph(term, [{ name: 'x', dtype: 'f64', shape: ['n'] }]);
  const data = Float64Array.from(x);
  const answers = await runGraph(graph, { x: { dtype: 'f64', shape: [x.length], data } });
  return Array.from(answers[graph.outputs[0]!.name]!.data, Number);
};

test('a formula is a graph', async () => {
  expect(await at(add(mul(input('x'), input('x')), real(0.1)), 0, 3)).toEqual([0.1, 9.1]);
  expect(await at(input('x'), 4)).toEqual([4]);
});

test('a term that occurs twice is written once', () => {
  const e = exp(input('x'));
  expect(toGraph(add(e, e), []).nodes.map(({ op }) => op)).toEqual(['Exp', 'Add', 'Identity']);
});

test('log1p keeps its digits', async () => {
  const points = [1e-300, -1e-20, 1e-16, 3e-10, -0.5, 1, 1e10];
  const values = await at(log1p(input('x')), ...points);
  values.forEach((y, i) => {
    expect(Math.abs(y / Math.log1p(points[i]!) - 1)).toBeLessThan(1e-15);
  });
  expect(await at(log1p(input('x')), 0, -1)).toEqual([0, Number.NEGATIVE_INFINITY]);
});

test('softplus keeps its digits in the tail', async () => {
  const [tail, middle, line] = await at(softplus(input('x')), -40, 0, 800);
  expect(Math.abs(tail! / Math.exp(-40) - 1)).toBeLessThan(1e-15);
  expect(middle).toBeCloseTo(Math.LN2, 15);
  expect(line).toBe(800);
});
