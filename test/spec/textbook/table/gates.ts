/** # Elementwise: x times a gate */
import { type Float, pi, read } from '../../mpfr.ts';
import { elementwise, type Given, type Table } from '../book.ts';
import { sigmoid } from '../formulas.ts';

const normal = (x: Float): Float => x.neg().div(read(2).sqrt()).erfc().div(2);
const density = (x: Float): Float => x.times(x).div(-2).exp().div(pi().times(2).sqrt());

/** ½ (1 + tanh u), and its slope ½ (1 − tanh² u) u′; u and u′ as printed. */
function stretched(x: Float): readonly [gate: Float, slope: Float] {
  const scale = read(2).div(pi()).sqrt();
  const cubic = read('0.044715').times(x).times(x);
  const tanh = scale.times(x).times(cubic.plus(1)).tanh();
  const slope = scale.times(cubic.times(3).plus(1));
  return [tanh.plus(1).div(2), read(1).minus(tanh.times(tanh)).times(slope).div(2)];
}
const gate = (x: Float, { approximate }: Given) =>
  approximate === 'tanh' ? stretched(x) : ([normal(x), density(x)] as const);

export const table: Table = {
  gelu: elementwise(
    (x, p) => x.times(gate(x, p)[0]),
    (x, p) => gate(x, p)[0].plus(x.times(gate(x, p)[1])),
  ),
  silu: elementwise(
    (x, p) => x.times(sigmoid(x.times(p.alpha as number))),
    (x, { alpha }) => {
      const s = sigmoid(x.times(alpha as number));
      const rest = sigmoid(x.times(alpha as number).neg());
      return s.plus(
        s
          .times(rest)
          .times(x)
          .times(alpha as number),
      );
    },
  ),
};
