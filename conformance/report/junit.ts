/**
 * # JUnit's XML, for whatever shows tests
 *
 * A suite for each operator, a case for each law and identity. What is known to fail, and what the
 * candidate does not offer, is skipped: it has not passed. Names do not change from run to run. Times
 * are left out, so that the same run is the same file.
 */
import type { LawResult } from '../../properties/law.ts';
import { checkName } from '../baseline.ts';
import { EXIT } from '../failure.ts';
import { excusedBy } from '../verdict.ts';
import { counted, escaped, failureText, legible, settingsOf } from './plain.ts';
import { overdueIn, type Run } from './record.ts';

interface Case {
  readonly name: string;
  readonly suite: string;
  readonly failure?: { readonly message: string; readonly text: string };
  readonly skipped?: string;
}

export function junit(run: Run): string {
  const ops = [...new Set(run.results.map(({ op }) => op))];
  const suites = ops.map((op) => run.results.filter((r) => r.op === op).map((r) => caseOf(r, run)));
  const all = [...suites, overdueCases(run), unfinishedCases(run)].filter(
    (cases) => cases.length > 0,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="touchstone" ${countsOf(all.flat())}>`,
    ...all.flatMap((cases) => suiteLines(cases, run)),
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(result: LawResult, run: Run): Case {
  const { op, law, status, findings, reasons } = result;
  const excused = excusedBy(run.standings);
  const found = findings.map((finding) => ({
    ...{ check: checkName(op, law, finding.name), result, finding },
  }));
  const [first, ...more] = found.filter(({ check }) => !excused.has(check));
  const named = { name: law, suite: op };
  if (first) {
    const others = more.length > 0 ? `, and ${counted(more.length, 'other failure')}` : '';
    const message = `${first.finding.name}: ${first.finding.says}${others}`;
    return { ...named, failure: { message, text: [first, ...more].map(failureText).join('\n\n') } };
  }
  if (found.length > 0) return { ...named, skipped: knownText(found, run) };
  if (status === 'pass') return named;
  return { ...named, skipped: `not supported${reasons.map((reason) => `; ${reason}`).join('')}` };
}

function knownText(found: readonly { readonly check: string }[], { standings }: Run): string {
  const known = new Set(found.map(({ check }) => check));
  const entries = standings.filter(({ check }) => known.has(check));
  return `known: ${entries.map(({ check, reason }) => `${check}: ${reason}`).join('; ')}`;
}

/** The baseline is at fault where it says what is no longer so. */
const overdueCases = (run: Run): readonly Case[] =>
  overdueIn(run).map(({ check, standing, reason, due }) => ({
    ...{ name: check, suite: 'baseline' },
    failure: { message: `${standing}: ${due}`, text: `${check}\n${standing}: ${due}\n${reason}` },
  }));

/** A run that came to no end, or to nothing, has no failures, and has not passed. */
const unfinishedCases = ({ verdict: { exitCode, says } }: Run): readonly Case[] =>
  exitCode === EXIT.usage || exitCode === EXIT.interrupted
    ? [{ name: 'run', suite: 'touchstone', failure: { message: says, text: says } }]
    : [];

// XML --------------------------------------------------------------------------------------------

const countsOf = (cases: readonly Case[]): string =>
  `tests="${cases.length}" failures="${cases.filter((c) => c.failure).length}" errors="0" skipped="${cases.filter((c) => c.skipped !== undefined).length}"`;

const suiteLines = (cases: readonly Case[], run: Run): readonly string[] => [
  `  <testsuite name="${attribute(cases[0]!.suite)}" ${countsOf(cases)}>`,
  '    <properties>',
  ...settingsOf(run).map(
    ([name, value]) => `      <property name="${attribute(name)}" value="${attribute(value)}"/>`,
  ),
  '    </properties>',
  ...cases.map(caseText),
  '  </testsuite>',
];

function caseText({ name, suite, failure, skipped }: Case): string {
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(suite)}"`;
  if (skipped !== undefined)
    return `${open}>\n      <skipped message="${attribute(skipped)}"/>\n    </testcase>`;
  if (!failure) return `${open}/>`;
  const { message, text } = failure;
  return `${open}>\n      <failure message="${attribute(message)}">${content(text)}</failure>\n    </testcase>`;
}

const content = (text: string): string => escaped(legible(text)).replaceAll('\r', '&#13;');
/** A line break in an attribute would be read as a space. */
const attribute = (text: string): string =>
  content(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
