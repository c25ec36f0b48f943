/**
 * # From records to pages
 *
 * `README.md` with the grids, and a page of findings for each peer that was run. Nothing is read but
 * the records, and nothing is said that is not computed from them.
 */
import { findingsPage } from './findings.ts';
import { grids } from './grid.ts';
import { cell, MADE, table } from './markdown.ts';
import type { PeerRecord, Ran } from './record.ts';
import { standsOut } from './stands-out.ts';

/** Name of the file → its text. */
export const pagesOf = (records: readonly PeerRecord[]): { readonly [name: string]: string } => ({
  'README.md': frontPage(records),
  ...Object.fromEntries(
    records.filter(isRun).map((record) => [`${record.peer}.md`, findingsPage(record)]),
  ),
});

export const isRun = (record: PeerRecord): record is Ran => record.state === 'run';

const frontPage = (records: readonly PeerRecord[]): string =>
  [
    `${MADE}\n\n# Results\n\n${INTRODUCTION}`,
    `## Who was asked\n\n${table(whoHead, records.map(whoRow))}`,
    `## Operator by operator\n\n${LEGEND}`,
    grids(records),
    `## What stands out\n\n${standsOut(records.filter(isRun))}`,
  ].join('\n\n');

const INTRODUCTION = `How implementations of losses and activations really do: the questions of \`touchstone check\`, put to each of
them with the same seed. Errors are the largest that were *observed* on these questions; there may be larger ones. Behind every
number is a case with its bits: in the \`.json\` file of the implementation, and for failing checks on its page, with the line that
shows it again. \`npm run results\` makes all of this anew, \`npm run results -- --render\` the pages alone.`;

const LEGEND = `| cell | meaning |
|---|---|
| \`S · B\` | grades of value and gradient in the worst region, from S (correctly rounded) to F; \`–\` where none was compared |
| **✗ 2** | two checks fail; the link leads to the findings |
| ≈ 1 | one answer is legal and another framework's: a dialect |
| – | not offered |
| none | offered, but no question was answered |
| n/r | the implementation was not run |

A check may fail without a bad grade: wrong arguments that are not refused, results that decrease where they may not, an identity that
does not hold. A promise of the implementation counts where it asks for more than the gate.`;

const whoHead = [
  ...['', 'version', 'written in', 'dialect', 'operators', 'conform', 'fail', 'numbers'],
  ...['questions', 'where', 'on'],
];

function whoRow(record: PeerRecord): readonly string[] {
  const { peer, date, suite } = record;
  if (!isRun(record)) return [peer, cell(`not run: ${record.reason}`), ...blank(8), date];
  const { impl, env = {}, rows, dialect, seed, profile, gate } = record;
  const failing = rows.filter(({ failed }) => failed.length > 0).length;
  const numbers = rows.reduce((n, { compared }) => n + compared, 0);
  const passing = rows.filter(({ failed, compared }) => failed.length === 0 && compared > 0).length;
  return [
    `[${peer}](${peer}.md)`,
    ...[impl.version, impl.language, dialect].map(cell),
    ...[rows.length, passing, failing].map(String),
    numbers.toLocaleString('en'),
    `suite ${suite}, seed ${seed}, ${profile}, gate ${gate}`,
    cell(
      Object.entries(env)
        .flatMap(([name, said]) => `${name} ${said}`)
        .join(', '),
    ),
    date,
  ];
}

const blank = (n: number): readonly string[] => Array.from({ length: n }, () => '');
