/**
 * # A loss as people write it: a list of steps
 *
 * A step has a name, its formula as text, and for every element one kernel of some elements of
 * earlier steps. Elements lie on a grid: samples, and possibly columns, such as the classes of each.
 * A leaf is a step without a kernel: it holds what the batch or the code gives.
 */
import { sizeOf } from '../../spec/tensor.ts';
import { type Kernel, largest, pick, sum } from './kernels.ts';

export interface Grid {
  /** The lengths of the axes of samples; none for a single number. */
  readonly samples: readonly number[];
  readonly columns?: number | undefined;
  /** Which axis of the tensor the columns are; the last if absent. */
  readonly axis?: number | undefined;
}
export type Cell = readonly [step: Step, at: number];
export interface Step {
  readonly name: string;
  readonly formula: string;
  readonly grid: Grid;
  readonly size: number;
  /** Whether automatic differentiation follows it. */
  readonly learns: boolean;
  readonly parents: readonly Step[];
  /** Undefined for a leaf, which has values instead. */
  readonly kernel: Kernel | undefined;
  readonly values: ArrayLike<number>;
  from(at: number): readonly Cell[];
}

const rows = ({ samples }: Grid): number => sizeOf(samples);
const width = ({ columns = 1 }: Grid): number => columns;
const sizeOn = (grid: Grid): number => rows(grid) * width(grid);

// Leaves -----------------------------------------------------------------------------------------

export const given = (
  name: string,
  grid: Grid,
  values: ArrayLike<number>,
  learns = false,
): Step => ({
  ...{ name, formula: name, grid, size: values.length, learns, values },
  ...{ parents: [], kernel: undefined, from: () => [] },
});

/** A number in the code, which the machine rounds, too. */
export const constant = (x: number): Step => given(String(x), { samples: [] }, [x]);
const ZERO = constant(0);

// Steps ------------------------------------------------------------------------------------------

function step(
  name: string,
  formula: string,
  kernel: Kernel,
  grid: Grid,
  parents: readonly Step[],
  from: (at: number) => readonly Cell[],
): Step {
  const learns = kernel !== largest && parents.some((parent) => parent.learns);
  return { name, formula, grid, size: sizeOn(grid), learns, parents, kernel, values: [], from };
}

/** Element by element; a column of one, or a single sample, stands beside all. */
export function each(name: string, formula: string, kernel: Kernel, ...of: readonly Step[]): Step {
  const grid = together(of.map((operand) => operand.grid));
  const columns = width(grid);
  return step(name, formula, kernel, grid, of, (at) =>
    of.map((operand) => [operand, seen(operand.grid, Math.floor(at / columns), at % columns)]),
  );
}

const seen = (grid: Grid, row: number, column: number): number =>
  (grid.samples.length === 0 ? 0 : row) * width(grid) + (width(grid) === 1 ? 0 : column);

const together = (grids: readonly Grid[]): Grid => {
  const most = grids.reduce((a, b) => (b.samples.length > a.samples.length ? b : a));
  const wide = grids.find((grid) => grid.columns !== undefined);
  return { samples: most.samples, columns: wide?.columns, axis: wide?.axis };
};

/** One number for the columns of each sample: their sum, or the largest. */
export function along(name: string, formula: string, kernel: Kernel, of: Step): Step {
  const columns = width(of.grid);
  return step(name, formula, kernel, { samples: of.grid.samples }, [of], (at) =>
    Array.from({ length: columns }, (_, c) => [of, at * columns + c]),
  );
}

/**
 * The column of each sample that its class names: 0 for a sample that does not count, where the class
 * is undefined, and nothing for a class that is not there, as memory that is read there is anything.
 */
export function picked(
  name: string,
  formula: string,
  of: Step,
  samples: readonly number[],
  classes: readonly (number | undefined)[],
): Step {
  const columns = width(of.grid);
  return step(name, formula, pick, { samples }, [of, ZERO], (row) => {
    const y = classes[row];
    if (y === undefined) return [[ZERO, 0]];
    const isThere = Number.isInteger(y) && y >= 0 && y < columns;
    return isThere ? [[of, seen(of.grid, row, y)]] : [];
  });
}

/** The sum of all elements. */
export const total = (name: string, formula: string, of: Step): Step =>
  step(name, formula, sum, { samples: [] }, [of], () =>
    Array.from({ length: of.size }, (_, at) => [of, at]),
  );

// Places -----------------------------------------------------------------------------------------

/** Which element of the tensor it is: an index along each axis. */
export function placeOf({ samples, columns, axis }: Grid, at: number): string {
  const wide = columns ?? 1;
  let rest = Math.floor(at / wide);
  const place = samples.toReversed().map((length) => {
    const along = rest % length;
    rest = Math.floor(rest / length);
    return along;
  });
  place.reverse();
  const all = columns === undefined ? place : place.toSpliced(axis ?? place.length, 0, at % wide);
  return all.length === 0 ? '' : `[${all.join(', ')}]`;
}

/** All that a step is made of, in the order of writing, itself last. */
export function stepsOf(last: Step): readonly Step[] {
  const seen = new Set<Step>();
  const visit = (one: Step): void => {
    if (seen.has(one)) return;
    for (const parent of one.parents) visit(parent);
    seen.add(one);
  };
  visit(last);
  return [...seen];
}
