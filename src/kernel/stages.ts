/**
 * # Long formulas, some stages ahead
 *
 * A processor looks at some hundred instructions at a time. Where a formula is one long chain, that
 * is little more than one round of a loop, and most of it waits. Cut into stages, a round finishes
 * one vector while it has the last stage of the next one under way, the stage before that of the
 * one after, and so on; none of them waits for another.
 *
 * Results have the same bits. What a stage is not handed by the one before it, it computes again.
 */
import { type Code, get, set } from './assembler.ts';
import { code, type Expression } from './expression.ts';

/** A vector of four float32 is two of float64. */
const HALVES = [0, 1] as const;
type Half = (typeof HALVES)[number];

type Known = readonly (readonly [Expression, local: number])[];

/** Where no stage is looked for. */
type IsWhole = (e: Expression) => boolean;

/** The `ahead` parts of formulas, each after those it is made of. */
export function stagesOf(
  roots: readonly Expression[],
  isWhole: IsWhole = () => false,
): readonly Expression[] {
  const found = new Set<Expression>();
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e) || isWhole(code(e))) return;
    seen.add(e);
    e.of.forEach(visit);
    if (e.kind === 'ahead') found.add(code(e));
  };
  roots.forEach(visit);
  return [...found];
}

/** Which of the stages e is made of, not by way of another one. */
function partsOf(e: Expression, stages: readonly Expression[]): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  const seen = new Set<Expression>();
  const visit = (part: Expression): void => {
    const own = code(part);
    if (seen.has(own)) return;
    seen.add(own);
    if (own !== e && stages.includes(own)) found.add(own);
    else own.of.forEach(visit);
  };
  visit(e);
  return found;
}

export interface Pipeline {
  /** Before the first round. */
  readonly fill: Code;
  /** At the end of each round. */
  readonly advance: Code;
  /** What the last stage has left for this round. */
  readonly known: (half: Half) => Known;
}

/** `emit` is to leave a value on the stack for half of the vector that is so many rounds ahead. */
export function pipeline(
  roots: readonly Expression[],
  stages: readonly Expression[],
  newLocal: () => number,
  emit: (e: Expression, known: Known, half: Half, rounds: number) => Code,
): Pipeline {
  // A stage keeps what it and those before it have found, if it is used later.
  const kept = stages.map((_, n) => {
    const users = [...stages.slice(n + 1), ...roots].map((e) => partsOf(e, stages));
    return stages.slice(0, n + 1).filter((stage) => users.some((parts) => parts.has(stage)));
  });
  const places = kept.map((list) => HALVES.map(() => list.map((e) => [e, newLocal()] as const)));
  const known = (n: number, half: Half): Known => places[n]?.[half] ?? [];
  const compute = (n: number, half: Half, rounds: number): Code => {
    const before = new Map(known(n - 1, half));
    return known(n, half).flatMap(([e, local]) => {
      const found = before.get(e);
      const value = found === undefined ? emit(e, [...before], half, rounds) : get(found);
      return [...value, ...set(local)];
    });
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
    known: (half) => known(stages.length - 1, half),
  };
}
