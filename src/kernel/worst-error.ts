/**
 * # The largest error of a kernel over a range of float32
 *
 * Errors are bounded on pieces of the range; the worst piece is halved, until the effort is spent.
 */
import { float32Input, TooWide } from './bound.ts';
import { type Claim, errorOn } from './error.ts';
import type { Expression } from './expression.ts';

interface Piece {
  readonly lo: number;
  readonly hi: number;
  readonly relative: number;
}

interface Options {
  readonly target?: number;
  readonly effort?: number;
  readonly scale?: Expression | undefined;
  readonly parameters?: Claim['inputs'];
}

/**
 * A bound on the error, relative to the value or the scale, for all float32 x with 0 < lo ≤ x ≤ hi
 * or lo ≤ x ≤ hi < 0. It is good enough when it is below `target`, and given up to improve after
 * `effort` halvings.
 */
export function worstError(
  root: Expression,
  x: Expression,
  [lo, hi]: readonly [number, number],
  { target = 0, effort = 3000, scale, parameters = [] }: Options = {},
): Piece {
  const bounded = (from: number, to: number): Piece[] => {
    try {
      const inputs = [[x, float32Input(from, to)] as const, ...parameters];
      const { relative } = errorOn({ value: root, scale, inputs });
      return [{ lo: from, hi: to, relative }];
    } catch (problem) {
      if (!(problem instanceof TooWide) || from === to) throw problem;
      return halves(from, to).flatMap(([a, b]) => bounded(a, b));
    }
  };
  const pieces = bounded(Math.fround(lo), Math.fround(hi));
  for (let i = 0; i < effort; i++) {
    const worst = worstOf(pieces);
    if (worst.relative <= target || worst.lo === worst.hi) return worst;
    pieces.splice(pieces.indexOf(worst), 1);
    for (const [a, b] of halves(worst.lo, worst.hi)) pieces.push(...bounded(a, b));
  }
  return worstOf(pieces);
}

const worstOf = (pieces: readonly Piece[]): Piece =>
  pieces.reduce((a, b) => (b.relative <= a.relative ? a : b));

/** The float32 of [lo, hi] in two lots, by size where the range is long and by value where not. */
function halves(lo: number, hi: number): readonly (readonly [number, number])[] {
  const long = lo > 0 ? hi > 4 * lo : lo < 4 * hi;
  const middle = Math.fround(long ? Math.sign(lo) * Math.sqrt(lo * hi) : (lo + hi) / 2);
  const below = middle < hi ? Math.max(lo, middle) : lo;
  return [
    [lo, below],
    [next(below), hi],
  ];
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The next larger float32 of one that is not 0. */
function next(x: number): number {
  float[0] = x;
  bits[0]! += x > 0 ? 1 : -1;
  return float[0];
}
