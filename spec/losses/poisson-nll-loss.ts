/**
 * # Poisson NLL loss
 *
 *     ℓ(x, y) = e^x − y x                  logInput = true: x is the logarithm of the rate
 *               x − y log(x + eps)         logInput = false: x is the rate
 *
 * and with full, where y > 1, also Stirling's y log y − y + ½ log(2πy) for log y!. So ℓ jumps by
 * ½ log 2π − 1 = −0.0811 just above y = 1, and has the slope of the left side there. eps has no role
 * with logInput. Below x = −eps there is no logarithm: NaN. A target of 0 silences −∞.
 */
import { isNan, isTop, log, pi, power, type Real, real, scaled } from '../functions.ts';
import { reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';
import { flag, number, type Values } from '../param.ts';

const params = {
  logInput: flag(true),
  full: flag(),
  eps: number({ default: 1e-8, min: 0, max: 1, draw: [0, 1], exact: [0] }),
};
interface Pair {
  readonly input: Real;
  readonly target: Real;
}
type P = Values<typeof params>;

/** A value that is no formula of x and y, with its slopes. */
const stated = ({ input: x, target: y }: Pair, value: number, ofX: number, ofY: number): Real =>
  x
    .through(
      () => real(value),
      () => real(ofX),
    )
    .plus(
      y.through(
        () => real(0),
        () => real(ofY),
      ),
    );

/** Whether only y is infinite, and Stirling's formula grows faster than the rest. */
const isEndless = ({ input: x, target: y }: Pair, { logInput, full, eps }: P): boolean =>
  full && isTop(y) && x.isFinite() && (logInput || x.plus(eps).sign() > 0);

/** e^x grows faster than y x, and x than y log x. */
function core(pair: Pair, p: P): Real {
  const { input: x, target: y } = pair;
  const { logInput, eps } = p;
  if (isEndless(pair, p)) return stated(pair, Infinity, -Infinity, Infinity);
  if (isTop(x) && y.isFinite()) return stated(pair, Infinity, logInput ? Infinity : 1, -Infinity);
  if (logInput) return power(x).minus(scaled(y, x));
  const rate = x.plus(eps);
  if (rate.sign() < 0) return stated(pair, NaN, NaN, NaN);
  return x.minus(scaled(y, log(rate)));
}

const stirling = (y: Real): readonly Real[] => [
  y.times(log(y)),
  y.neg(),
  log(pi().times(y).times(2)).div(2),
];

const extra = (y: Real, { full }: P): readonly Real[] =>
  full && y.gt(1) && y.isFinite() ? stirling(y) : [];

function addends(pair: Pair, p: P): Addends {
  const { input: x, target: y } = pair;
  const rate = x.plus(p.eps);
  const isPlain = x.isFinite() && y.isFinite() && (p.logInput || rate.sign() > 0);
  if (!isPlain) return [core(pair, p), ...extra(y, p)];
  const main = p.logInput ? [power(x), x.times(y).neg()] : [x, y.times(log(rate)).neg()];
  return [...main, ...extra(y, p)];
}

/** y / (x + eps), where nothing over nothing is nothing. */
const ratio = (y: Real, rate: Real): Real =>
  y.sign() === 0 && !isNan(rate) ? real(0) : y.div(rate);

export const poissonNllLoss = loss({
  id: 'poisson-nll-loss',
  inputs: {
    input: reals('*', { exact: ({ logInput }) => (logInput ? [-256, 0] : [1]) }),
    target: reals('*', { exact: () => [0, 1, 2] }),
  },
  over: '*',
  params,

  term: (pair, p) => ({
    value: extra(pair.target, p).reduce((total, part) => total.plus(part), core(pair, p)),
    weight: real(1),
  }),
  addends,
  derivative: {
    input({ input: x, target: y }, { logInput, eps }) {
      if (logInput) return [[power(x), y.neg()]];
      const rate = x.plus(eps);
      return [rate.sign() < 0 ? [real(NaN)] : [real(1), ratio(y, rate).neg()]];
    },
    target(pair, p) {
      const { input: x, target: y } = pair;
      const { logInput, full, eps } = p;
      if (isEndless(pair, p)) return [[real(Infinity)]];
      const rate = x.plus(eps);
      const main = logInput ? x : rate.sign() < 0 ? real(NaN) : log(rate);
      return [
        [main.neg(), ...(full && y.gt(1) && y.isFinite() ? [log(y), real(1).div(y.times(2))] : [])],
      ];
    },
  },

  clauses: {
    'PNLL-1': ['parameters', 'logInput says that input is the logarithm of the rate.'],
    'PNLL-2': [
      'value',
      'full adds Stirling’s formula where y > 1 only: ℓ(0, 1) is 1, ℓ(0, 2) 1.6518.',
    ],
    'PNLL-3': ['special rows', 'A rate below −eps gives NaN, and a target of 0 silences log 0.'],
    'PNLL-4': ['special rows', 'An infinite input costs +∞ whatever the finite target is.'],
    'PNLL-5': ['gradient', 'Up to y = 1 full adds no slope in y.'],
    'PNLL-6': ['reduction', 'mean divides by the number of elements.'],
    'PNLL-7': [
      'poisson-nll-loss-of-a-rate-is-that-of-its-logarithm',
      'With eps = 0 the loss of a rate is that of its logarithm with logInput.',
    ],
    'PNLL-8': ['errors', 'A negative eps is an error; input and target have one shape.'],
    'PNLL-9': ['special rows', 'With full an infinite target costs +∞ beside a finite input.'],
  },

  dialects: {
    pytorch: {
      name: 'nn.functional.poisson_nll_loss',
      note: 'target is broadcast',
      differs: [
        {
          where: 'an infinite target with full',
          formula: {
            term: ({ target: y }, { full }) => (full && isTop(y) ? NaN : undefined),
            derivative: {
              target: ({ target: y }, { full }) => [full && isTop(y) ? [real(NaN)] : undefined],
            },
          },
          witness: {
            in: { input: 0, target: Infinity },
            params: { full: true },
            spec: Infinity,
            theirs: NaN,
          },
        },
        {
          where: 'a target of 0 and an input of −∞',
          formula: {
            term: ({ input: x, target: y }, { logInput }) =>
              logInput && y.sign() === 0 && isTop(x.neg()) ? NaN : undefined,
          },
          witness: { in: { input: -Infinity, target: 0 }, spec: 0, theirs: NaN },
        },
        {
          where: 'an infinite input',
          formula: { term: ({ input: x, target: y }) => (isTop(x) && !y.lt(0) ? NaN : undefined) },
          witness: { in: { input: Infinity, target: 1 }, spec: Infinity, theirs: NaN },
        },
        {
          where: 'a target of 0 and a rate of 0',
          formula: {
            term: ({ input: x, target: y }, { logInput, eps }) =>
              !logInput && y.sign() === 0 && x.plus(eps).sign() === 0 ? NaN : undefined,
          },
          witness: {
            in: { input: 0, target: 0 },
            params: { logInput: false, eps: 0 },
            spec: 0,
            theirs: NaN,
          },
        },
        {
          where: 'the gradient in input, of a rate below −eps',
          formula: {
            derivative: {
              input: ({ input: x, target: y }, { logInput, eps }) => [
                !logInput && x.plus(eps).sign() < 0
                  ? [real(1), y.div(x.plus(eps)).neg()]
                  : undefined,
              ],
            },
          },
          witness: {
            in: { input: -1, target: 1 },
            params: { logInput: false, eps: 0 },
            of: 'grad:input',
            spec: NaN,
            theirs: 2,
          },
        },
        {
          where: 'the gradient in a target of 0 with full',
          formula: {
            derivative: {
              target: ({ target: y }, { full }) => [full && !y.gt(0) ? [real(NaN)] : undefined],
            },
          },
          witness: {
            in: { input: 1, target: 0 },
            params: { full: true },
            of: 'grad:target',
            spec: -1,
            theirs: NaN,
          },
        },
      ],
    },
    keras: {
      name: 'keras.losses.Poisson',
      defaults: { logInput: false, eps: 1e-7 },
      lacks: ['logInput', 'full'],
      note: 'mean over the last axis first',
    },
  },
  sources: ['PyTorch aten/src/ATen/native/Loss.cpp, poisson_nll_loss'],
});
