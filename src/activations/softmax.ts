/**
 * # Softmax
 *
 *     pᵢ = e^(xᵢ − m)/Σⱼ e^(xⱼ − m),   m = max x
 *     Σⱼ uⱼ ∂pⱼ/∂xᵢ = pᵢ (uᵢ − Σⱼ uⱼ pⱼ)
 *
 * The cotangent u is taken relative to that of the most probable element, which changes nothing but
 * rounding: a constant u then has the gradient 0, and a dominant element keeps its digits.
 */
import { constant, input } from '../kernel/expression.ts';
import { largest, type RowKernel, sum } from '../kernel/rows/language.ts';
import { logSumExp } from '../math/log-sum-exp.ts';
import { scaled, sum as sumOf } from '../math/scaled.ts';
import { probability } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

const [x, u] = [input('x'), input('u')];
const row = logSumExp(x);

const value: RowKernel = {
  name: 'softmax',
  inputs: [x],
  results: { y: row.e.times(constant(1).div(row.total)) },
  rowResults: {},
  usual: row.total,
};

const { m, e, total } = logSumExp(x, 'cancelling');
const p = e.times(constant(1).div(total));
const relative = u.minus(largest(x.ifLess(m, -Infinity, u)));
const mean = sum(e.times(relative)).div(total);

const gradient: RowKernel = {
  name: 'softmax′',
  ...{ inputs: [x, u], results: { y: p.times(relative.minus(mean)) }, rowResults: {}, usual: mean },
};

const softmaxKernels = { value, gradient };

export const softmax = rowwise({
  id: 'softmax',
  reduces: false,
  kernels: softmaxKernels,
  value: (row) => (i) => probability(row, i),
  gradient(row, u) {
    const base = u(row.top);
    const relative = (i: number) => (u(i) === base ? 0 : u(i) - base);
    const mean = sumOf(row.length, (i) => scaled(probability(row, i), relative(i)));
    return (i) => scaled(probability(row, i), relative(i) - mean);
  },
});
