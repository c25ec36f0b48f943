/**
 * # Losses of rows of logits
 *
 * Kernels give a loss for each row, `gradient` also the slopes in the same call: these come times
 * `scale`, which is the cotangent over the denominator.
 */
import type { Room } from './kernel/rows/machine.ts';
import { rowRunner, type Task } from './kernel/rows/run.ts';
import type { Pair } from './math/cross-entropy.ts';
import { newTotal, scaled, sum, type Total } from './math/scaled.ts';
import type { Arrays, Plan } from './operator.ts';
import type { Reduction } from './reduction.ts';
import type { Rows, Shape } from './tensor.ts';

type Runner = (task: Task) => void;

export const runners = ({ value, gradient }: Pair): RowLoss['run'] => ({
  value: rowRunner(value),
  gradient: rowRunner(gradient),
});

export interface RowLoss extends Pick<Task, 'inputs' | 'columns'> {
  readonly rows: Rows;
  /** The shape of the result under `none`. */
  readonly shape: Shape;
  readonly run: { readonly value: Runner; readonly gradient: Runner };
  /** Of both kernels; that of the gradient also takes `scale`. */
  readonly scalars: NonNullable<Task['scalars']>;
  /** Classes; loss and slopes of a row with a negative one are 0, whatever it holds. */
  readonly y: Int32Array | undefined;
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
  const divisor = reduction === 'mean' ? loss.denominator() : 1;
  const gradient = (cotangent: Float32Array | undefined, out: Arrays<D>, take?: Take) =>
    loss.run.gradient(taskOf(loss, out, take, shareOf(divisor, reduction, cotangent)));
  const value = (out: Float32Array, run: (take: Take) => void): void => {
    const total = newTotal();
    run(reduction === 'none' ? copying(out) : adding(total));
    // Kernels make 0 of what no float32 holds, which is more than nothing over a denominator of 0.
    if (reduction !== 'none') out[0] = (divisor === 0 ? byFormulas(loss) : total.value()) / divisor;
  };
  return {
    shape: reduction === 'none' ? loss.shape : [],
    shapes,
    value: (out) => value(out, (take) => loss.run.value(taskOf(loss, {}, take))),
    gradient: (cotangent, out) => gradient(cotangent, out),
    both: (cotangent, out, slopes) => value(out, (take) => gradient(cotangent, slopes, take)),
  };
}

/** The sum of all losses, without kernels. */
const byFormulas = ({ rows, y, slowly }: RowLoss): number =>
  sum(rows.count, (s) => (y && y[s]! < 0 ? 0 : slowly(s).loss()));

/** Takes losses of rows; the first is that of `row`. */
type Take = (losses: Float64Array, row: number, count: number) => void;

const copying =
  (out: Float32Array): Take =>
  (losses, row, count) => {
    for (let r = 0; r < count; r++) out[row + r] = losses[r]!;
  };
const adding =
  (total: Total): Take =>
  (losses, _, count) => {
    for (let r = 0; r < count; r++) total.add(losses[r]!);
  };

/** What a slope of a row's loss contributes to the gradient. */
interface Share {
  readonly scale: number | ((row: number) => number);
  readonly of: (row: number, slope: number) => number;
}

function shareOf(divisor: number, reduction: Reduction, cotangent?: Float32Array): Share {
  // Where the weights add up to 0 the mean is no function.
  if (divisor === 0) return { scale: NaN, of: () => NaN };
  const one = reduction === 'none' && cotangent ? undefined : (cotangent?.[0] ?? 1);
  const cotangentOf = (row: number) => one ?? cotangent![row]!;
  return {
    scale: one === undefined ? cotangentOf : one / divisor,
    of: (row, slope) => scaled(slope, cotangentOf(row)) / divisor,
  };
}

function taskOf<D>(loss: RowLoss, results: Arrays<D>, take?: Take, share?: Share): Task {
  const { rows, inputs, columns, scalars, y, slowly } = loss;
  return {
    rows,
    inputs,
    columns,
    results,
    scalars: share ? Object.assign({ scale: share.scale }, scalars) : scalars,
    indices: y && { t: y },
    unusual({ doubles, floats }, r, row) {
      if (y && y[row]! < 0) return;
      const answer = slowly(row);
      if (take) doubles.loss![r] = answer.loss();
      for (const name in results) {
        const [slope, to, start] = [answer.slopes[name]!, floats[name]!, r * rows.length];
        for (let c = 0; c < rows.length; c++) to[start + c] = share!.of(row, slope(c));
      }
    },
    answered(room, first, count) {
      if (y) silence(room, y, first, count, rows.length, results);
      take?.(room.doubles.loss!, first, count);
    },
  };
}

/** Makes 0 what belongs to rows without a class. */
function silence(
  { doubles, floats }: Room,
  y: Int32Array,
  first: number,
  count: number,
  length: number,
  results: object,
): void {
  for (let r = 0; r < count; r++) {
    if (y[first + r]! >= 0) continue;
    doubles.loss![r] = 0;
    for (const name in results) floats[name]!.fill(0, r * length, (r + 1) * length);
  }
}
