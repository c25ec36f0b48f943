/**
 * # What a question reaches
 *
 * The regions of its operator where an implementation may go wrong, as names: how large the inputs
 * are, on which side of a kink, how long the axes, which options and which two of them at once. They
 * follow from inputs and parameters alone, so that nothing has to be computed, and no candidate asked,
 * to know what a law has looked at.
 */
import type { Op } from '../spec/op.ts';
import { settle } from '../spec/param.ts';
import type { Drawn } from './inputs.ts';
import { elementsReached } from './reach/elements.ts';
import { optionsOf, pairsOf } from './reach/options.ts';
import { rowsReached } from './reach/rows.ts';
import { isLegal } from './simplify.ts';
import type { Question } from './subject.ts';

export const LEGAL = 'a legal case';
export const ILLEGAL = 'a case that is none';
export const COTANGENT = { given: 'with a cotangent', absent: 'without a cotangent' } as const;
export const asksFor = (want: string): string => `asks for ${want}`;

/** Every region that a question reaches, once. */
export function reachOf(op: Op, question: Question): readonly string[] {
  if (!isLegal(op, question)) return [ILLEGAL];
  const asked = { ...question, settings: settle(op, question.settings as never) as Drawn };
  const options = optionsOf(op, asked);
  const gradients = question.want.filter((want) => want !== 'out');
  const reached = [
    LEGAL,
    ...(op.kind === 'elementwise' ? elementsReached(op, asked) : rowsReached(op, asked)),
    ...gradients.map(asksFor),
    ...(gradients.length > 0 ? [question.cotangent ? COTANGENT.given : COTANGENT.absent] : []),
    ...options,
    ...pairsOf(options),
  ];
  return [...new Set(reached)];
}
