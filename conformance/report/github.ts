/**
 * # Annotations for GitHub's workflows
 *
 * Lines that a step prints. GitHub shows ten of each kind for a step, so there are no more: the
 * tenth says how many are left out.
 */

import { EXIT } from '../failure.ts';
import { failureText, legible } from './plain.ts';
import { failuresOf, overdueIn, type Run } from './record.ts';

const MOST = 10;

interface Annotation {
  readonly title: string;
  readonly text: string;
}

export function github(run: Run): string {
  const all = annotationsOf(run);
  const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
  const rest = all.length - shown.length;
  const more = { title: 'touchstone', text: `${rest} more; the report has them all` };
  return [...shown, ...(rest > 0 ? [more] : [])].map(line).join('');
}

function annotationsOf(run: Run): readonly Annotation[] {
  const failures = failuresOf(run).map((found) => ({
    title: found.check,
    text: failureText(found),
  }));
  const outdated = overdueIn(run)
    .filter(({ check }) => !failures.some(({ title }) => title === check))
    .map(({ check, standing, due, reason }) => ({
      title: `${standing}: ${check}`,
      text: `${due}. It was listed as: ${reason}`,
    }));
  const { exitCode, says } = run.verdict;
  const other = { title: `touchstone: ${run.hello.impl.name}`, text: says };
  const isUntold = exitCode !== EXIT.conforms && failures.length + outdated.length === 0;
  return [...failures, ...outdated, ...(isUntold ? [other] : [])];
}

/** Longer messages are cut by GitHub. */
const LONGEST = 4000;

const line = ({ title, text }: Annotation): string =>
  `::error title=${property(title)}::${data(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)}\n`;

const data = (text: string): string =>
  legible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
