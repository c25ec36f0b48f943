/**
 * # Gumbel-softmax: a sample of a categorical distribution that has a gradient
 *
 *     y = softmax((x + g) / τ)                     hard = false
 *     y = 1 at the first largest x + g, else 0     hard = true
 *
 * The noise g is given, so that the operator is a function: standard Gumbel numbers −log(−log U)
 * make it a sample. `hard` is straight-through: its gradient is that of the soft result. x + g is
 * exact: what rounding would make a tie, or two numbers of one, changes the hard result altogether.
 * There is no gradient with respect to the noise.
 */
import { exp, isNan, largest, type Real, real, sum } from '../functions.ts';
import { reals } from '../input.ts';
import { rowwise, type Values } from '../op.ts';
import { axis, flag, number } from '../param.ts';

const params = {
  tau: number({ default: 1, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 8] }),
  hard: flag(),
  dim: axis({ default: -1 }),
};
interface Seen {
  readonly input: readonly Real[];
  readonly noise: readonly Real[];
}

const perturbed = ({ input: x, noise: g }: Seen): readonly Real[] =>
  x.map((xi, i) => xi.plus(g[i]!));

/** softmax(z / τ), divided after the subtraction, so that equal z stay equal. */
function soft(z: readonly Real[], tau: Real): readonly Real[] {
  const m = largest(z);
  // m − m is 0, and NaN when m is infinite; of an enclosure it would be one of zero.
  const gap = (zi: Real): Real => (zi === m && m.isFinite() ? real(0) : zi.minus(m));
  const powers = z.map((zi) => exp(gap(zi).div(tau)));
  const total = sum(powers);
  return powers.map((power) => power.div(total));
}

function sample(row: Seen, { tau, hard }: Values<typeof params>): readonly Real[] {
  const z = perturbed(row);
  const p = soft(z, tau);
  if (!hard) return p;
  const first = z.indexOf(largest(z));
  const straight = (pi: Real, i: number): Real =>
    pi.through(
      () => real(i === first ? 1 : 0),
      () => real(1),
    );
  return p.map((pi, i) => (isNan(pi) ? pi : straight(pi, i)));
}

export const gumbelSoftmax = rowwise({
  id: 'gumbel-softmax',
  params,
  inputs: {
    input: reals('* C', { exact: () => [-256, -128, 0, 128, 256] }),
    noise: reals('* C', { exact: () => [-256, -128, 0, 128, 256], differentiable: false }),
  },
  over: '*',
  output: '* C',

  f: sample,
  addends: (row, p) => sample(row, p).map((y) => [y]),
  derivative: {
    // (pⱼ uⱼ − pⱼ Σₖ pₖ uₖ) / τ
    input(row, u, { tau }) {
      const p = soft(perturbed(row), tau);
      const common = p.map((pk, k) => pk.times(u[k]!).div(tau));
      return p.map((pj, j) => [common[j]!, ...common.map((pu) => pj.times(pu).neg())]);
    },
  },

  clauses: {
    'GUMBEL-1': [
      'gumbel-softmax-without-noise-is-softmax',
      'With noise 0 and τ = 1 it is softmax.',
    ],
    'GUMBEL-2': ['softmax-sums-to-one', 'The results of a row sum to 1.'],
    'GUMBEL-3': ['parameters', 'τ is the temperature: results are alike as it grows.'],
    'GUMBEL-4': ['value', 'hard gives exactly 0 and 1, and the 1 to the first largest x + g.'],
    'GUMBEL-5': ['gradient', 'hard has the gradient of the soft result.'],
    'GUMBEL-6': ['special rows', 'x + g = −∞ among finite sums gives 0 there.'],
    'GUMBEL-7': ['special rows', 'A row of sums with NaN or +∞, or of −∞ only, is NaN throughout.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.gumbel_softmax',
      note: 'draws its noise; hard is y − p + p, which may be an ulp off; τ = 0 gives NaN',
    },
  },
  sources: [
    'Jang, Gu and Poole 2017, arXiv:1611.01144',
    'Maddison, Mnih and Teh 2017, arXiv:1611.00712',
    'PyTorch torch.nn.functional.gumbel_softmax',
  ],
});
