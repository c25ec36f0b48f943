/**
 * # Reports as they are written
 *
 * JSON Lines go out as they come, to FILE.partial, which becomes FILE when it has its footer: what a
 * run that was killed has found is in there. All other reports are made at the end.
 */
import { open, rename, rm, writeFile } from 'node:fs/promises';
import type { LawResult } from '../../properties/law.ts';
import type { Terminal } from '../terminal.ts';
import { footLine, type Head, headLine, resultLine } from './jsonl.ts';
import { contentOf, isPrinted, type Report, unwritable } from './kinds.ts';
import type { Run } from './record.ts';

export interface Recording {
  add(result: LawResult): Promise<void>;
  end(run: Run): Promise<void>;
  /** For a run that comes to no end: lines stay where they are. */
  close(): Promise<void>;
}

export async function startRecording(
  command: string,
  reports: readonly Report[],
  head: Head,
  terminal: Terminal,
): Promise<Recording> {
  const isStream = ({ kind }: Report) => kind === 'jsonl';
  const sinks: Sink[] = [];
  for (const report of reports.filter(isStream))
    sinks.push(
      isPrinted(report) ? printed(terminal) : await filed(placeOf(command, report), report),
    );
  const write = async (line: string) => {
    for (const sink of sinks) await sink.write(line);
  };
  await write(headLine(head));
  return {
    add: (result) => write(resultLine(result)),
    async end(run) {
      await write(footLine(run));
      for (const sink of sinks) await sink.end();
      for (const report of reports.filter((r) => !isStream(r))) {
        const content = contentOf(report, run);
        if (isPrinted(report)) await terminal.print(content);
        else await writeWhole(placeOf(command, report), report.path, content);
      }
    },
    async close() {
      for (const sink of sinks) await sink.close();
    },
  };
}

const placeOf = (command: string, { kind, path }: Report): string =>
  `${command}: --report ${kind}=${path}`;

interface Sink {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
}

const printed = ({ print }: Terminal): Sink => ({
  write: print,
  end: async () => {},
  close: async () => {},
});

async function filed(place: string, { path }: Report): Promise<Sink> {
  const partial = `${path}.partial`;
  const told = (problem: unknown) => {
    throw unwritable(place, problem);
  };
  const file = await open(partial, 'w').catch(told);
  return {
    write: (text) => file.appendFile(text).catch(told),
    end: async () => {
      await file.close();
      await rename(partial, path).catch(told);
    },
    close: () => file.close(),
  };
}

/** The whole file or none of it. */
export async function writeWhole(place: string, path: string, content: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (problem) {
    await rm(partial, { force: true });
    throw unwritable(place, problem);
  }
}
