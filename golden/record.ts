/**
 * # Recording
 *
 *     node dist/golden/record.js [operator …]
 *
 * Asks ONNX Runtime, and writes one file for each operator, or for those that are named: all of them,
 * or none. Files of operators that are gone are removed.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { onnxruntime } from '../conformance/adapters/onnxruntime.ts';
import { writePayload } from './case.ts';
import { casesOf } from './cases/index.ts';
import {
  casesToRecord,
  fileOf,
  folder,
  type Recorded,
  type RecordedCase,
  writeCase,
} from './recorded.ts';
import { testify } from './witness.ts';

async function recordedCases(op: string): Promise<RecordedCase[]> {
  const recorded: RecordedCase[] = [];
  for (const of of casesToRecord(op)) {
    const witnesses = await testify([of]);
    const answers = witnesses.map(({ precision, answer }) => [precision, writePayload(answer)]);
    recorded.push({ ...writeCase(of), answers: Object.fromEntries(answers) });
  }
  return recorded;
}

export async function record(op: string): Promise<Recorded> {
  const { impl, env } = await onnxruntime.hello();
  return {
    op,
    onnxruntime: impl.version,
    cpu: env?.cpu ?? 'unknown',
    cases: await recordedCases(op),
  };
}

/** One case a line, so that a change shows as the cases that it changes. */
export function textOf({ cases, ...head }: Recorded): string {
  const fields = Object.entries(head).map(
    ([name, value]) => `${JSON.stringify(name)}: "${value}",`,
  );
  const lines = cases.map((one) => JSON.stringify(one)).join(',\n');
  return `{\n${fields.join('\n')}\n"cases": [\n${lines}\n]\n}\n`;
}

/** Files take their places only when every one of them is written. */
export function writeAll(files: ReadonlyMap<string, string>): void {
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      written.push(path);
      writeFileSync(`${path}.new`, text);
    }
    for (const path of files.keys()) renameSync(`${path}.new`, path);
  } finally {
    for (const path of written) rmSync(`${path}.new`, { force: true });
  }
}

async function main(...named: string[]): Promise<void> {
  const files = new Map<string, string>();
  const all = Object.keys(casesOf);
  for (const op of named.length > 0 ? named : all) files.set(fileOf(op), textOf(await record(op)));
  mkdirSync(folder, { recursive: true });
  writeAll(files);
  const known = all.map(fileOf);
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if (!known.includes(path)) rmSync(path);
  console.error(`${files.size} files written to ${folder}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) await main(...argv.slice(2));
