/** # A target: what is mutated, and the tests that have to notice */

export interface Target {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** Kinds of mutants that are left out. */
  readonly without?: readonly string[];
  /** Nothing is mutated that only says where questions are drawn. */
  readonly withoutQuestions?: boolean;
  /** Operators that `conforms` judges, such as `losses/[a-c]*`. */
  readonly judged?: readonly string[];
}
/** A target whose operators are judged, too. */
export const judging = (target: Target, ...judged: readonly string[]): Target => ({
  ...target,
  judged,
});
export type Targets = { readonly [name: string]: Target };
