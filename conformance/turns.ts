/**
 * # Where a function turns
 *
 * Between two points where the certified slope has different signs there is a minimum or a maximum.
 * Halving the distance, each time by the certified sign of the slope in the middle, gives as many
 * digits of the place as one likes; the value there is certified like any other.
 */
import { Decimal } from 'decimal.js';
import { float64 } from '../spec/format.ts';
import type { Elementwise } from '../spec/op.ts';
import { enclose, type Settle } from '../spec/oracle/enclose.ts';
import { gradient, toDecimals } from '../spec/oracle/index.ts';
import { type Params, read, type Settings } from '../spec/param.ts';
import { real } from '../spec/real.ts';
import { tensor } from '../spec/tensor.ts';

export interface Turn {
  readonly kind: 'minimum' | 'maximum';
  /** Where and how much, to 20 significant digits. */
  readonly x: string;
  readonly y: string;
}

const PLACES = 20;
/** Enough for a place between two numbers that agree in 20 digits. */
const D = Decimal.clone({ defaults: true, precision: 60 });

/** From −16 to 16 in steps of ⅛: activations turn near 0. */
const GRID = Array.from({ length: 257 }, (_, i) => (i - 128) / 8);

const toSign: Settle<number> = ({ lo, hi, isPoint }) => {
  if (isPoint) return lo.isZero() ? 0 : lo.s;
  if (lo.gte(0)) return 1;
  return hi.lte(0) ? -1 : undefined;
};

export function turnsOf(op: Elementwise, settings: Settings<Params>): readonly Turn[] {
  const p = () => read(op.params, settings);
  const signAt = (x: Decimal): number =>
    enclose(`${op.id} slope`, () => [op.df(real(x.toFixed()), p())], toSign)[0]!;
  const valueAt = (x: string): string =>
    enclose(op.id, () => [op.f(real(x), p())], toDecimals(PLACES))[0]!;
  const kinks = op.kinks(settings).map(({ at }) => at);
  return brackets(op, settings).map(([a, b, before]) => {
    const kink = kinks.find((at) => a <= at && at <= b);
    const at = kink === undefined ? between(new D(a), new D(b), before, signAt) : new D(kink);
    const x = at.toSignificantDigits(PLACES).toString();
    return { kind: before < 0 ? 'minimum' : 'maximum', x, y: valueAt(at.toFixed()) };
  });
}

type Bracket = readonly [a: number, b: number, before: number];

/** Neighbouring points of the grid, those with slope 0 left out, where the slope changes its sign. */
function brackets(op: Elementwise, settings: Settings<Params>): readonly Bracket[] {
  const { cells } = gradient(op, { input: tensor([GRID.length], GRID, 'f64') }, settings, {
    format: float64,
  });
  const sloping = GRID.flatMap((x, i) => {
    const sign = Math.sign(cells[i]!.value);
    return sign === 1 || sign === -1 ? [{ x, sign }] : [];
  });
  return sloping.slice(1).flatMap(({ x, sign }, i) => {
    const before = sloping[i]!;
    return sign === before.sign ? [] : [[before.x, x, before.sign] as const];
  });
}

/** The place where the slope is 0, or a number that has its first 20 digits. */
function between(a: Decimal, b: Decimal, before: number, signAt: (x: Decimal) => number): Decimal {
  let [low, high] = [a, b];
  const digits = (x: Decimal) => x.toSignificantDigits(PLACES).toString();
  while (digits(low) !== digits(high)) {
    const middle = low.lt(0) && high.gt(0) ? new D(0) : low.plus(high).div(2);
    const sign = signAt(middle);
    if (sign === 0) return middle;
    [low, high] = sign === before ? [middle, high] : [low, middle];
  }
  return low;
}
