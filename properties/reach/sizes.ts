/** # How large a number is, in a few words */
import { float32 } from '../../spec/format.ts';

/** Upper ends of |x|: below them subnormals, what vanishes beside 1, …, what overflows when squared. */
const BANDS: readonly (readonly [end: number, says: string])[] = [
  [2 ** (1 - float32.emax), '< 2^-126'],
  [2 ** -24, '< 2^-24'],
  [1, '< 1'],
  [2 ** 7, '< 2^7'],
  [2 ** 64, '< 2^64'],
  [Infinity, '≥ 2^64'],
];

/** `|x| < 2^-24`: the first band that x lies in, after `before`; which, if it is 0, infinite or NaN. */
export function sizing(name: string, before = ''): (x: number) => string {
  const bands = BANDS.map(([, says]) => `${before}|${name}| ${says}`);
  return (x) => {
    if (Number.isNaN(x)) return `${name} = NaN`;
    if (!Number.isFinite(x)) return `${name} = ${x < 0 ? '−∞' : '+∞'}`;
    if (x === 0) return `${name} = ${Object.is(x, -0) ? '−0' : '+0'}`;
    return bands[BANDS.findIndex(([end]) => Math.abs(x) < end)]!;
  };
}

/** The bands that have more than one number of this range in them. */
export function sizesWithin(
  name: string,
  [min, max]: readonly [number, number],
): readonly string[] {
  const [low, high] = [Math.max(0, min, -max), Math.max(-min, max)];
  return BANDS.filter(([end], i) => (i === 0 ? 0 : BANDS[i - 1]![0]) < high && low < end).map(
    ([, says]) => `|${name}| ${says}`,
  );
}
