/**
 * # CTC loss: connectionist temporal classification
 *
 *     ℓ(x, y) = −log Σ e^(Σ_t x_t(π_t)) over all alignments π of y with blanks between,
 *     ∂ℓ/∂x_t(c) = −(the share of the sum that passes c at time t)
 *
 * Without an alignment ℓ is ∞, or 0 with zeroInfinity. The slope is 0 beyond the time of a sample, and
 * NaN within it where ℓ is not finite. mean divides each ℓ by its number of labels, or 1, then by N.
 */
import { checkClasses, checkFloats, checkShape } from '../check.ts';
import { logTotal, posteriors, type Scores } from '../math/alignments.ts';
import { operator, type Plan } from '../operator.ts';
import { flag, integer } from '../parameters.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import { type Classes, type Floats, type Shape, showShape } from '../tensor.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Classes;
  readonly inputLengths: Classes;
  readonly targetLengths: Classes;
}
interface Params {
  readonly reduction: Reduction;
  readonly blank: number;
  readonly zeroInfinity: boolean;
}
interface Gradients {
  readonly input: Floats;
}

const id = 'ctc-loss';

/** Whole numbers from 0 to below `end`. */
function indices(name: string, tensor: Classes, due: Shape, end: number, noun: string): Int32Array {
  const { data, shape } = checkClasses({ id, name }, tensor);
  checkShape({ id, name }, shape, due);
  return Int32Array.from(data as ArrayLike<number | bigint>, (raw, i) => {
    const y = Number(raw);
    if (y >= 0 && y < end) return y;
    throw new RangeError(`${id}: ${name}[${i}] is ${raw} but should be a ${noun} in [0, ${end})`);
  });
}

interface Samples {
  readonly count: number;
  readonly parts: (n: number) => number;
  readonly scores: (n: number) => Scores;
  /** Where x_t(c) of a sample lies. */
  readonly place: (n: number, t: number, c: number) => number;
  readonly steps: number;
  readonly classes: number;
}

function samplesOf({ target, ...given }: Inputs, blank: number): Samples {
  const { data: x, shape } = checkFloats({ id, name: 'input' }, given.input);
  if (shape.length !== 2 && shape.length !== 3) {
    const due = 'should be [T, C] or [T, N, C]';
    throw new RangeError(`${id}: input has shape ${showShape(shape)} but ${due}`);
  }
  const [steps, classes, batch] = [shape[0]!, shape.at(-1)!, shape.slice(1, -1)];
  if (!(blank >= 0 && blank < classes))
    throw new RangeError(`${id}: blank is ${blank} but should be a class in [0, ${classes})`);
  const most = checkClasses({ id, name: 'target' }, target).shape.at(-1) ?? 0;
  const y = indices('target', target, [...batch, most], classes, 'class');
  const times = indices('inputLengths', given.inputLengths, batch, steps + 1, 'length');
  const lengths = indices('targetLengths', given.targetLengths, batch, most + 1, 'length');
  const count = batch[0] ?? 1;
  const place = (n: number, t: number, c: number) => (t * count + n) * classes + c;
  const scores = (n: number): Scores => {
    const labels = new Int32Array(2 * lengths[n]! + 1).fill(blank);
    for (let s = 0; s < lengths[n]!; s++) labels[2 * s + 1] = y[n * most + s]!;
    return { steps: times[n]!, labels, at: (t, s) => x[place(n, t, labels[s]!)]! };
  };
  return { count, parts: (n) => Math.max(lengths[n]!, 1), scores, place, steps, classes };
}

function plan(inputs: Inputs, { reduction, blank, zeroInfinity }: Params): Plan<Gradients> {
  const { count, scores, place, classes, ...samples } = samplesOf(inputs, blank);
  const parts = reduction === 'mean' ? samples.parts : () => 1;
  return reduced<Gradients>(
    {
      shape: inputs.input.shape.slice(1, -1),
      count,
      value(n) {
        const loss = -logTotal(scores(n));
        return loss === Infinity && zeroInfinity ? 0 : loss / parts(n);
      },
      denominator: () => count,
      shapes: { input: inputs.input.shape },
      gradient(n, share, { input: out }) {
        const { steps, labels } = scores(n);
        const { logTotal, at } = posteriors(scores(n));
        if (logTotal === -Infinity && zeroInfinity) return;
        const sums = new Float64Array(classes);
        for (let t = 0; t < steps; t++) {
          sums.fill(Number.isFinite(logTotal) ? 0 : NaN);
          labels.forEach((c, s) => {
            sums[c]! += at(t, s);
          });
          sums.forEach((sum, c) => {
            out[place(n, t, c)] = share(-sum / parts(n));
          });
        }
      },
    },
    reduction,
  );
}

export const ctcLoss = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'target', 'inputLengths', 'targetLengths'],
  differentiable: ['input'],
  parameters: { reduction, blank: integer(0), zeroInfinity: flag(false) },
  plan,
});
