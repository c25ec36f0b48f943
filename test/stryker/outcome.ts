/** # What became of mutants, counted and told */
import { basename } from 'node:path';
import { targets } from './targets.ts';

/** As Stryker reports it; lines and columns count from 1. */
export interface Result {
  readonly fileName: string;
  readonly status: string;
  readonly replacement: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
}

export interface Outcome {
  readonly target: string;
  readonly file: string;
  readonly line: number;
  /** File, what was there, and what took its place, in one line. */
  readonly mutant: string;
  readonly isKilled: boolean;
}

type Explained = { readonly [mutant: string]: string };

/** Counts as killed: a test failed, or nothing came to an end. */
const KILLED = ['Killed', 'Timeout', 'RuntimeError', 'CompileError'];

export function outcomeOf(target: string, result: Result, source: string): Outcome {
  const { fileName: file, status, replacement, location } = result;
  const was = between(source, location);
  const mutant = `${file}: ${oneLine(was)} → ${oneLine(replacement)}`;
  return { target, file, line: location.start.line, mutant, isKilled: KILLED.includes(status) };
}

function between(source: string, { start, end }: Result['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const [from, to] = [start.column - 1, end.column - 1];
  if (lines.length === 1) return lines[0]!.slice(from, to);
  return [lines[0]!.slice(from), ...lines.slice(1, -1), lines.at(-1)!.slice(0, to)]
    .map((line) => line.trim())
    .join(' ');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const isOpen = (explained: Explained, { mutant, isKilled }: Outcome): boolean =>
  !isKilled && !Object.hasOwn(explained, mutant);

function countsOf(outcomes: readonly Outcome[], explained: Explained) {
  const killed = outcomes.filter((o) => o.isKilled).length;
  const open = outcomes.filter((o) => isOpen(explained, o)).length;
  return { all: outcomes.length, killed, explained: outcomes.length - killed - open, open };
}

const byFile = (outcomes: readonly Outcome[]): readonly (readonly Outcome[])[] =>
  [...new Set(outcomes.map(({ file }) => file))].map((file) =>
    outcomes.filter((o) => o.file === file),
  );

/** In percent of those that are not explained, to two places. */
export function scoreOf(outcomes: readonly Outcome[], explained: Explained): string {
  const { killed, open } = countsOf(outcomes, explained);
  return `${((100 * killed) / Math.max(1, killed + open)).toFixed(2)} %`;
}

/** For each file how many there are, were killed and are explained, then those that are neither. */
export function summary(outcomes: readonly Outcome[], explained: Explained): string {
  const lines = byFile(outcomes).map((own) => {
    const n = countsOf(own, explained);
    return `${own[0]!.file}: ${n.all} mutants, ${n.killed} killed, ${n.explained} explained, ${n.open} open: ${scoreOf(own, explained)}`;
  });
  const open = outcomes.filter((o) => isOpen(explained, o));
  const told = open.map(({ line, mutant }) => `  survived at ${line}: ${mutant}`);
  return `${[...lines, ...told].join('\n')}\n`;
}

/** Explanations of mutants of these targets that are killed, or that nobody met. */
export function staleOf(
  outcomes: readonly Outcome[],
  names: readonly string[],
  explained: Explained,
): readonly string[] {
  const files = names.flatMap((name) => targets[name]!.mutate.map((glob) => basename(glob, '.ts')));
  const survived = new Set(outcomes.filter((o) => !o.isKilled).map(({ mutant }) => mutant));
  return Object.keys(explained).filter((mutant) => {
    const file = mutant.slice(0, mutant.indexOf(': '));
    const isAsked = outcomes.some((o) => o.file === file) || files.includes(basename(file, '.ts'));
    return isAsked && !survived.has(mutant);
  });
}

export function page(outcomes: readonly Outcome[], explained: Explained): string {
  const rows = byFile(outcomes).map((own) => {
    const n = countsOf(own, explained);
    const [{ file, target }] = own as [Outcome];
    const tests = targets[target]!.tests.map((test) => `\`${test}\``).join(', ');
    return `| \`${file}\` | ${n.all} | ${n.killed} | ${n.explained} | ${n.open} | ${scoreOf(own, explained)} | ${tests} |`;
  });
  const survivors = outcomes.filter((o) => !o.isKilled);
  const told = survivors.map(
    ({ mutant }) => `- \`${mutant}\`: ${explained[mutant] ?? 'not explained'}`,
  );
  return `# Systematic mutants

One expression at a time is changed, and the tests of the target are run: \`npm run stryker -- --page docs/stryker.md\`
writes this page. The score leaves out what is explained: mutants that no test could tell from the original.

| file | mutants | killed | explained | open | score | by |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Survivors

${told.length === 0 ? 'None.' : told.join('\n')}
`;
}
