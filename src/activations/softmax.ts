/**
 * # Softmax
 *
 *     pᵢ = e^(xᵢ − m)/Σⱼ e^(xⱼ − m),   m = max x
 *     Σⱼ uⱼ ∂pⱼ/∂xᵢ = pᵢ (uᵢ − Σⱼ uⱼ pⱼ)
 *
 * The cotangent u is taken relative to that of the most probable element, which changes nothing but
 * rounding: a constant u then has the gradient 0, and a dominant element keeps its digits.
 */
import { constant, type Expression, input } from '../kernel/expression.ts';
import { largest, type RowKernel, sum } from '../kernel/rows/language.ts';
import { logSumExp } from '../math/log-sum-exp.ts';
import { scaled, sum as sumOf } from '../math/scaled.ts';
import { probability, type Row } from '../math/softmax.ts';
import { rowwise } from '../rowwise.ts';

const [x, u] = [input('x'), input('u')];

/** The kernels of softmax(±x). */
export function kernelsOf(name: string, sign: 1 | -1) {
  const z: Expression = sign < 0 ? x.neg() : x;
  const row = logSumExp(z);
  const value: RowKernel = {
    name,
    inputs: [x],
    results: { y: row.e.times(constant(1).div(row.total)) },
    rowResults: {},
    usual: row.total,
  };
  const { m, e, total } = logSumExp(z, 'cancelling');
  const p = e.times(constant(1).div(total));
  const relative = u.minus(largest(z.ifLess(m, -Infinity, u)));
  const mean = sum(e.times(relative)).div(total);
  const slope = sign < 0 ? mean.minus(relative) : relative.minus(mean);
  const gradient: RowKernel = {
    name: `${name}′`,
    ...{ inputs: [x, u], results: { y: p.times(slope) }, rowResults: {}, usual: mean },
  };
  return { value, gradient };
}

export const softmaxKernels = kernelsOf('softmax', 1);

type Elements = (i: number) => number;

/** Rows that the kernels leave to float64. */
export const ofRows = {
  value: (row: Row) => (i: number) => probability(row, i),
  gradient(row: Row, u: Elements): Elements {
    const base = u(row.top);
    const relative = (i: number) => (u(i) === base ? 0 : u(i) - base);
    const mean = sumOf(row.length, (i) => scaled(probability(row, i), relative(i)));
    return (i) => scaled(probability(row, i), relative(i) - mean);
  },
};

export const softmax = rowwise({
  id: 'softmax',
  accuracy: { value: 'A', gradient: 'B' },
  reduces: false,
  kernels: softmaxKernels,
  ...ofRows,
});
