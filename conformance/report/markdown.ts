/**
 * # Markdown, for the summary of a job
 *
 * The verdict in one line, the grades, then some failures, folded. GitHub takes 1 MiB for a step and
 * shows nothing of what is larger, so failures are left out before that.
 */
import { excusedBy } from '../verdict.ts';
import {
  counted,
  escaped,
  failureText,
  legible,
  settingsOf,
  signOf,
  verdictLine,
} from './plain.ts';
import { type Found, failuresOf, overdueIn, type Run } from './record.ts';
import { summarize, wordFor } from './summary.ts';
import { cellsOf, HEAD } from './text.ts';

const MOST = 10;
/** Of all that a summary may hold, in bytes; some is left for what others write to it. */
const ROOM = 2 ** 20 - 2 ** 16;
/** One failure with a long input must not push out all others. */
const LONGEST = 2 ** 15;

export function markdown(run: Run): string {
  const failures = failuresOf(run);
  const head = [
    `### ${signOf(run)} ${inline(verdictLine(run))}`,
    inline(
      settingsOf(run)
        .map(([name, value]) => `${name} ${value}`)
        .join(' · '),
    ),
    gradeTable(run),
    ...overdueText(run),
  ];
  const text = (shown: readonly Found[]) =>
    `${[...head, ...failuresText(shown, failures.length)].join('\n\n')}\n`;
  for (let most = Math.min(MOST, failures.length); most > 0; most--) {
    const whole = text(failures.slice(0, most));
    if (Buffer.byteLength(whole) <= ROOM) return whole;
  }
  return text([]);
}

function gradeTable(run: Run): string {
  const excused = excusedBy(run.standings);
  const rows = summarize(run.results).map((row) => [wordFor(row, excused), ...cellsOf(row)]);
  const lines = [['', ...HEAD], HEAD.map(() => '---').concat('---'), ...rows];
  return lines.map((cells) => `| ${cells.map(inline).join(' | ')} |`).join('\n');
}

function overdueText(run: Run): readonly string[] {
  const overdue = overdueIn(run);
  if (overdue.length === 0) return [];
  const shown = overdue
    .slice(0, 10 * MOST)
    .map(({ check, standing, due }) => `- ${inline(`${check}: ${standing}; ${due}`)}`);
  const rest = overdue.length - shown.length;
  return ['Baseline:', [...shown, ...(rest > 0 ? [`- … and ${rest} more`] : [])].join('\n')];
}

function failuresText(shown: readonly Found[], count: number): readonly string[] {
  if (count === 0) return [];
  const rest = count - shown.length;
  return [
    `${counted(count, 'failure')}:`,
    ...shown.map(folded),
    ...(rest > 0 ? [`… and ${rest} more: the other reports have them all.`] : []),
  ];
}

function folded(found: Found): string {
  const text = legible(failureText(found));
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const summary = `<summary>${escaped(legible(`${found.check}: ${found.finding.says}`))}</summary>`;
  return `<details>${summary}\n\n${fence(cut)}\n\n</details>`;
}

/** Longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}text\n${text}\n${ticks}`;
}

/** On one line, with nothing that Markdown or HTML would take for its own. */
const inline = (text: string): string =>
  escaped(
    legible(text)
      .replaceAll(/[\r\n]+/g, ' ')
      .replaceAll(/[\\`*_~|[\]#]/g, '\\$&'),
  );
