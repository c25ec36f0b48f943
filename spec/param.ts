/** # Parameters: PyTorch's names in camelCase, their defaults and legal ranges */
import { type Real, real } from './real.ts';

export interface Choice<T> {
  readonly kind: 'choice';
  readonly default: T;
  readonly values: readonly T[];
}
export interface Flag {
  readonly kind: 'flag';
  readonly default: boolean;
}
interface Bounded {
  readonly default: number;
  /** Legal values, bounds included. */
  readonly min?: number;
  readonly max?: number;
}
export interface Numeric extends Bounded {
  readonly kind: 'number';
  /** Where generated values stay, if not in the whole legal range. */
  readonly draw?: readonly [number, number];
  /** Values that keep exact data exact; the default alone if absent. */
  readonly exact?: readonly number[];
  /** The parameter whose value it takes where it is not given; `default` is that one's default. */
  readonly like?: string;
}
export interface Integer extends Bounded {
  readonly kind: 'integer';
  /** It is a class: less than the length of this axis. */
  readonly count?: string;
}
/** Which axis of the input a word of the definition stands for; negative ones count from the last. */
export interface Axis extends Bounded {
  readonly kind: 'axis';
}
export type Param = Choice<string> | Flag | Numeric | Integer | Axis;
export type Params = { readonly [name: string]: Param };

/** Parameters as callers give them … */
export type Settings<P> = {
  readonly [K in keyof P]: P[K] extends Choice<infer T> ? T : P[K] extends Flag ? boolean : number;
};
/** … and as formulas see them: numbers are Reals. */
export type Values<P> = {
  readonly [K in keyof P]: P[K] extends Numeric ? Real : Settings<P>[K];
};

/** One of a few names; the first is the default. */
export const choice = <const T extends string>(...values: readonly [T, ...T[]]): Choice<T> => ({
  kind: 'choice',
  default: values[0],
  values,
});
export const flag = (on = false): Flag => ({ kind: 'flag', default: on });
export const number = (d: Omit<Numeric, 'kind'>): Numeric => ({ kind: 'number', ...d });
export const integer = (d: Omit<Integer, 'kind'>): Integer => ({ kind: 'integer', ...d });
export const axis = (d: Bounded): Axis => ({ kind: 'axis', ...d });

/**
 * Fills in the defaults and checks the rest. Throws a TypeError for a parameter that does not exist
 * or has the wrong kind, and a RangeError for a value that is not legal.
 */
export function settle<P extends Params>(
  { id, params }: { readonly id: string; readonly params: P },
  given: Partial<Settings<P>> = {},
): Settings<P> {
  for (const [name, value] of Object.entries(given)) checkParam(id, params, name, value);
  const defaults = Object.entries(params).map(([name, param]) => {
    const like = param.kind === 'number' ? param.like : undefined;
    return [name, (like !== undefined ? given[like] : undefined) ?? param.default];
  });
  return { ...Object.fromEntries(defaults), ...given };
}

function checkParam(id: string, params: Params, name: string, value: unknown): void {
  const param = Object.hasOwn(params, name) ? params[name] : undefined;
  if (!param) {
    const known = Object.keys(params).join(', ') || 'none';
    throw new TypeError(`${id}: there is no parameter ${name}; there is ${known}`);
  }
  const said = typeof value === 'string' ? `'${value}'` : String(value);
  if (typeof value !== typeof param.default)
    throw new TypeError(`${id}: ${name} = ${said} should be ${describeParam(param)}`);
  if (!isLegal(param, value))
    throw new RangeError(`${id}: ${name} = ${said} should be ${describeParam(param)}`);
}

function isLegal(param: Param, value: unknown): boolean {
  if (param.kind === 'choice') return param.values.includes(value as string);
  if (param.kind === 'flag') return true;
  if (param.kind !== 'number' && !Number.isInteger(value)) return false;
  return (value as number) >= lowest(param) && (value as number) <= highest(param);
}
const largest = Number.MAX_VALUE;
const lowest = ({ min = -largest }: Bounded) => min;
const highest = ({ max = largest }: Bounded) => max;

/** What a legal value is, in words. */
export function describeParam(param: Param): string {
  if (param.kind === 'choice') return `one of ${param.values.join(', ')}`;
  if (param.kind === 'flag') return 'true or false';
  const noun = param.kind === 'number' ? 'a number' : 'an integer';
  if (param.kind === 'integer' && param.count !== undefined)
    return `an integer, a class in [0, ${param.count})`;
  if (param.min === undefined && param.max === undefined) return `${noun}, finite`;
  return `${noun} from ${param.min ?? '−∞'} to ${param.max ?? '∞'}`;
}

/** Settings in the arithmetic in force. */
export const read = <P extends Params>(params: P, settings: Settings<P>): Values<P> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      params[name]?.kind === 'number' ? real(value as number) : value,
    ]),
  ) as Values<P>;
