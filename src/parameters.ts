/**
 * # Parameters
 *
 * Each has a default and says what is legal. What is legal is also what an error says was due.
 */
export interface Parameter<T> {
  readonly default: T;
  readonly due: string;
  readonly kind: string;
  readonly legal: (value: T) => boolean;
}
export type Parameters<P> = { readonly [N in keyof P]: Parameter<P[N]> };

interface Bounds {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
}

/** A number in [min, max], finite if nothing else is said. */
export const number = ({
  default: standard,
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
}: Bounds): Parameter<number> => ({ default: standard, ...between(min, max) });

/** A number in [min, max] that has no default. */
export const optional = (min: number, max: number): Parameter<number | undefined> => {
  const { due, kind, legal } = between(min, max);
  return { default: undefined, due, kind, legal: (x) => x !== undefined && legal(x) };
};

function between(min: number, max: number): Omit<Parameter<number>, 'default'> {
  const isFree = max === Number.MAX_VALUE && min === -max;
  const due = isFree ? 'a finite number' : `in [${min}, ${max}]`;
  return { due, kind: 'number', legal: (x) => x >= min && x <= max };
}

export const integer = (
  standard: number,
  { min = -Infinity, max = Infinity }: Pick<Bounds, 'min' | 'max'> = {},
): Parameter<number> => ({
  default: standard,
  due: min === -Infinity && max === Infinity ? 'an integer' : `an integer in [${min}, ${max}]`,
  kind: 'number',
  legal: (x) => Number.isInteger(x) && x >= min && x <= max,
});

export const flag = (standard: boolean): Parameter<boolean> => ({
  default: standard,
  due: 'true or false',
  kind: 'boolean',
  legal: () => true,
});

/** The first one is the default. */
export const choice = <T extends string>(first: T, ...others: T[]): Parameter<T> => ({
  default: first,
  due: [first, ...others].join(', '),
  kind: 'string',
  legal: (x) => x === first || others.includes(x),
});

/** The given values, checked, and defaults for the others. */
export function settle<P extends object>(
  id: string,
  parameters: Parameters<P>,
  given: Partial<P> = {},
): P {
  const settled = { ...defaultsOf(parameters) };
  for (const name in given) {
    if (!(name in parameters)) throw unknown(id, name, Object.keys(parameters));
    const value = given[name];
    if (value !== undefined)
      settled[name] = legal(id, name, parameters[name], value as P[typeof name]);
  }
  return settled;
}

const defaults = new WeakMap<object, object>();

function defaultsOf<P extends object>(parameters: Parameters<P>): P {
  const found = defaults.get(parameters);
  if (found) return found as P;
  const fresh: Partial<P> = {};
  for (const name in parameters) fresh[name] = parameters[name].default;
  defaults.set(parameters, fresh);
  return fresh as P;
}

function unknown(id: string, name: string, names: readonly string[]): TypeError {
  const known = names.length > 0 ? `should be one of ${names.join(', ')}` : 'there are none';
  return new TypeError(`${id}: parameter ${name} is unknown, ${known}`);
}

function legal<T>(id: string, name: string, { due, kind, legal }: Parameter<T>, value: T): T {
  const isKind = typeof value === kind;
  if (isKind && legal(value)) return value;
  const came = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const problem = `${id}: ${name} is ${came} but should be ${due}`;
  throw isKind ? new RangeError(problem) : new TypeError(problem);
}
