/**
 * # A kernel read in fractions
 *
 * Formulas of + − × ÷ and comparisons have exact results. Only the branch that is taken is read;
 * undefined where that has anything else. Some microseconds, for results that are ties.
 */
import type { Inputs } from './double.ts';
import type { Expression } from './expression.ts';
import {
  compare,
  type Fraction,
  fractionOf,
  minus,
  negated,
  over,
  plus,
  times,
} from './fraction.ts';

/** There is no fraction. */
class Irrational extends Error {}

/** The value of a kernel at finite inputs. */
export function rationalValue(root: Expression, inputs: Inputs): Fraction | undefined {
  try {
    return reading(inputs)(root);
  } catch (problem) {
    if (problem instanceof Irrational) return undefined;
    throw problem;
  }
}

function reading(inputs: Inputs): (e: Expression) => Fraction {
  const given = new Map(inputs);
  const values = new Map<Expression, Fraction>();
  const value = (e: Expression): Fraction => {
    const found = values.get(e);
    if (found) return found;
    const fresh = compute(e);
    values.set(e, fresh);
    return fresh;
  };
  const compute = (e: Expression): Fraction => {
    const [a, b, c, d] = e.of as [Expression, Expression, Expression, Expression];
    switch (e.kind) {
      case 'input':
        return numberOf(given.get(e)!);
      case 'constant':
        return e.rest === 0 ? numberOf(e.value) : irrational();
      case 'within':
      case 'ahead':
        return value(a);
      case 'plus':
        return plus(value(a), value(b));
      case 'minus':
        return minus(value(a), value(b));
      case 'times':
        return times(value(a), value(b));
      case 'div':
        return value(b)[0] === 0n ? irrational() : over(value(a), value(b));
      case 'negate':
        return negated(value(a));
      case 'abs':
        return value(a)[0] < 0n ? negated(value(a)) : value(a);
      case 'min':
        return isBelow(b, a) ? value(b) : value(a);
      case 'max':
        return isBelow(a, b) ? value(b) : value(a);
      case 'less':
        return isBelow(a, b) ? value(c) : value(d);
      case 'withSignOf':
        return value(a)[0] < 0n === value(b)[0] < 0n ? value(a) : negated(value(a));
      default:
        return irrational();
    }
  };
  /** Infinite bounds may be compared with. */
  const isBelow = (a: Expression, b: Expression): boolean => {
    const [left, right] = [limitOf(a, given), limitOf(b, given)];
    return left || right ? (left ?? 0) < (right ?? 0) : compare(value(a), value(b)) < 0;
  };
  return value;
}

/** ±∞ where an input or a constant is that. */
function limitOf(e: Expression, given: ReadonlyMap<Expression, number>): number | undefined {
  const value = e.kind === 'constant' ? e.value : given.get(e);
  return value === Infinity || value === -Infinity ? value : undefined;
}

const numberOf = (x: number): Fraction => (Number.isFinite(x) ? fractionOf(x) : irrational());
function irrational(): never {
  throw new Irrational();
}
