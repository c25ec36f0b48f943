/**
 * # How far an answer may lie from ONNX Runtime's
 *
 * What is allowed is what the witness itself is known to be off by, and the rounding of the answer
 * compared: the sum of the parts. `logit`, `factor`, `size` and `terms` are those of the case
 * (`scale.ts`).
 */
import { findOperator } from '../conformance/operators.ts';
import { compositions } from './graphs/index.ts';
import { type Kernel, kernels, U64 } from './kernels.ts';

export interface Tolerance {
  /** Not a bit: both round the exact result once, or not at all. */
  readonly isExact?: boolean;
  /** In ulps of the witness's format at its answer. */
  readonly ulps?: number;
  /** In parts of the answer. */
  readonly relative?: number;
  /** In units, for every unit of weight that is added up: times `factor`. */
  readonly absolute?: number;
  /** In parts of the largest logit, likewise. */
  readonly ofLogit?: number;
  /** In parts of the sum of the sizes of all that is added up. */
  readonly ofSize?: number;
  /** In parts of that, once for every term: a sum in any order. */
  readonly ofSizePerTerm?: number;
}

/**
 * Composed graphs in float64: a few roundings for every term. 64 cover the longest formula of a loss,
 * a smoothed cross-entropy; activations are shorter, and their tails count.
 */
const COMPOSED = { ulps: 16, ofSize: 64 * U64 };
const COMPOSED_ELEMENTWISE = { ulps: 16, ofSize: 4 * U64 };

/** Composed graphs in which nothing cancels. */
const WITHOUT_CANCELLATION = ['sigmoid', 'logsigmoid', 'softplus'];

function composed(op: string): Tolerance {
  if (WITHOUT_CANCELLATION.includes(op)) return { ulps: 16 };
  return findOperator(op).kind === 'elementwise' ? COMPOSED_ELEMENTWISE : COMPOSED;
}

const kernelOf = (op: string): Kernel | undefined =>
  kernels[findOperator(op).dialects.onnx?.name ?? ''];

/** Throws for a witness that nothing is known of. */
export function toleranceOf(op: string, precision: 'float32' | 'float64'): Tolerance {
  if (precision === 'float64' && compositions[op] !== undefined) return composed(op);
  const tolerance = kernelOf(op)?.[precision];
  if (tolerance === undefined) throw new Error(`${op}: no tolerance for ${precision}`);
  return tolerance;
}

/**
 * What `src/` may add in float32, by ARCHITECTURE 4: nothing but its one rounding where it is
 * correctly rounded (S), an ulp (A), and u (⌈log₂ n⌉ + 7) of the size where terms may cancel (B).
 */
export function gradeOf(op: string): 'S' | 'A' | 'B' {
  if (CANCELLING.includes(op)) return 'B';
  return findOperator(op).kind === 'elementwise' ? 'S' : 'A';
}
const CANCELLING = [
  ...['linear', 'nll-loss', 'kl-div', 'hinge-embedding-loss', 'cosine-embedding-loss'],
  ...['cosine-similarity-loss', 'triplet-margin-loss', 'triplet-margin-with-distance-loss'],
  'categorical-hinge-loss',
];
