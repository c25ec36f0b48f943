/** # Kinds of reports, and where they go */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT, type Failure, failure, messageOf } from '../failure.ts';
import { badge } from './badge.ts';
import { baseline } from './baseline.ts';
import { github } from './github.ts';
import { html } from './html.ts';
import { json, jsonl } from './jsonl.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Run } from './record.ts';

export const KINDS = { jsonl, baseline, json, junit, markdown, html, github, badge } as const;

export interface Report {
  readonly kind: keyof typeof KINDS;
  /** `-` is standard output. */
  readonly path: string;
}

export const isPrinted = ({ path }: Report): boolean => path === '-';

export const contentOf = ({ kind }: Report, run: Run): string => KINDS[kind](run);

/** Fails with the exit code for usage where a report could not be written in the end. */
export async function parseReports(
  command: string,
  options: readonly string[],
): Promise<readonly Report[]> {
  const reports = options.map((option) => parseReport(command, option));
  if (reports.filter(isPrinted).length > 1)
    throw failure(EXIT.usage, `${command}: --report: one report alone can go to standard output`);
  for (const report of reports) if (!isPrinted(report)) await checkPlace(command, report);
  return reports;
}

function parseReport(command: string, option: string): Report {
  const [kind, ...path] = option.split('=');
  if (Object.hasOwn(KINDS, kind!) && path.join('=') !== '')
    return { kind: kind as keyof typeof KINDS, path: path.join('=') };
  const known = Object.keys(KINDS).join(', ');
  throw failure(
    EXIT.usage,
    `${command}: --report ${option} should be KIND=FILE, KIND one of ${known}`,
  );
}

/** A run may take long: that there is no place for its report is said before it. */
async function checkPlace(command: string, { kind, path }: Report): Promise<void> {
  const place = `${command}: --report ${kind}=${path}`;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw failure(EXIT.usage, `${place}: it is a folder`);
  const folder = await stat(dirname(path)).catch((problem) => {
    throw unwritable(place, problem);
  });
  if (!folder.isDirectory()) throw failure(EXIT.usage, `${place}: ${dirname(path)} is no folder`);
}

export const unwritable = (place: string, problem: unknown): Failure =>
  failure(EXIT.usage, `${place}: ${messageOf(problem)}`, problem);
