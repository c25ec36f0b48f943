/**
 * # The scale of a case
 *
 * Cheap upper bounds of what an operator adds up, from the largest elements of its inputs. They only
 * ever multiply a unit roundoff or 1e-6.
 */

import { findOperator } from '../conformance/operators.ts';
import type { Payload } from '../properties/candidate.ts';
import { isInteger } from '../spec/tensor.ts';
import type { Case } from './case.ts';

export interface Scale {
  /** The largest logit, at least 1. */
  readonly logit: number;
  /** What the largest logit is multiplied by: weights, and the number of samples under `sum`. */
  readonly factor: number;
  /** Σ|tᵢ| over all that is added up. */
  readonly size: number;
  /** How many samples, or products of a row and a column, are added up. */
  readonly terms: number;
}

const largest = (payload: Payload | undefined): number => {
  if (payload === undefined || isInteger(payload.dtype)) return 1;
  let most = 1;
  for (const x of payload.data) most = Math.max(most, Math.abs(Number(x)));
  return most;
};

/** −ln 1e-18 is 41.5 and BCE's logs stop at −100: what those formulas put in place of a logit. */
const LOGS: { readonly [op: string]: number } = {
  'binary-cross-entropy': 100,
  'reverse-cross-entropy': 42,
  'symmetric-cross-entropy': 42,
};

const firstOf = (given: Case['in']): Payload => Object.values(given)[0]!;

/** What a formula multiplies by: the largest of its numbers. */
const multiplied = ({ op, params }: Case): number =>
  Math.max(
    1,
    ...Object.entries(params)
      .filter(([name]) => findOperator(op).params[name]?.kind === 'number')
      .map(([, value]) => Math.abs(Number(value)))
      .filter(Number.isFinite),
  );

/** The addends of one answer, or of one sample: at most one more than there are classes or columns. */
function width({ op, in: given }: Case): number {
  const { shape } = firstOf(given);
  if (findOperator(op).kind === 'elementwise') return 1;
  if (op === 'linear') return shape.at(-1)! + 1;
  if (op === 'nll-loss') return 1;
  return Math.max(1, ...shape) + 1;
}

/** Dividing by Σw takes the weights out again. */
const isWeightedMean = ({ params, in: given }: Case): boolean =>
  params.reduction === 'mean' && given.target !== undefined && isInteger(given.target.dtype);

export function scaleOf(of: Case): Scale {
  const { op, params, in: given } = of;
  const isElementwise = findOperator(op).kind === 'elementwise';
  const samples = Math.max(1, (given.target ?? firstOf(given)).data.length);
  const isSum = params.reduction === 'sum' || params.reduction === 'batchmean';
  const weights = isWeightedMean(of) ? 1 : largest(given.weight) * largest(given.posWeight);
  const logit = Math.max(largest(firstOf(given)), LOGS[op] ?? 1);
  const numbers = isElementwise ? multiplied(of) : 1;
  const factor = numbers * weights * largest(given.target) * (isSum ? samples : 1);
  const reduces = params.reduction !== undefined && params.reduction !== 'none';
  return {
    logit,
    factor,
    size: logit * factor * width(of),
    terms: op === 'linear' ? width(of) : reduces ? samples : 1,
  };
}
