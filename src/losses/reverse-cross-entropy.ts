/**
 * # Reverse cross-entropy
 *
 *     ℓ(x, y) = −Σ_k p_k ln(clamp([k = y], eps, 1)) = −ln(eps) Σ p_k over k ≠ y
 *     p = clamp(softmax(x), probabilityEps, 1)
 *
 * With K the classes k ≠ y whose p_k is not clamped, and s = softmax(x),
 *
 *     ∂ℓ/∂x_j = −ln(eps) s_j ([j ∈ K] − Σ s_k over K),
 *
 * where 1 − Σ s_k is the sum over the classes outside K. probabilityEps is eps if absent. No class
 * is ignored; mean divides by the number of samples.
 */
import { classLoss } from '../class-loss.ts';
import { isBelow } from '../math/below.ts';
import { log } from '../math/float64.ts';
import { ofReverse } from '../math/reverse-cross-entropy.ts';
import { probability, type Row } from '../math/softmax.ts';
import { number, optional } from '../parameters.ts';
import { type Reduction, reduction } from '../reduction.ts';

export interface Clamps {
  readonly eps: number;
  readonly probabilityEps: number | undefined;
}
interface Params extends Clamps {
  readonly reduction: Reduction;
}
/** Below 1e−300 no eps shows in a float32, and its logarithm would be that of a subnormal. */
const LEAST = 1e-300;

/** The default of eps is this project's; the code of the paper has 1e−4 and 1e−7. */
export const clamps = {
  eps: number({ default: 1e-18, min: LEAST, max: 1 }),
  probabilityEps: optional(LEAST, 1),
};

export const floorOf = ({ eps, probabilityEps }: Clamps): number => probabilityEps ?? eps;

/** ℓ of one row. */
export function reverseTerm(row: Row, y: number, params: Clamps): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) {
    if (k !== y) sum += Math.max(probability(row, k), floorOf(params));
  }
  return -log(params.eps) * sum;
}

/** ∂ℓ/∂x_j of one row. */
export function reverseSlopes(row: Row, y: number, params: Clamps): (j: number) => number {
  // Of a single class ℓ is 0, whatever its logit.
  if (row.length === 1) return () => 0;
  const isFree = (k: number) => k !== y && !isBelow(row, k, floorOf(params));
  let inside = 0;
  let outside = 0;
  for (let k = 0; k < row.length; k++) {
    if (isFree(k)) inside += probability(row, k);
    else outside += probability(row, k);
  }
  const scale = -log(params.eps);
  return (j) => scale * probability(row, j) * (isFree(j) ? outside : -inside);
}

export const reverseCrossEntropy = classLoss<Params>({
  id: 'reverse-cross-entropy',
  parameters: { reduction, ...clamps },
  kernels: ofReverse,
  scalars: (params) => ({ b: -log(params.eps), floor: floorOf(params) }),
  term: reverseTerm,
  slopes: reverseSlopes,
});
