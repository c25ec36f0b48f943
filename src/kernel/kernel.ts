/**
 * # Kernels
 *
 * One formula of the input `x` and of parameters, written with fewer operations and with more, and
 * what its results are rounded by.
 */
import { type Expression, input } from './expression.ts';

/** The radii of the rounding test, above every bound proved in test/src/error.test.ts. */
export const FAST = 2 ** -42;
export const PRECISE = 2 ** -49;

/** The values of a kernel's parameters, in their order. */
export type Numbers = readonly number[];

export interface Kernel {
  readonly name: string;
  readonly x: Expression;
  /** Inputs too; they are the same for all elements. */
  readonly parameters: readonly Expression[];
  readonly fast: Expression;
  readonly precise: Expression;
  /** What errors are relative to: at least |value|, which it is if nothing is said. */
  readonly scale?: { readonly fast: Expression; readonly precise: Expression };
  /** Whether float64 computes `fast` without error, so that it is simply rounded. */
  readonly isExact: (numbers: Numbers) => boolean;
}

/** A value, and what its error is relative to. */
export interface Scaled {
  readonly value: Expression;
  readonly scale: Expression;
}

/** p + q, which may be far less than either. */
export const cancelling = (p: Expression, q: Expression): Scaled => ({
  value: p.plus(q),
  scale: p.abs().plus(q.abs()),
});

type Formula<Name extends string> = (
  x: Expression,
  precise: boolean,
  parameters: Readonly<Record<Name, Expression>>,
) => Expression | Scaled;

interface More<Name extends string> {
  readonly parameters?: readonly Name[];
  /** For the values of parameters, if it depends on them. */
  readonly isExact?: boolean | ((parameters: Readonly<Record<Name, number>>) => boolean);
}

export function kernelOf<Name extends string = never>(
  name: string,
  formula: Formula<Name>,
  { parameters = [], isExact = false }: More<Name> = {},
): Kernel {
  const x = input('x');
  const inputs = named(parameters, (parameter) => input(parameter));
  const [fast, precise] = [false, true].map((p) => formula(x, p, inputs)) as [Read, Read];
  return {
    ...{ name, x, parameters: parameters.map((parameter) => inputs[parameter]) },
    ...{ fast: formulaOf(fast), precise: formulaOf(precise) },
    ...('scale' in fast && 'scale' in precise
      ? { scale: { fast: fast.scale, precise: precise.scale } }
      : {}),
    isExact: (numbers) =>
      typeof isExact === 'boolean' ? isExact : isExact(named(parameters, (_, i) => numbers[i]!)),
  };
}

type Read = Expression | Scaled;
const formulaOf = (read: Read): Expression => ('scale' in read ? read.value : read);

const named = <Name extends string, T>(names: readonly Name[], of: (name: Name, i: number) => T) =>
  Object.fromEntries(names.map((name, i) => [name, of(name, i)])) as Record<Name, T>;
