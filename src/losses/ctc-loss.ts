/**
 * # CTC loss: connectionist temporal classification
 *
 *     ℓ(x, y) = −log Σ e^(Σ_t x_t(π_t)) over all alignments π of y with blanks between,
 *     ∂ℓ/∂x_t(c) = −(the share of the sum that passes c at time t)
 *
 * Without an alignment ℓ is ∞, or 0 with zeroInfinity. The slope is 0 beyond the time of a sample, and
 * NaN within it where ℓ is not finite. mean divides each ℓ by its number of labels, or 1, then by N.
 */
import { twoProduct } from '../kernel/double.ts';
import { logTotal, posteriors, type Scores } from '../math/alignments.ts';
import { exactSum } from '../math/exact-sum.ts';
import { operator, type Plan } from '../operator.ts';
import { flag, integer } from '../parameters.ts';
import { type Reduction, reduced, reduction, type Share } from '../reduction.ts';
import { type Given, type Sequences, sequencesOf } from '../sequences.ts';
import type { Floats } from '../tensor.ts';

interface Params {
  readonly reduction: Reduction;
  readonly blank: number;
  readonly zeroInfinity: boolean;
}
interface Gradients {
  readonly input: Floats;
}

const id = 'ctc-loss';

/** Of blank, y₁, blank, y₂, …, blank. */
function scoresOf({ x, steps, start, ...sequences }: Sequences, n: number, blank: number): Scores {
  const y = sequences.labels(n);
  const labels = new Int32Array(2 * y.length + 1).fill(blank);
  for (let s = 0; s < y.length; s++) labels[2 * s + 1] = y[s]!;
  return { steps: steps(n), labels, at: (t, s) => x[start(n, t) + labels[s]!]! };
}

/** Writes the slopes of a sample. */
function gradient(
  { start, classes }: Sequences,
  n: number,
  scores: Scores,
  zeroInfinity: boolean,
  share: Share,
  out: Float32Array,
): void {
  const { logTotal, at } = posteriors(scores);
  if (logTotal === -Infinity && zeroInfinity) return;
  const { steps, labels } = scores;
  const sums = new Float64Array(classes);
  for (let t = 0; t < steps; t++) {
    sums.fill(Number.isFinite(logTotal) ? 0 : NaN);
    for (let s = 0; s < labels.length; s++) sums[labels[s]!]! += at(t, s);
    for (let c = 0; c < classes; c++) out[start(n, t) + c] = share(-sums[c]!);
  }
}

/** x/n as a sum: its digits, and three times as many, for what is left where quotients cancel. */
function quotient(x: number, n: number): readonly number[] {
  if (n === 1 || !Number.isFinite(x)) return [x];
  let left = x;
  return Array.from({ length: 4 }, () => {
    const part = left / n;
    const [product, lost] = twoProduct(part, n);
    left = left - product - lost;
    return part;
  });
}

function plan(inputs: Given, { reduction, blank, zeroInfinity }: Params): Plan<Gradients> {
  const sequences = sequencesOf(id, inputs);
  const { count, classes, shape, outer } = sequences;
  if (!(blank >= 0 && blank < classes))
    throw new RangeError(`${id}: blank is ${blank} but should be a class in [0, ${classes})`);
  const scores = (n: number) => scoresOf(sequences, n, blank);
  const parts = (n: number) => (reduction === 'mean' ? Math.max(sequences.labels(n).length, 1) : 1);
  /** What a loss is the sum of. */
  const addends = (n: number): readonly number[] => {
    const logs = logTotal(scores(n));
    return logs[0] === -Infinity && zeroInfinity
      ? []
      : logs.flatMap((log) => quotient(-log, parts(n)));
  };
  const terms = reduced<Gradients>(
    {
      ...{ shape: outer, count, shapes: { input: shape } },
      value: (n) => exactSum(addends(n)),
      denominator: () => count,
      gradient(n, share, { input }) {
        const part: Share = (slope) => share(slope / parts(n));
        gradient(sequences, n, scores(n), zeroInfinity, part, input);
      },
    },
    reduction,
  );
  if (reduction === 'none') return terms;
  const value = (out: Float32Array): void => {
    const all = Array.from({ length: count }, (_, n) => addends(n)).flat();
    out[0] = exactSum(all) / (reduction === 'mean' ? count : 1);
  };
  return { ...terms, value };
}

export const ctcLoss = operator<Given, Params, Gradients>({
  id,
  inputs: ['input', 'target', 'inputLengths', 'targetLengths'],
  differentiable: ['input'],
  parameters: { reduction, blank: integer(0), zeroInfinity: flag(false) },
  plan,
});
