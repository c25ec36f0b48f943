/**
 * # One page that needs no other
 *
 * It asks no host for anything, and its policy forbids it to. It works without its script, which
 * only sorts the table. All that comes from elsewhere is escaped.
 */
import { EXIT } from '../failure.ts';
import { excusedBy } from '../verdict.ts';
import { SCRIPT, STYLE } from './page.ts';
import {
  counted,
  escaped,
  failureText,
  legible,
  settingsOf,
  signOf,
  verdictLine,
} from './plain.ts';
import { type Found, failuresOf, foundIn, overdueIn, type Run } from './record.ts';
import { type Row, summarize, type Word, wordFor } from './summary.ts';
import { cellsOf, HEAD } from './text.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

export function html(run: Run): string {
  const isFine = run.verdict.exitCode === EXIT.conforms;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${shown(verdictLine(run))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1 class="${isFine ? 'pass' : 'fail'}">${signOf(run)} ${shown(verdictLine(run))}</h1>
<dl>${settingsOf(run).map(pair).join('')}</dl>
${gradeTable(run)}
${overdueSection(run)}${failureSection(run)}${knownSection(run)}<script>${SCRIPT}</script>
</body>
</html>
`;
}

const shown = (text: string): string => escaped(legible(text));
const pair = ([name, value]: readonly [string, string]): string =>
  `<div><dt>${shown(name)}</dt><dd>${shown(value)}</dd></div>`;

// The table --------------------------------------------------------------------------------------

function gradeTable(run: Run): string {
  const excused = excusedBy(run.standings);
  const rows = summarize(run.results).map((row) => rowText(row, wordFor(row, excused)));
  return `<table>
<thead><tr>${['', ...HEAD].map((name) => `<th scope="col">${shown(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

/** What a column is sorted by, where it is not what it shows. */
function keysOf(
  { value, gradient, laws, compared }: Row,
  word: Word,
): readonly (string | number)[] {
  const order: readonly Word[] = ['FAIL', 'KNOWN', 'NONE', 'PASS'];
  const grade = (of: Row['value']) => (of ? 'SABCDEF'.indexOf(of.grade) : -1);
  const ulps = (of: Row['value']) => of?.ulps ?? -1;
  return [
    ...[order.indexOf(word), '', grade(value), ulps(value), grade(gradient), ulps(gradient)],
    ...[laws, compared],
  ];
}

function rowText(row: Row, word: Word): string {
  const keys = keysOf(row, word);
  const [op, ...rest] = cellsOf(row).map(shown);
  const name = word === 'FAIL' || word === 'KNOWN' ? `<a href="#${anchor(row.op)}">${op}</a>` : op;
  const cells = [word, name, ...rest].map((cell, i) => {
    const key = keys[i] === '' ? '' : ` data-key="${keys[i]}"`;
    return i === 1 ? `<th scope="row">${cell}</th>` : `<td${key}>${cell}</td>`;
  });
  return `<tr class="${word.toLowerCase()}">${cells.join('')}</tr>`;
}

const anchor = (text: string): string => encodeURIComponent(text);

// Failures ---------------------------------------------------------------------------------------

function failureSection(run: Run): string {
  const failures = failuresOf(run);
  if (failures.length === 0) return '';
  return `<h2>${counted(failures.length, 'failure')}</h2>\n${byOperator(failures, (found) => `<pre>${shown(failureText(found))}</pre>`)}`;
}

function knownSection(run: Run): string {
  const excused = excusedBy(run.standings);
  const known = foundIn(run).filter(({ check }) => excused.has(check));
  if (known.length === 0) return '';
  const reasons = new Map(run.standings.map(({ check, reason }) => [check, reason]));
  const text = (found: Found) =>
    `<details><summary>${shown(found.check)}: ${shown(reasons.get(found.check) ?? '')}</summary><pre>${shown(failureText(found))}</pre></details>`;
  const failing = new Set(failuresOf(run).map(({ result }) => result.op));
  return `<h2>${counted(known.length, 'known failure')}</h2>\n${byOperator(known, text, failing)}`;
}

/** Each operator is the target of a link once. */
function byOperator(
  all: readonly Found[],
  text: (found: Found) => string,
  isTaken: ReadonlySet<string> = new Set(),
): string {
  const ops = [...new Set(all.map(({ result }) => result.op))];
  const sections = ops.map((op) => {
    const id = isTaken.has(op) ? '' : ` id="${anchor(op)}"`;
    const found = all.filter(({ result }) => result.op === op).map(text);
    return `<section${id}><h3>${shown(op)}</h3>\n${found.join('\n')}</section>\n`;
  });
  return sections.join('');
}

function overdueSection(run: Run): string {
  const overdue = overdueIn(run);
  if (overdue.length === 0) return '';
  const items = overdue.map(
    ({ check, standing, reason, due }) =>
      `<li><b>${shown(check)}</b>: ${shown(standing)}; ${shown(due)} (${shown(reason)})</li>`,
  );
  return `<h2>Baseline</h2>\n<ul>${items.join('')}</ul>\n`;
}
