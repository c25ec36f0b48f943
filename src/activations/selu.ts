/**
 * # SELU: scaled exponential linear unit
 *
 *     selu(x) = λ x where x > 0, else λα (eˣ − 1)
 *     selu′(x) = λ where x > 0, else λα eˣ
 */
import { elementwise } from '../elementwise.ts';
import { constant } from '../kernel/expression.ts';
import { kernelOf } from '../kernel/kernel.ts';
import { exp } from '../math/exp.ts';
import { expm1 } from '../math/expm1.ts';
import { REACH } from './sigmoid.ts';

/** 1.0507009873554804934 and its product with 1.6732632423543772848, each with what is left out. */
const LAMBDA = constant(1.0507009873554805, 3.9855512681859546e-17);
const LAMBDA_ALPHA = constant(1.7580993408473768, 1.4103259771722635e-17);

export const seluKernels = {
  value: kernelOf('selu', (x, precise) => {
    const left = expm1(x.max(-REACH).min(0), precise).times(LAMBDA_ALPHA);
    return x.ifLess(0, left, x.times(LAMBDA));
  }),
  slope: kernelOf('selu′', (x, precise) => {
    const left = exp(x.max(-REACH).min(0), precise).times(LAMBDA_ALPHA);
    return constant(0).ifLess(x, LAMBDA, left);
  }),
};

export const selu = elementwise({ id: 'selu', parameters: {}, kernels: seluKernels });
