/**
 * # Gaussian NLL loss
 *
 *     ℓ(x, y, var) = ½ (log v + (x − y)² / v)        v = max(var, eps)
 *
 * and with full also ½ log 2π. eps replaces a small variance, it is not added. The slope in var is that
 * of the active branch: ½ (1/v − (x − y)²/v²) from var = eps on, 0 below. var has any shape that
 * broadcasts to the input's.
 */
import { log, max, pi, type Real, real } from '../functions.ts';
import { reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';
import { flag, number, type Values } from '../param.ts';

const params = {
  full: flag(),
  // Above 0: the least float32.
  eps: number({ default: 1e-6, min: 2 ** -149, max: 2 ** 20, draw: [2 ** -20, 1] }),
};
interface Triple {
  readonly input: Real;
  readonly target: Real;
  readonly var: Real;
}

function addends(
  { input: x, target: y, var: variance }: Triple,
  p: Values<typeof params>,
): Addends {
  const v = max(variance, p.eps);
  const main = [log(v).div(2), x.minus(y).squared().div(v).div(2)];
  return p.full ? [...main, log(pi().times(2)).div(2)] : main;
}

/** ½ (1/v − d²/v²) */
const halves = (d: Real, v: Real): Addends => [
  real(1).div(v.times(2)),
  d.squared().div(v.squared()).div(2).neg(),
];

export const gaussianNllLoss = loss({
  id: 'gaussian-nll-loss',
  inputs: {
    input: reals('*'),
    target: reals('*'),
    var: reals('*', { min: 0, draw: [0, 64], exact: () => [1], broadcast: true }),
  },
  over: '*',
  params,

  term: (triple, p) => ({
    value: addends(triple, p).reduce((total, part) => total.plus(part)),
    weight: real(1),
  }),
  addends,
  derivative: {
    input: ({ input: x, target: y, var: v }, { eps }) => [[x.minus(y).div(max(v, eps))]],
    target: ({ input: x, target: y, var: v }, { eps }) => [[y.minus(x).div(max(v, eps))]],
    var: ({ input: x, target: y, var: v }, { eps }) => [
      v.lt(eps) ? [real(0)] : halves(x.minus(y), v),
    ],
  },

  clauses: {
    'GNLL-1': ['value', 'A variance below eps counts as eps; eps is not added to it.'],
    'GNLL-2': ['gradient', 'Below eps the slope in var is 0, at eps that of the formula.'],
    'GNLL-3': ['parameters', 'full adds ½ log 2π to every term.'],
    'GNLL-4': ['reduction', 'mean divides by the number of elements.'],
    'GNLL-5': [
      'gaussian-nll-loss-of-variance-1-is-half-of-mse-loss',
      'With var = 1 it is half of mse-loss.',
    ],
    'GNLL-6': ['errors', 'A negative variance is an error; input and target have one shape.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.gaussian_nll_loss',
      note: 'var has the input’s shape, lacks its last axis, or has one axis of length 1; it may be a number',
      differs: [
        {
          where: 'the gradient in a variance below eps',
          formula: {
            derivative: {
              var: ({ input: x, target: y, var: v }, { eps }) => [
                v.lt(eps) ? halves(x.minus(y), eps) : undefined,
              ],
            },
          },
          witness: {
            in: { input: 0, target: 2, var: 0 },
            of: 'grad:var',
            spec: 0,
            theirs: -1999999500000,
          },
        },
      ],
    },
  },
  sources: ['PyTorch torch/nn/functional.py, gaussian_nll_loss'],
});
