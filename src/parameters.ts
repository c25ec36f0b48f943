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

export const integer = (standard: number): Parameter<number> => ({
  default: standard,
  due: 'an integer',
  kind: 'number',
  legal: Number.isInteger,
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
  const names = Object.keys(parameters) as (keyof P & string)[];
  for (const name of Object.keys(given)) {
    if (names.includes(name as keyof P & string)) continue;
    const known = names.length > 0 ? `should be one of ${names.join(', ')}` : 'there are none';
    throw new TypeError(`${id}: parameter ${name} is unknown, ${known}`);
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      legal(id, name, parameters[name], given[name] as P[typeof name] | undefined),
    ]),
  ) as P;
}

function legal<T>(id: string, name: string, parameter: Parameter<T>, value: T | undefined): T {
  if (value === undefined) return parameter.default;
  const { due, kind } = parameter;
  const came = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const message = `${id}: ${name} is ${came} but should be ${due}`;
  if (typeof value !== kind) throw new TypeError(message);
  if (!parameter.legal(value)) throw new RangeError(message);
  return value;
}
