/**
 * # Long formulas, a stage ahead
 *
 * A processor looks at some hundred instructions at a time. Where a formula is one long chain, that
 * is little more than one round of a loop, and most of it waits. Cut into stages, a round finishes
 * one vector while it has the last stage of the next one under way, the stage before that of the
 * one after, and so on; none of them waits for another.
 *
 * Results have the same bits. Each stage is computed from the input and the stage before it.
 */
import { type Code, set } from './assembler.ts';
import { code, type Expression } from './expression.ts';
import type { Emitter } from './simd.ts';

/** A vector of four float32 is two of float64. */
export const HALVES = [0, 1] as const;
type Half = (typeof HALVES)[number];

/** The `ahead` parts of a formula, each after those it is made of. */
export function stagesOf(root: Expression): readonly Expression[] {
  const found = new Set<Expression>();
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    seen.add(e);
    e.of.forEach(visit);
    if (e.kind === 'ahead') found.add(code(e));
  };
  visit(root);
  return [...found];
}

/** Loads half of the input of the vector that is so many rounds ahead; names the local it is in. */
type Load = (half: Half, rounds: number) => readonly [Code, local: number];

export interface Pipeline {
  /** Before the first round. */
  readonly fill: Code;
  /** At the end of each round. */
  readonly advance: Code;
  /** What the last stage has left for this round. */
  readonly known: (half: Half) => readonly (readonly [Expression, number])[];
}

export function pipeline(emitter: Emitter, x: Expression, root: Expression, load: Load): Pipeline {
  const stages = stagesOf(root);
  const locals = stages.map(() => HALVES.map(() => emitter.local()));
  const result = (n: number, half: Half) =>
    n < 0 ? [] : [[stages[n]!, locals[n]![half]!] as const];
  const compute = (n: number, half: Half, rounds: number): Code => {
    const [loading, local] = load(half, rounds);
    const known = new Map([[x, local] as const, ...result(n - 1, half)]);
    return [...loading, ...emitter.emit(stages[n]!, known), ...set(locals[n]![half]!)];
  };
  /** Each stage takes over from the one before it, the last one first. */
  const step = (time: number): Code =>
    stages
      .flatMap((_, n) => (n > time ? [] : [HALVES.flatMap((half) => compute(n, half, time - n))]))
      .reverse()
      .flat();
  return {
    fill: stages.flatMap((_, time) => step(time)),
    advance: step(stages.length),
    known: (half) => result(stages.length - 1, half),
  };
}
