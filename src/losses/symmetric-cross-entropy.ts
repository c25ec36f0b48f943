/**
 * # Symmetric cross-entropy
 *
 *     ℓ(x, y) = a CE(x, y) + b RCE(x, y)
 *
 * CE = −ln softmax(x)_y, RCE as in reverse-cross-entropy.ts. mean divides by the number of samples.
 */
import { classesOf, samplesOf } from '../classification.ts';
import { scaled } from '../math/scaled.ts';
import { complement, logProbability, probability, type Row, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { number } from '../parameters.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import type { Classes, Floats } from '../tensor.ts';
import { type Clamps, clamps, reverseSlopes, reverseTerm } from './reverse-cross-entropy.ts';

interface Inputs {
  readonly input: Floats;
  readonly target: Classes;
}
interface Params extends Clamps {
  readonly reduction: Reduction;
  readonly a: number;
  readonly b: number;
}
interface Gradients {
  readonly input: Floats;
}

const id = 'symmetric-cross-entropy';

/** ∂CE/∂x_j */
const entropySlope = (row: Row, y: number, j: number): number =>
  j === y ? -complement(row, j) : probability(row, j);

function term(row: Row, y: number, params: Params): number {
  const entropy = -logProbability(row, y);
  return scaled(params.a, entropy) + scaled(params.b, reverseTerm(row, y, params));
}

function slopes(row: Row, y: number, params: Params): (j: number) => number {
  const reverse = reverseSlopes(row, y, params);
  return (j) => params.a * entropySlope(row, y, j) + params.b * reverse(j);
}

function plan({ input, target }: Inputs, params: Params): Plan<Gradients> {
  const samples = samplesOf(id, input);
  const { x, rows, at, shape, outer } = samples;
  const y = classesOf(id, target, samples);
  const e = new Float64Array(rows.length);
  const row = (s: number) => readRow(x, rows.start(s), rows.stride, e);
  return reduced<Gradients>(
    {
      shape: outer,
      count: rows.count,
      value: (s) => term(row(s), y[s]!, params),
      denominator: () => rows.count,
      shapes: { input: shape },
      gradient(s, share, out) {
        const slope = slopes(row(s), y[s]!, params);
        for (let c = 0; c < rows.length; c++) out.input[at(s, c)] = share(slope(c));
      },
    },
    params.reduction,
  );
}

export const symmetricCrossEntropy = operator<Inputs, Params, Gradients>({
  id,
  inputs: ['input', 'target'],
  differentiable: ['input'],
  parameters: { reduction, a: number({ default: 1 }), b: number({ default: 1 }), ...clamps },
  plan,
});
