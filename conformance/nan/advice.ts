/** # Why something was born, and what to do about it */
import { divide, exp, largest, log, multiply, pick, sqrt, sum, whereAbove } from './kernels.ts';
import type { Birth, Values } from './passes.ts';
import { type Cell, type Step, stepsOf } from './stages.ts';
import type { Reason, Textbook } from './textbook.ts';

/** The operand that made it so: one that is not finite, or else the largest of many, or the first that learns. */
export function chiefOf([step, at]: Cell, values: Values): Cell | undefined {
  const cells = step.from(at);
  const worth = ([of, i]: Cell): number => values.get(of)![i]!;
  const odd = cells.find((cell) => !Number.isFinite(worth(cell)));
  if (odd) return odd;
  if (cells.length > 0 && (step.kernel === sum || step.kernel === largest))
    return cells.reduce((a, b) => (Math.abs(worth(b)) > Math.abs(worth(a)) ? b : a));
  return cells.find(([of]) => of.learns) ?? cells[0];
}

/** From a leaf to the element, by way of the operands that made it so. */
export function trailTo(cell: Cell, values: Values): readonly Cell[] {
  const trail = [cell];
  for (let last = chiefOf(cell, values); last; last = chiefOf(last, values)) trail.push(last);
  return trail.reverse();
}

export function reasonOf({ pass, step, at, of, value }: Birth, last: Step, values: Values): Reason {
  const x = step.from(at).map(([operand, i]) => values.get(operand)![i]!);
  if (pass === 'backward') return ofSlope(step, x, of!, last, values);
  if (step.kernel === pick) return 'range';
  if (step.kernel === log && x[0]! < 0) return 'range';
  if (step.kernel === exp) return 'overflow';
  if (!Number.isNaN(value)) return 'main';
  if (step.kernel === multiply) return 'silenced';
  if (step.name === 'mean') return 'empty';
  const [leaf, i] = trailTo([step, at], values)[0]!;
  if (values.get(leaf)![i] === -Infinity) return 'masked';
  return step.kernel === divide && isMasked(step, at, values) ? 'masked' : 'main';
}

/** Whether 0/0 is that of a row of which every leaf is −∞. */
function isMasked(step: Step, at: number, values: Values): boolean {
  const leaves = new Set<number>();
  const visit = ([one, i]: Cell): void => {
    if (one.learns && !one.kernel) leaves.add(values.get(one)![i]!);
    for (const cell of one.from(i)) visit(cell);
  };
  visit([step, at]);
  return leaves.size === 1 && leaves.has(-Infinity);
}

function ofSlope(step: Step, x: readonly number[], of: Cell, last: Step, values: Values): Reason {
  const isZero = values.get(of[0])![of[1]] === 0;
  if (step.kernel === sqrt && x[0] === 0) return 'root';
  if (isZero && step.kernel !== log && step.kernel !== divide) return 'root';
  return stepsOf(last).some(({ kernel }) => kernel === whereAbove) ? 'branch' : 'main';
}

const GENERAL: { readonly [reason in Reason]?: string } = {
  empty:
    'nothing counts, and the mean of nothing is 0/0: divide the sum by max(1, count), or leave the batch out',
  masked:
    'a row that is −∞ throughout has no softmax: mask columns and never a whole row, or leave the row out of the loss',
  silenced:
    '0 · ∞ is NaN: leave out what has no share, or mask with a finite number such as −10000 in place of −∞',
  range:
    'it is not a number that this loss takes: turn it down with an error, before it becomes NaN',
  branch:
    'the branch that is not taken is differentiated, too, and 0/0 or 0 · ∞ is NaN: make its argument safe before, as in where(p > 0, log(where(p > 0, p, 1)), 0)',
  mask: 'a class of logit −∞ has a share in the loss, as its target or by label smoothing, and −log 0 is ∞: give it no share, or a finite logit',
  batch: 'it came in with the batch: look at what made it, and at the gradients before',
  converted:
    'it is too large for this format: compute the loss in a wider one, or scale what made it',
};

export const adviceOn = (reason: Reason, { fix }: Textbook): string => GENERAL[reason] ?? fix;
