/**
 * # In which order a row is computed
 *
 * A reduction needs those inside it to be finished, which gives each a pass. It waits for the last
 * pass in which it can be computed, so that passes are few. What depends on the row alone is
 * computed once, before the loop that needs it. A reduction that occurs only where `ifLess` says
 * yes is skipped for rows where it says no.
 */
import { code, type Expression } from '../expression.ts';
import { operandsOf, partsOf, type Results, type RowKernel, rootsOf, USUAL } from './language.ts';

export type Step =
  /** Computes a value of the row. */
  | { readonly kind: 'value'; readonly of: Expression }
  /** The same for an `ifLess` whose `yes` needs steps of its own. */
  | { readonly kind: 'choice'; readonly of: Expression; readonly inside: readonly Step[] }
  /** A loop that computes reductions and writes results. `stored` was kept by loops before. */
  | {
      readonly kind: 'pass';
      readonly reductions: readonly Expression[];
      readonly results: Results;
      readonly stored: ReadonlySet<Expression>;
    }
  /** Writes a result of the row, or one element. */
  | { readonly kind: 'write'; readonly result: string; readonly of: Expression }
  | {
      readonly kind: 'patch';
      readonly result: string;
      readonly index: Expression;
      readonly of: Expression;
    };

/** What has been computed so far. */
interface State {
  readonly ofElement: (e: Expression) => boolean;
  readonly known: Set<Expression>;
  readonly stored: Set<Expression>;
}

export function planOf(kernel: RowKernel): readonly Step[] {
  const { results, rowResults, usual, patches = [] } = kernel;
  const state: State = {
    ofElement: dependence(kernel),
    known: new Set(),
    stored: new Set(),
  };
  return [
    ...loops(eagerReductions(rootsOf(kernel), state), results, state),
    ...Object.entries({ ...rowResults, [USUAL]: usual }).flatMap(([result, e]) => [
      ...rowValue(code(e), state),
      { kind: 'write', result, of: code(e) } as const,
    ]),
    ...patches.flatMap(({ result, index, value }) => [
      ...rowValue(code(value), state),
      { kind: 'patch', result, index, of: code(value) } as const,
    ]),
  ];
}

/** Passes, and the results in the last one or, if they use what that computes, in one more. */
function loops(reductions: readonly Expression[], results: Results, state: State): readonly Step[] {
  const bodies = Object.values(results).map(code);
  const before = passes(reductions, state);
  const last = before.at(-1);
  if (bodies.length === 0) return before;
  const uses = (e: Expression) => partsOf(bodies).has(e);
  if (last?.kind === 'pass' && !last.reductions.some(uses)) {
    return [...before.slice(0, -1), ...hoistedAll(bodies, state), { ...last, results }];
  }
  const stored = new Set(state.stored);
  return [
    ...before,
    ...hoistedAll(bodies, state),
    { kind: 'pass', reductions: [], results, stored },
  ];
}

const hoistedAll = (bodies: readonly Expression[], state: State): readonly Step[] =>
  bodies.flatMap((body) => hoisted(body, state));

const isReduction = (e: Expression): boolean => e.kind === 'sum' || e.kind === 'largest';

/** Whether a value depends on the element, not only on the row. */
function dependence({ inputs, columns = [] }: RowKernel): State['ofElement'] {
  const varies = new Set([...inputs, ...columns]);
  const known = new Map<Expression, boolean>();
  const ofElement = (e: Expression): boolean => {
    const found = known.get(e);
    if (found !== undefined) return found;
    const fixed = isReduction(e) || e.kind === 'at';
    const fresh = varies.has(e) || (!fixed && operandsOf(e).some(ofElement));
    known.set(e, fresh);
    return fresh;
  };
  return ofElement;
}

/** The reductions that every row needs. */
function eagerReductions(roots: readonly Expression[], { ofElement }: State) {
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    seen.add(e);
    const [a, b, , no] = operandsOf(e);
    const needed = e.kind === 'less' && !ofElement(e) ? [a!, b!, no!] : operandsOf(e);
    needed.forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].filter(isReduction);
}

/** Passes for reductions, each as late as those that use it allow. */
function passes(reductions: readonly Expression[], state: State): readonly Step[] {
  const inside = (e: Expression) => partsOf(operandsOf(e), state.known);
  const users = (e: Expression) => reductions.filter((r) => inside(r).has(e));
  /** How many passes come after that of e. */
  const after = (e: Expression): number => Math.max(0, ...users(e).map((user) => after(user) + 1));
  const turns = new Map(reductions.map((e) => [e, after(e)]));
  const steps: Step[] = [];
  for (let turn = Math.max(-1, ...turns.values()); turn >= 0; turn--) {
    const now = reductions.filter((e) => turns.get(e) === turn);
    steps.push(...pass(now, state));
  }
  return steps;
}

function pass(reductions: readonly Expression[], state: State): readonly Step[] {
  const before = hoistedAll(
    reductions.map((e) => operandsOf(e)[0]!),
    state,
  );
  const stored = new Set(state.stored);
  for (const e of reductions) {
    for (const part of partsOf([e], state.known)) if (part.kind === 'kept') state.stored.add(part);
  }
  for (const e of reductions) state.known.add(e);
  return [...before, { kind: 'pass', reductions, results: {}, stored }];
}

/** Computes what the body of a loop uses of the row. */
function hoisted(body: Expression, state: State): readonly Step[] {
  const steps: Step[] = [];
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (!state.ofElement(e)) steps.push(...rowValue(e, state));
    else if (!(e.kind === 'kept' && state.stored.has(e))) operandsOf(e).forEach(visit);
  };
  visit(body);
  return steps;
}

function rowValue(e: Expression, state: State): readonly Step[] {
  if (e.kind === 'constant' || state.known.has(e)) return [];
  const pending = [...partsOf([e], state.known)].filter(isReduction);
  const steps =
    pending.length > 0 && e.kind === 'less'
      ? choice(e, state)
      : [
          ...(pending.length > 0 ? operandsOf(e).flatMap((part) => rowValue(part, state)) : []),
          { kind: 'value', of: e } as const,
        ];
  state.known.add(e);
  return steps;
}

function choice(e: Expression, state: State): readonly Step[] {
  const [a, b, yes, no] = operandsOf(e) as [Expression, Expression, Expression, Expression];
  const always = [a, b, no].flatMap((part) => rowValue(part, state));
  const within = { ...state, known: new Set(state.known), stored: new Set(state.stored) };
  const pending = [...partsOf([yes], state.known)].filter(isReduction);
  const inside = [...passes(pending, within), ...rowValue(yes, within)];
  return [...always, { kind: 'choice', of: e, inside }];
}
