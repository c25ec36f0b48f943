/** # Elementwise: units made of exponentials and of tanh */
import { type Float, read } from '../../mpfr.ts';
import { elementwise, type Given, type Table } from '../book.ts';
import { sigmoid, softplus } from '../formulas.ts';

const alphaOf = ({ alpha }: Given): Float => read(alpha as number);
const capOf = ({ cap }: Given): Float => read(cap as number);

/** SELU's constants, as printed. */
const lambda = (): Float => read('1.0507009873554804934');
const alpha = (): Float => read('1.6732632423543772848');

/** 1 − tanh² x */
const rest = (t: Float): Float => read(1).minus(t.times(t));

export const table: Table = {
  exponential: elementwise(
    (x) => x.exp(),
    (x) => x.exp(),
  ),
  elu: elementwise(
    (x, p) => (x.sign() > 0 ? x : x.expm1().times(alphaOf(p))),
    (x, p) => (x.sign() > 0 ? read(1) : x.exp().times(alphaOf(p))),
  ),
  selu: elementwise(
    (x) => (x.sign() > 0 ? x : x.expm1().times(alpha())).times(lambda()),
    (x) => (x.sign() > 0 ? read(1) : x.exp().times(alpha())).times(lambda()),
  ),
  celu: elementwise(
    (x, p) => (x.sign() > 0 ? x : x.div(alphaOf(p)).expm1().times(alphaOf(p))),
    (x, p) => (x.sign() > 0 ? read(1) : x.div(alphaOf(p)).exp()),
  ),
  mish: elementwise(
    (x) => x.times(softplus(x).tanh()),
    (x) => {
      const t = softplus(x).tanh();
      return t.plus(x.times(sigmoid(x)).times(rest(t)));
    },
  ),
  tanhshrink: elementwise(
    (x) => x.minus(x.tanh()),
    (x) => x.tanh().times(x.tanh()),
  ),
  'soft-cap': elementwise(
    (x, p) => x.div(capOf(p)).tanh().times(capOf(p)),
    (x, p) => rest(x.div(capOf(p)).tanh()),
  ),
};
