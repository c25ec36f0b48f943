/** # What became of the mutants of a file, counted and told */
import type { Location, Outcome } from './outcome.ts';

/** What no test noticed. */
export interface Survivor {
  /** File, what was there, and what took its place, in one line. */
  readonly mutant: string;
  readonly location: Location;
}

/** Of one file. */
export interface Tally {
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

/** By file. */
export type Tallies = { readonly [file: string]: Tally };

/** Why mutants survive, by their names. */
export type Explained = { readonly [mutant: string]: string };

const survivorOf = ({ mutant, location }: Outcome): Survivor => ({ mutant, location });

export function tallied(outcomes: readonly Outcome[]): Tallies {
  const files = [...new Set(outcomes.map(({ file }) => file))];
  const tallyOf = (file: string): Tally => {
    const own = outcomes.filter((outcome) => outcome.file === file);
    const survivors = own.filter(({ isKilled }) => !isKilled).map(survivorOf);
    return { killed: own.length - survivors.length, survivors };
  };
  return Object.fromEntries(files.map((file) => [file, tallyOf(file)]));
}

/** Several files as if they were one. */
export const together = (tallies: readonly Tally[]): Tally => ({
  killed: tallies.reduce((sum, { killed }) => sum + killed, 0),
  survivors: tallies.flatMap(({ survivors }) => survivors),
});

/** The reason why a mutant survives: its own, or that of whatever takes the place of what was there. */
export function reasonOf(explained: Explained, { mutant }: Survivor): string | undefined {
  const name = [mutant, expressionOf(mutant)].find((key) => Object.hasOwn(explained, key));
  return name === undefined ? undefined : explained[name];
}

const expressionOf = (mutant: string): string => mutant.slice(0, mutant.lastIndexOf(' → '));

/** Those that survive without a reason. */
export const openOf = ({ survivors }: Tally, explained: Explained): readonly Survivor[] =>
  survivors.filter((survivor) => reasonOf(explained, survivor) === undefined);

/** Scores are in percent, to two places: of all, and of those that are not explained. */
export function countsOf(tally: Tally, explained: Explained) {
  const { killed, survivors } = tally;
  const [all, open] = [killed + survivors.length, openOf(tally, explained).length];
  const percent = (of: number): string => `${((100 * killed) / Math.max(1, of)).toFixed(2)} %`;
  const scores = { plain: percent(all), score: percent(killed + open) };
  return { all, killed, explained: survivors.length - open, open, ...scores };
}

/** For each file how many there are, were killed and are explained, then those that are neither. */
export function summary(tallies: Tallies, explained: Explained): string {
  const lines = Object.entries(tallies).map(([file, tally]) => {
    const n = countsOf(tally, explained);
    return `${file}: ${n.all} mutants, ${n.killed} killed, ${n.explained} explained, ${n.open} open: ${n.score}`;
  });
  const open = openOf(together(Object.values(tallies)), explained);
  const told = open.map(
    ({ location, mutant }) => `  survived at ${location.start.line}: ${mutant}`,
  );
  return [...lines, ...told].map((line) => `${line}\n`).join('');
}

/** Explanations of mutants of files that were asked for as a whole which are killed, or which nobody met. */
export function staleOf(whole: Tallies, explained: Explained): readonly string[] {
  const { survivors } = together(Object.values(whole));
  const met = new Set(survivors.flatMap(({ mutant }) => [mutant, expressionOf(mutant)]));
  return Object.keys(explained).filter(
    (key) => Object.hasOwn(whole, key.slice(0, key.indexOf(': '))) && !met.has(key),
  );
}
