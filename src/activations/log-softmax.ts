/**
 * # Log-softmax
 *
 *     yᵢ = (xᵢ − m) − ln(1 + rest),   rest = Σ e^(xⱼ − m) without one maximum
 *     Σⱼ uⱼ ∂yⱼ/∂xᵢ = uᵢ − pᵢ Σ uⱼ = uᵢ (1 − pᵢ) − pᵢ Σ uⱼ over the others
 *
 * Neither the value nor the gradient of a dominant element is rounded to 0.
 */
import { constant, input } from '../kernel/expression.ts';
import { type RowKernel, sum } from '../kernel/rows/language.ts';
import { logSumExp } from '../math/log-sum-exp.ts';
import { logProbability, pullBack } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

const [x, u] = [input('x'), input('u')];
const row = logSumExp(x);

const value: RowKernel = {
  name: 'log-softmax',
  inputs: [x],
  results: { y: x.minus(row.m).minus(row.log) },
  rowResults: {},
  usual: row.total,
};

const { e, total, others } = logSumExp(x, 'cancelling');

const all = sum(u);
const own = u.times(others).minus(e.times(all.minus(u)));

const gradient: RowKernel = {
  name: 'log-softmax′',
  inputs: [x, u],
  results: { y: own.times(constant(1).div(total)) },
  rowResults: {},
  usual: all.plus(total),
};

const logSoftmaxKernels = { value, gradient };

export const logSoftmax = rowwise({
  id: 'log-softmax',
  accuracy: { value: 'A', gradient: 'B' },
  reduces: false,
  kernels: logSoftmaxKernels,
  value: (row) => (i) => logProbability(row, i),
  gradient: pullBack,
});
