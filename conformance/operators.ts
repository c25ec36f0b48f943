/** # Finding operators and clauses by what people type */
import * as spec from '../spec/index.ts';
import type { Clause, Op } from '../spec/op.ts';
import { EXIT, failure } from './failure.ts';

const isOp = (value: unknown): value is Op =>
  typeof value === 'object' && value !== null && 'id' in value && 'clauses' in value;

/** Every definition by its id. */
export const operators: ReadonlyMap<string, Op> = new Map(
  (Object.values(spec) as readonly unknown[]).filter(isOp).map((op) => [op.id, op]),
);

/** Throws a usage failure for an id that is not there. */
export function findOperator(id: string): Op {
  const op = operators.get(id);
  if (!op) throw failure(EXIT.usage, noOperator(id));
  return op;
}

export const noOperator = (id: string): string =>
  `${id}: there is no such operator${suggestion(id, [...operators.keys()])}`;

export interface Found {
  readonly op: Op;
  readonly id: string;
  readonly clause: Clause;
}

/** A clause by its id, in any case of letters. */
export function findClause(id: string): Found | undefined {
  const wanted = id.toUpperCase();
  for (const op of operators.values()) {
    const clause = Object.hasOwn(op.clauses, wanted) ? op.clauses[wanted] : undefined;
    if (clause) return { op, id: wanted, clause };
  }
  return undefined;
}

/** `; did you mean …?`, or all that there is where nothing comes near. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `; there is ${known.join(', ')}` : `; did you mean ${near}?`;
}

/** The known name that takes fewest edits, if they are fewer than half of its letters. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const measured = known.map((candidate) => {
    const [a, b] = [plain(name), plain(candidate)];
    return { candidate, edits: editsBetween(a, b), allowed: b.length / 2 };
  });
  const [best] = measured
    .filter(({ edits, allowed }) => edits < allowed)
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** Levenshtein's distance: letters put in, taken out or exchanged. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length]!;
}
