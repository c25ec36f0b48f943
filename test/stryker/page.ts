/** # What became of all mutants, as a page */
import type { Report } from './reports.ts';
import { countsOf, type Explained, reasonOf, type Tally, together } from './tally.ts';
import { targets } from './targets.ts';

const cells = (tally: Tally, explained: Explained): string => {
  const n = countsOf(tally, explained);
  return `${n.all} | ${n.killed} | ${n.plain} | ${n.explained} | ${n.open} | ${n.score}`;
};

/** `names`: the targets that there are; those without a report have not been run. */
export function page(
  reports: readonly Report[],
  explained: Explained,
  names: readonly string[],
): string {
  const has = new Set(reports.map(({ target }) => target));
  const missing = names.filter((name) => !has.has(name));
  const files = reports.flatMap(({ target, every, tallies }) =>
    Object.entries(tallies).map(([file, tally]) => ({ file, tally, every, target })),
  );
  const halves = ['spec/', 'src/'].map((folder) => {
    const own = files.filter(({ file }) => file.startsWith(folder)).map(({ tally }) => tally);
    return `| \`${folder}\` | | ${cells(together(own), explained)} | |`;
  });
  const rows = files.map(({ file, tally, every, target }) => {
    const lines = every === 1 ? 'all' : `1 in ${every}`;
    const tests = targets[target]!.tests.map((test) => `\`${test}\``).join(', ');
    return `| \`${file}\` | ${lines} | ${cells(tally, explained)} | ${tests} |`;
  });
  const told = files
    .flatMap(({ tally }) => tally.survivors)
    .map((one) => `- \`${one.mutant}\`: ${reasonOf(explained, one) ?? 'not explained'}`);
  return `# Systematic mutants

One expression at a time is changed, and the tests of the target are run by \`npm run stryker\`. This page is written
from the reports in \`docs/stryker\`, one for each target; they hold hashes of the files and tests that they are of, and
\`npm run stryker -- --no-run\` says which have changed since. The last score leaves out what is explained: mutants that
no test could tell from the original.

Texts are not mutated: what a message says is tested where it matters, and not word by word. In the
definitions objects and lists are not emptied, as nearly all of them are prose and tables, and what only says where
questions are drawn is left alone. Where it says *1 in 5*, only mutants that lie in the lines 5, 10, 15, … were tried:
\`--every 5\`.

| file | lines | mutants | killed | score | explained | open | score without explained | by |
|---|---|---|---|---|---|---|---|---|
${[...halves, ...rows].join('\n')}
${missing.length === 0 ? '' : `\nNot run: ${missing.map((name) => `\`${name}\``).join(', ')}.\n`}
## Survivors

${told.length === 0 ? 'None.' : told.join('\n')}
`;
}
