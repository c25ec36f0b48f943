/** # What became of one mutant */

/** As Stryker reports it; lines and columns count from 1. */
export interface Result {
  readonly fileName: string;
  readonly status: string;
  readonly replacement: string;
  readonly location: Location;
}
export interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface Outcome {
  readonly file: string;
  readonly location: Location;
  readonly status: string;
  /** File, what was there, and what took its place, in one line. */
  readonly mutant: string;
  readonly isKilled: boolean;
}

/** Counts as killed: a test failed, or nothing came to an end. */
const KILLED = ['Killed', 'Timeout', 'RuntimeError', 'CompileError'];

export function outcomeOf(result: Result, source: string): Outcome {
  const { fileName: file, status, replacement, location } = result;
  const was = between(source, location);
  const mutant = `${file}: ${oneLine(was)} → ${oneLine(replacement)}`;
  return { file, location, status, mutant, isKilled: KILLED.includes(status) };
}

function between(source: string, { start, end }: Location): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const [from, to] = [start.column - 1, end.column - 1];
  if (lines.length === 1) return lines[0]!.slice(from, to);
  return [lines[0]!.slice(from), ...lines.slice(1, -1), lines.at(-1)!.slice(0, to)]
    .map((line) => line.trim())
    .join(' ');
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
