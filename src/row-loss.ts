/**
 * # Losses of rows of logits
 *
 * Kernels give a loss for each row, `gradient` also the slopes in the same call: these come times
 * `scale`, which is the cotangent over the denominator.
 */
import type { Room } from './kernel/rows/machine.ts';
import type { Task } from './kernel/rows/run.ts';
import { newTotal, scaled } from './math/scaled.ts';
import type { Arrays, Plan } from './operator.ts';
import type { Reduction } from './reduction.ts';
import type { Rows, Shape } from './tensor.ts';

type Runner = (task: Task) => void;

export interface RowLoss {
  readonly x: Float32Array;
  readonly rows: Rows;
  /** The shape of the result under `none`. */
  readonly shape: Shape;
  readonly run: { readonly value: Runner; readonly gradient: Runner };
  /** What the kernels take besides x and scale. */
  readonly given: Partial<Task>;
  /** Rows of which loss and slopes are 0, whatever they hold. */
  readonly ignores: (row: number) => boolean;
  readonly denominator: () => number;
  /** A row that the kernels are not made for. */
  readonly slowly: (row: number) => {
    readonly loss: () => number;
    readonly slopes: Readonly<Record<string, (c: number) => number>>;
  };
}

export function rowLoss<D>(
  loss: RowLoss,
  shapes: Plan<D>['shapes'],
  reduction: Reduction,
): Plan<D> {
  const shares = (cotangent?: Float32Array) => shareOf(loss, reduction, cotangent);
  const value = (out: Float32Array, run: (take: Take) => void): void => {
    const total = newTotal();
    run(reduction === 'none' ? (x, row) => out.fill(x, row, row + 1) : total.add);
    if (reduction === 'none') return;
    out[0] = total.value() / (reduction === 'mean' ? loss.denominator() : 1);
  };
  return {
    shape: reduction === 'none' ? loss.shape : [],
    shapes,
    value: (out) => value(out, (take) => loss.run.value(lossTask(loss, take))),
    gradient: (cotangent, out) => loss.run.gradient(gradientTask(loss, shares(cotangent), out)),
    both: (cotangent, out, gradient) =>
      value(out, (take) =>
        loss.run.gradient(gradientTask(loss, shares(cotangent), gradient, take)),
      ),
  };
}

/** Takes the loss of a row. */
type Take = (loss: number, row: number) => void;

/** What a slope of a row's loss contributes to the gradient. */
type Share = (row: number, slope: number) => number;

function shareOf(loss: RowLoss, reduction: Reduction, cotangent?: Float32Array): Share {
  const divisor = reduction === 'mean' ? loss.denominator() : 1;
  // Where the weights add up to 0 the mean is no function.
  if (divisor === 0) return () => NaN;
  const one = reduction === 'none' ? undefined : (cotangent?.[0] ?? 1);
  return (row, slope) => scaled(slope, one ?? cotangent?.[row] ?? 1) / divisor;
}

function lossTask({ x, rows, given, ignores, slowly }: RowLoss, take: Take): Task {
  return {
    ...{ ...given, rows, inputs: { ...given.inputs, x }, results: {} },
    unusual({ doubles }, r, row) {
      if (!ignores(row)) doubles.loss![r] = slowly(row).loss();
    },
    answered({ doubles }, r, row) {
      take(ignores(row) ? 0 : doubles.loss![r]!, row);
    },
  };
}

function gradientTask<D>(
  loss: RowLoss,
  share: Share,
  results: Arrays<D>,
  take: Take = () => undefined,
): Task {
  const { length } = loss.rows;
  const base = lossTask(loss, take);
  const write = ({ floats }: Room, r: number, name: string, slope: (c: number) => number) => {
    for (let c = 0; c < length; c++) floats[name]![r * length + c] = slope(c);
  };
  return {
    ...base,
    results,
    scalars: { ...base.scalars, scale: (row) => share(row, 1) },
    unusual(room, r, row) {
      if (loss.ignores(row)) return;
      base.unusual(room, r, row);
      const { slopes } = loss.slowly(row);
      for (const name in results) write(room, r, name, (c) => share(row, slopes[name]!(c)));
    },
    answered(room, r, row) {
      base.answered?.(room, r, row);
      if (loss.ignores(row)) for (const name in results) write(room, r, name, () => 0);
    },
  };
}
