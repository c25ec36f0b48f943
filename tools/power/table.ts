/** # Which rule catches which mistake: a pure function of bugs, inputs and rules */
import type { Bug } from './bugs.ts';
import type { Inputs } from './inputs.ts';
import type { Rule } from './rules.ts';
import { type Truth, truthOf } from './truth.ts';

export interface Row {
  readonly bug: Bug;
  /** For each rule. */
  readonly isCaught: readonly boolean[];
}

export interface Table {
  readonly inputs: Inputs;
  readonly rows: readonly Row[];
  /** For each rule, how many mistakes it catches. */
  readonly totals: readonly number[];
}

/** A mistake is caught by a rule that rejects its answer to at least one input. */
export function tableOf(
  bugs: readonly Bug[],
  rules: readonly Rule[],
  inputs: Inputs,
  truths = truthsOf(bugs, inputs),
): Table {
  const rows = bugs.map((bug) => ({
    bug,
    isCaught: rules.map((rule) => rejects(rule, bug, inputs.numbers, truths.get(bug.op)!)),
  }));
  const totals = rules.map((_, j) => rows.filter(({ isCaught }) => isCaught[j]).length);
  return { inputs, rows, totals };
}

/** By operator. */
export const truthsOf = (bugs: readonly Bug[], { numbers }: Inputs): ReadonlyMap<string, Truth> =>
  new Map([...new Set(bugs.map(({ op }) => op))].map((op) => [op, truthOf(op, numbers)]));

const rejects = (
  { accepts }: Rule,
  { op, code }: Bug,
  numbers: readonly number[],
  { rounded, grade }: Truth,
): boolean =>
  numbers.some((x, i) => {
    const got = code(x);
    return !accepts({ op, got, want: rounded[i]!, grade: () => grade(i, got) });
  });
