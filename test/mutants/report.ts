/** # What is said about mutants: pure functions of what became of them */
import { table } from '../../tools/results/markdown.ts';
import { corpus } from './corpus.ts';
import { missing, mutants, notShown } from './index.ts';
import type { Killed, Profile } from './run.ts';
import { type Death, speedRows } from './speed.ts';

/** What became of one mutant. */
export interface Fate {
  readonly id: string;
  readonly op: string;
  readonly killed?: Killed | undefined;
  /** It looks like what it must look like. */
  readonly isLike: boolean;
}

export const lineOf = ({ id, op, killed, isLike }: Fate): string => {
  const how = killed ? `${killed.law}, ${killed.fault}, case ${killed.cases}` : '';
  const said = killed?.like ?? [];
  const looks = said.length > 0 ? `; looks like: ${said.join(' | ')}` : '';
  const thread = corpus[id]!.thread ?? 'plausible';
  return `${killed ? 'killed  ' : 'SURVIVED'} ${id} (${op}; ${thread}) ${how}${looks}${isLike ? '' : ' WRONGLY'}`;
};

export const deathsOf = (fates: readonly Fate[]): readonly Death[] =>
  fates.flatMap(({ id, killed }) => (killed ? [{ id, ...killed }] : []));

/** Of a run of all mutants. */
export const summaryOf = (fates: readonly Fate[]): readonly string[] => [
  `${deathsOf(fates).length} of ${fates.length} mutants killed`,
  ...[...new Set(Object.values(corpus).map(({ kind }) => kind))].map((kind) => {
    const ids = Object.keys(corpus).filter((id) => corpus[id]!.kind === kind);
    const made = ids.filter((id) => Object.hasOwn(mutants, id)).length;
    return `${kind}: ${made} of ${ids.length} bugs of the corpus have a mutant`;
  }),
  `not shown here: ${Object.keys(notShown).length}`,
  ...(missing.length > 0 ? [`without mutant or reason: ${missing.join(', ')}`] : []),
];

// The page ---------------------------------------------------------------------------------------

/** docs/mutants.md, of a run of all mutants. */
export const pageOf = (fates: readonly Fate[], profile: Profile): string => `\
<!-- Made by \`npm run mutants -- --page docs/mutants.md\`: do not edit. -->

# Bugs that people made, made again

Every bug of the corpus that can be shown here is put into one of our operators, and the questions of
\`touchstone check --profile ${profile}\` are asked until one finds it. *Cases* is how many questions that took,
those of the laws before included. The thread is where the bug is told; a plausible one is known from
nowhere.

${summaryOf(fates)
  .map((line) => `- ${line}`)
  .join('\n')}

## Speed to a kill

${table(...headAndRows(speedRows(deathsOf(fates))))}

## Mutants

${table(['bug', 'operator', 'thread', 'killed by law', 'fault', 'cases'], fates.map(rowOf))}

## Not shown

${table(
  ['bug', 'thread', 'why'],
  Object.entries(notShown).map(([id, why]) => [`\`${id}\``, threadOf(id), why]),
)}
`;

const headAndRows = ([head, ...rows]: readonly (readonly string[])[]) => [head!, rows] as const;

export const rowOf = ({ id, op, killed }: Fate): readonly string[] => [
  `\`${id}\``,
  op,
  threadOf(id),
  ...(killed ? [killed.law, killed.fault, String(killed.cases)] : ['**survives**', '', '']),
];

function threadOf(id: string): string {
  const { thread } = corpus[id]!;
  if (thread === undefined) return 'plausible';
  const [repository, number] = thread.split('#');
  return `[${thread}](https://github.com/${repository}/issues/${number})`;
}

/** The bugs that have a line on a page, in a table of mutants or of reasons. */
export const idsOn = (page: string): readonly string[] =>
  [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id!);
