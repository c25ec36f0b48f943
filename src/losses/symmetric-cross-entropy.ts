/**
 * # Symmetric cross-entropy
 *
 *     ℓ(x, y) = a CE(x, y) + b RCE(x, y)
 *
 * CE = −ln softmax(x)_y, RCE as in reverse-cross-entropy.ts. mean divides by the number of samples.
 */
import { classLoss } from '../class-loss.ts';
import { log } from '../math/float64.ts';
import { ofSymmetric } from '../math/reverse-cross-entropy.ts';
import { scaled } from '../math/scaled.ts';
import { complement, logProbability, probability, type Row } from '../math/softmax.ts';
import { number } from '../parameters.ts';
import { type Reduction, reduction } from '../reduction.ts';
import {
  type Clamps,
  clamps,
  floorOf,
  reverseSlopes,
  reverseTerm,
} from './reverse-cross-entropy.ts';

interface Params extends Clamps {
  readonly reduction: Reduction;
  readonly a: number;
  readonly b: number;
}
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

export const symmetricCrossEntropy = classLoss<Params>({
  id: 'symmetric-cross-entropy',
  accuracy: { value: 'A', gradient: 'B' },
  parameters: { reduction, a: number({ default: 1 }), b: number({ default: 1 }), ...clamps },
  kernels: ofSymmetric,
  scalars: (params) => ({
    ...{ a: params.a, b: -log(params.eps) * params.b, floor: floorOf(params) },
  }),
  term,
  slopes,
});
