/**
 * # Log-sigmoid
 *
 *     logsigmoid(x) = ln σ(x) = −softplus(−x) = min(x, 0) − ln(1 + e^−|x|)
 *     logsigmoid′(x) = σ(−x)
 *
 * Results are below 0, also those that round to −0.
 */
import { elementwise } from '../elementwise.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { logistic } from './sigmoid.ts';
import { softplusOf } from './softplus.ts';

export const logsigmoidKernels = {
  value: kernelOf('logsigmoid', (x, precise) => softplusOf(x.neg(), precise).neg()),
  slope: kernelOf('logsigmoid′', (x, precise) => logistic(x.neg(), precise)),
};

export const logsigmoid = elementwise({
  id: 'logsigmoid',
  parameters: {},
  kernels: logsigmoidKernels,
});
