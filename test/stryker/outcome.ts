/** # What became of mutants, counted and told */
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
  readonly location: Result['location'];
  readonly status: string;
  /** File, what was there, and what took its place, in one line. */
  readonly mutant: string;
  readonly isKilled: boolean;
  /** Only every so many lines of the file were mutated; 1 where it is absent. */
  readonly every?: number;
}

type Explained = { readonly [mutant: string]: string };

/** Counts as killed: a test failed, or nothing came to an end. */
const KILLED = ['Killed', 'Timeout', 'RuntimeError', 'CompileError'];

export function outcomeOf(target: string, result: Result, source: string): Outcome {
  const { fileName: file, status, replacement, location } = result;
  const was = between(source, location);
  const mutant = `${file}: ${oneLine(was)} → ${oneLine(replacement)}`;
  const isKilled = KILLED.includes(status);
  return { target, file, line: location.start.line, location, status, mutant, isKilled };
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

/** The reason why a mutant survives: its own, or that of whatever takes the place of what was there. */
export function reasonOf(explained: Explained, { mutant }: Outcome): string | undefined {
  const name = [mutant, expressionOf(mutant)].find((key) => Object.hasOwn(explained, key));
  return name === undefined ? undefined : explained[name];
}

const expressionOf = (mutant: string): string => mutant.slice(0, mutant.lastIndexOf(' → '));

/** Whether it survives without a reason. */
export const isOpen =
  (explained: Explained) =>
  (outcome: Outcome): boolean =>
    !outcome.isKilled && reasonOf(explained, outcome) === undefined;

function countsOf(outcomes: readonly Outcome[], explained: Explained) {
  const killed = outcomes.filter((o) => o.isKilled).length;
  const open = outcomes.filter(isOpen(explained)).length;
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
  const open = outcomes.filter(isOpen(explained));
  const told = open.map(({ line, mutant }) => `  survived at ${line}: ${mutant}`);
  return `${[...lines, ...told].join('\n')}\n`;
}

/** Explanations of mutants of files that were asked for as a whole which are killed, or which nobody met. */
export function staleOf(outcomes: readonly Outcome[], explained: Explained): readonly string[] {
  const whole = outcomes.filter(({ every = 1 }) => every === 1);
  const asked = new Set(whole.map(({ file }) => file));
  const survivors = outcomes.filter((o) => !o.isKilled).map(({ mutant }) => mutant);
  const met = new Set(survivors.flatMap((mutant) => [mutant, expressionOf(mutant)]));
  return Object.keys(explained).filter(
    (key) => asked.has(key.slice(0, key.indexOf(': '))) && !met.has(key),
  );
}

const cells = (outcomes: readonly Outcome[], explained: Explained): string => {
  const { all, killed, explained: reasons, open } = countsOf(outcomes, explained);
  const plain = ((100 * killed) / Math.max(1, all)).toFixed(2);
  return `${all} | ${killed} | ${plain} % | ${reasons} | ${open} | ${scoreOf(outcomes, explained)}`;
};

/** The two halves of the suite, each with everything in it. */
function totals(outcomes: readonly Outcome[], explained: Explained): readonly string[] {
  return ['spec', 'src'].flatMap((folder) => {
    const own = outcomes.filter(({ file }) => file.startsWith(`${folder}/`));
    return own.length === 0 ? [] : [`| \`${folder}/\` | | ${cells(own, explained)} | |`];
  });
}

export function page(
  outcomes: readonly Outcome[],
  explained: Explained,
  missing: readonly string[],
): string {
  const rows = byFile(outcomes).map((own) => {
    const [{ file, target, every = 1 }] = own as [Outcome];
    const lines = every === 1 ? 'all' : `1 in ${every}`;
    const tests = targets[target]!.tests.map((test) => `\`${test}\``).join(', ');
    return `| \`${file}\` | ${lines} | ${cells(own, explained)} | ${tests} |`;
  });
  const survivors = outcomes.filter((o) => !o.isKilled);
  const told = survivors.map(
    (o) => `- \`${o.mutant}\`: ${reasonOf(explained, o) ?? 'not explained'}`,
  );
  return `# Systematic mutants

One expression at a time is changed, and the tests of the target are run: \`npm run stryker -- --page docs/stryker.md\`
writes this page. The last score leaves out what is explained: mutants that no test could tell from the original.

Texts are not mutated: what a message says is tested where it matters, and not word by word. In the
definitions objects and lists are not emptied: nearly all of them are prose and tables. Where it says *1 in 5*,
only mutants that lie in the lines 5, 10, 15, … were tried: \`--every 5\`.

| file | lines | mutants | killed | score | explained | open | score without explained | by |
|---|---|---|---|---|---|---|---|---|
${[...totals(outcomes, explained), ...rows].join('\n')}
${missing.length === 0 ? '' : `\nNot run: ${missing.map((name) => `\`${name}\``).join(', ')}.\n`}
## Survivors

${told.length === 0 ? 'None.' : told.join('\n')}
`;
}
