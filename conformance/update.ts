/**
 * # A baseline with less in it
 *
 * What passes now is taken out; what fails anew goes in only where it is accepted, with the sentence
 * of the finding where its reason should stand. All that stays in the file stays as it was written.
 */
import { type Baseline, type Entry, entryFor, type Written } from './baseline.ts';
import { failuresOf, type Run } from './report/record.ts';
import { type Stood, verdictOf } from './verdict.ts';

export interface Updated {
  readonly text: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The run, judged by the new baseline. */
  readonly run: Run;
}

export const emptyBaseline = (candidate: string): Baseline & Written => {
  const baseline: Baseline = { version: 1, candidate, entries: [] };
  return { ...baseline, text: `${JSON.stringify(baseline, null, 2)}\n` };
};

export function update(
  { entries, text }: Baseline & Written,
  run: Run,
  { accept }: { readonly accept: boolean },
): Updated {
  const stale = run.standings.filter(({ standing }) => standing === 'stale');
  const removed = new Set(stale.map(({ entry }) => entry));
  const added = accept ? newEntries(run) : [];
  const standings = [
    ...run.standings
      .filter(({ entry }) => !removed.has(entry))
      .map((stood) => ({ ...stood, entry: placeAfter(stood.entry, removed) })),
    ...added.map((entry, i) => stoodOf(entry, entries.length - removed.size + i)),
  ];
  return {
    text: rewritten(text, removed, added),
    removed: stale.map(({ check }) => check),
    added: added.map(({ check }) => check),
    run: { ...run, standings, verdict: verdictOf(run.results, standings) },
  };
}

/** What an entry says is outgrown is for a person to loosen, so it gets no second one. */
function newEntries(run: Run): readonly Entry[] {
  const outgrown = run.standings.filter((s) => s.standing === 'worse than listed');
  const known = new Set(outgrown.map(({ check }) => check));
  return failuresOf(run)
    .filter(({ check }) => !known.has(check))
    .map(({ result, finding }) => entryFor(result.op, result.law, finding, run.hello));
}

const stoodOf = ({ check, reason }: Entry, entry: number): Stood => ({
  ...{ entry, check, reason, standing: 'fails as listed', isUnexplained: true },
});

const placeAfter = (place: number, removed: ReadonlySet<number>): number =>
  place - [...removed].filter((r) => r < place).length;

// The file ---------------------------------------------------------------------------------------

/** The text of a baseline without the entries at these places, and with new ones at its end. */
export function rewritten(
  text: string,
  removed: ReadonlySet<number>,
  added: readonly Entry[],
): string {
  const { from, to, elements } = entriesIn(text);
  const lead = /^\s*/.exec(elements[0] ?? '\n    ')![0];
  const kept = [
    ...elements.filter((_, place) => !removed.has(place)),
    ...added.map((entry) => lead + shown(entry, lead)),
  ];
  const tail = elements.length > 0 ? /\s*$/.exec(text.slice(from, to))![0] : '\n  ';
  return text.slice(0, from) + kept.join(',') + (kept.length > 0 ? tail : '') + text.slice(to);
}

/** Indented like its neighbours; arrays of scalars on one line. */
const shown = (entry: Entry, lead: string): string =>
  JSON.stringify(entry, null, 2)
    .replaceAll(
      /\[\n\s*([^[\]{}]*?)\n\s*\]/g,
      (_, inner: string) => `[${inner.replaceAll(/\n\s*/g, ' ')}]`,
    )
    .replaceAll('\n', lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n')) : '\n');

/** Where the entries lie, and each with the white space before it. The text has been parsed before. */
function entriesIn(text: string) {
  const elements: string[] = [];
  let [depth, from, start, last] = [0, -1, -1, ''];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++;
    if (token === '[' && depth === 2 && last === '"entries"')
      [from, start] = [index + 1, index + 1];
    if (token === '}' && depth === 3 && from >= 0) {
      elements.push(text.slice(start, index + 1));
      start = text.indexOf(',', index) + 1;
    }
    if (token === ']' && depth === 2 && from >= 0) return { from, to: index, elements };
    if (token === '}' || token === ']') depth--;
    last = token;
  }
  throw new Error('a baseline without entries');
}
