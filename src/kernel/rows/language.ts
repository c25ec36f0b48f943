/**
 * # Kernels on rows
 *
 * An expression over `input`s has a value for every element of a row; `sum` and `largest` have one
 * for the row. What they contain decides in which pass over the row each is computed, so nobody
 * writes a loop:
 *
 *     pass 1       reductions of the inputs                m = largest(x)
 *     pass 2, 3 …  reductions that use those               total = sum(kept(exp(x − m)))
 *     last pass    results for every element               y = exp(x − m)/total
 *     then         results of the row, and elements that differ from the rest (`patches`)
 *
 * Two readings: rows/module.ts and rows/javascript.ts follow one plan (plan.ts) and give the same
 * bits. No multiply-add is fused, and `sum` has an order: lane i mod 4 adds element i, and the sum
 * is (lane 0 + lane 2) + (lane 1 + lane 3). So a sum of n numbers of one sign errs by at most
 * (n/4 + 4)·2⁻⁵³ of itself.
 */
import { code, type Expression, operation } from '../expression.ts';

/** The sum over the row. */
export const sum = (x: Expression): Expression => operation('sum', x);
/** The largest of the row, NaN left out; −∞ if there is none, and +0 rather than −0. */
export const largest = (x: Expression): Expression => operation('largest', x);
/** x itself, remembered for later passes over the row. */
export const kept = (x: Expression): Expression => operation('kept', x);
/** The element of input x at the row's index. */
export const at = (x: Expression, index: Expression): Expression => operation('at', x, index);

export type Results = Readonly<Record<string, Expression>>;

export interface Patch {
  readonly result: string;
  readonly index: Expression;
  readonly value: Expression;
}

export interface RowKernel {
  readonly name: string;
  /** float32, one for each element of a row. */
  readonly inputs: readonly Expression[];
  /** float32, one for each element, the same for all rows. */
  readonly columns?: readonly Expression[];
  /** float64, one for each row; and int32. */
  readonly scalars?: readonly Expression[];
  readonly indices?: readonly Expression[];
  /** float32, one for each element; and float64, one for each row. */
  readonly results: Results;
  readonly rowResults: Results;
  /** Elements of results, at an index, that differ from the rest of the row. */
  readonly patches?: readonly Patch[];
  /** Finite, unless the row is one that the kernel is not made for: then it answers anything. */
  readonly usual: Expression;
}

/** An array that a kernel reads or writes, and how far it is from one row to the next. */
export interface Argument {
  readonly name: string;
  readonly holds: 'float32' | 'float64' | 'int32';
  /** `all` rows share one row of elements. */
  readonly per: 'element' | 'row' | 'all';
}

export const USUAL = 'usual';

/** The arrays of a kernel, in the order in which its readings take them. */
export function argumentsOf(kernel: RowKernel): readonly Argument[] {
  const names = (list: readonly Expression[] = []) => list.map((e) => e.name);
  const floats = [...names(kernel.inputs), ...Object.keys(kernel.results)];
  const doubles = [...names(kernel.scalars), ...Object.keys(kernel.rowResults), USUAL];
  return [
    ...floats.map((name) => ({ name, holds: 'float32', per: 'element' }) as const),
    ...names(kernel.columns).map((name) => ({ name, holds: 'float32', per: 'all' }) as const),
    ...doubles.map((name) => ({ name, holds: 'float64', per: 'row' }) as const),
    ...names(kernel.indices).map((name) => ({ name, holds: 'int32', per: 'row' }) as const),
    ...keptOf(kernel).map((_, i) => ({ name: keptName(i), holds: 'float64', per: 'all' }) as const),
  ];
}

export const keptName = (i: number): string => `kept${i}`;

/** All that a kernel computes. */
export const rootsOf = (kernel: RowKernel): readonly Expression[] =>
  [
    ...Object.values(kernel.results),
    ...Object.values(kernel.rowResults),
    ...(kernel.patches ?? []).map((patch) => patch.value),
    kernel.usual,
  ].map(code);

/** What is kept between passes. */
export const keptOf = (kernel: RowKernel): readonly Expression[] =>
  [...partsOf(rootsOf(kernel))].filter((e) => e.kind === 'kept');

/** What a machine needs to compute e. */
export const operandsOf = (e: Expression): readonly Expression[] => e.of.map(code);

/** Everything that expressions are made of, operands first, without looking into `known`. */
export function partsOf(
  roots: readonly Expression[],
  known: ReadonlySet<Expression> = new Set(),
): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (found.has(e) || known.has(e)) return;
    operandsOf(e).forEach(visit);
    found.add(e);
  };
  roots.forEach(visit);
  return found;
}
