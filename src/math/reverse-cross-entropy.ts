/**
 * # Reverse and symmetric cross-entropy of a row and its class y
 *
 *     RCE = Σ max(p_k, floor) over k ≠ y = inside/total + floor·(clamped classes but y)
 *     inside = Σ e_k, outside = total − inside    over the classes but y that are not clamped
 *     ∂RCE/∂x_j = e_j outside/total² where j is one of these, else −e_j inside/total²
 *     ℓ = a CE + b RCE,   b having the factor −ln eps
 *
 * Neither part is a difference: classes below the clamp, between that and 1, and largest ones are
 * added up apart, so that taking y out of its own part loses nothing.
 *
 * Rows are refused in which an e is next to the clamp, where the slope jumps (below.ts decides), and
 * in which a and b weigh parts of a result that cancel.
 */
import { constant, type Expression, input, type Operand } from '../kernel/expression.ts';
import { at, sum } from '../kernel/rows/language.ts';
import { pair, scale } from './cross-entropy.ts';
import { logSumExp } from './log-sum-exp.ts';

const [x, t, a, b, floor] = [input('x'), input('t'), input('a'), input('b'), input('floor')];

/** Relative to the clamp; e and total err by 2⁻⁴³, and that of n < 2²⁰ terms by 2⁻³⁵. */
const CLOSE = 2 ** -34;
/** What is left of two terms has at least 33 bits. */
const LEAST = 2 ** -10;

/** Sums over a row, and what of them is about its class. */
function row() {
  const parts = logSumExp(x, 'cancelling');
  const { m, e, power, total } = parts;
  const clamp = total.times(floor);
  const lower = clamp.times(1 - CLOSE);
  const below = (c: Expression, yes: Operand, no: Operand) => c.ifLess(lower, yes, no);
  const target = at(x, t);
  const own = power(target.minus(m));
  const free = below(own, 0, own);
  const largest = below(constant(1), 0, sum(e.ifLess(1, 0, 1)));
  // One that is next to the clamp makes this and the loss NaN.
  const clamped = sum(below(e, 1, e.ifLess(clamp.times(1 + CLOSE), NaN, 0)));
  return {
    ...{ ...parts, target, own, below },
    inside: sum(below(e, 0, e.ifLess(1, e, 0))).plus(largest.minus(free)),
    outside: sum(below(e, e, 0)).plus(free),
    clampedOthers: clamped.minus(below(own, 1, 0)),
  };
}

/** `then`, unless u + v cancels. */
const unlessCancelling = (then: Expression, [u, v]: readonly [Expression, Expression]) =>
  u.plus(v).abs().ifLess(u.abs().plus(v.abs()).times(LEAST), NaN, then);

const given = { inputs: [x], indices: [t] };

function reversePair() {
  const { e, total, own, below, inside, outside, clampedOthers } = row();
  const share = b.times(scale).div(total.times(total));
  const [push, pull] = [inside.times(share).neg(), outside.times(share)];
  const loss = inside.div(total).plus(floor.times(clampedOthers)).times(b);
  return pair({
    ...{ name: 'reverse cross-entropy', ...given, scalars: [b, floor] },
    loss,
    slopes: { input: e.times(below(e, push, pull)) },
    ofTarget: own.times(push),
  });
}

function symmetricPair() {
  const { m, e, total, rest, log, target, own, below, ...sums } = row();
  const { inside, outside, clampedOthers } = sums;
  const others = own.ifLess(1, total.minus(own), rest);
  const reverse = inside.div(total).plus(floor.times(clampedOthers)).times(b);
  const entropy = m.minus(target).plus(log).times(a);
  const [push, pull] = [inside.times(b).div(total).neg(), outside.times(b).div(total)];
  const ofTarget = [others.times(a).neg(), own.times(push)] as const;
  const share = scale.div(total);
  const cancelling = [[entropy, reverse], [a, push], [a, pull], ofTarget] as const;
  const loss = cancelling.reduce<Expression>(unlessCancelling, entropy.plus(reverse));
  return pair({
    ...{ name: 'symmetric cross-entropy', ...given, scalars: [a, b, floor] },
    loss,
    slopes: { input: e.times(below(e, a.plus(push), a.plus(pull)).times(share)) },
    ofTarget: ofTarget[0].plus(ofTarget[1]).times(share),
  });
}

export const ofReverse = reversePair();
export const ofSymmetric = symmetricPair();
