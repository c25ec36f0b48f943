/** # Elementwise: the sigmoid and its kin */
import { type Float, read } from '../../mpfr.ts';
import { elementwise, type Given, type Table } from '../book.ts';
import { sigmoid, softplus } from '../formulas.ts';

const isLinear = (x: Float, { beta, threshold }: Given): boolean =>
  read(threshold as number).lt(x.times(beta as number));

export const table: Table = {
  relu: elementwise(
    (x) => (x.sign() > 0 ? x : read(0)),
    (x) => read(x.sign() > 0 ? 1 : 0),
  ),
  sigmoid: elementwise(sigmoid, (x) => sigmoid(x).times(read(1).minus(sigmoid(x)))),
  logsigmoid: elementwise(
    (x) => softplus(x.neg()).neg(),
    (x) => read(1).minus(sigmoid(x)),
  ),
  tanh: elementwise(
    (x) => x.tanh(),
    (x) => read(1).minus(x.tanh().times(x.tanh())),
  ),
  softplus: elementwise(
    (x, p) => (isLinear(x, p) ? x : softplus(x.times(p.beta as number)).div(p.beta as number)),
    (x, p) => (isLinear(x, p) ? read(1) : sigmoid(x.times(p.beta as number))),
  ),
};
