/**
 * # Mish
 *
 *     mish(x) = x g(x)             g = p/(p + 2),  p = eˣ(eˣ + 2)
 *     mish′(x) = g + x g′          g′ = 4eˣ(eˣ + 1)/(p + 2)²
 *
 * With z = e^−|x|, for x > 0 both sides of the quotients are divided by e²ˣ and e⁴ˣ. The slope is 0
 * at −1.1924…, where its terms cancel.
 */
import { elementwise } from '../elementwise.ts';
import { constant, type Expression } from '../kernel/expression.ts';
import { cancelling, kernelOf } from '../kernel/kernel.ts';
import { decay, REACH } from './sigmoid.ts';

/** The two sides of g at x. */
function sides(x: Expression, z: Expression) {
  const left = z.times(z.plus(2));
  const right = z.times(2).plus(1);
  const twice = x.ifLess(0, constant(2), z.times(z).times(2));
  const p = x.ifLess(0, left, right);
  return { p, whole: p.plus(twice) };
}

export const mishKernels = {
  value: kernelOf('mish', (x, precise) => {
    const { p, whole } = sides(x, decay(x, precise));
    return x.max(-REACH).times(p).div(whole);
  }),
  slope: kernelOf('mish′', (x, precise) => {
    const z = decay(x, precise);
    const { p, whole } = sides(x, z);
    const rise = z
      .plus(1)
      .times(x.ifLess(0, z, z.times(z)))
      .times(4);
    const bend = x.min(REACH).max(-REACH).times(rise).div(whole.times(whole));
    return cancelling(p.div(whole), bend);
  }),
};

export const mish = elementwise({ id: 'mish', parameters: {}, kernels: mishKernels });
