/** # `touchstone vectors`: test vectors for those who want no runner */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Payload } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { EXIT, failure } from '../failure.ts';
import { type Plan, planOf } from '../plan.ts';
import { reference } from '../reference.ts';
import { subjectOf } from '../run.ts';
import type { Terminal } from '../terminal.ts';
import { draftsOf } from '../vectors/draft.ts';
import { printLines, writeFolder, writeLines } from '../vectors/files.ts';
import { type Head, headLine, vectorLine, type Writing } from '../vectors/jsonl.ts';
import { safetensors } from '../vectors/safetensors.ts';
import { type Vector, vectorFor } from '../vectors/vector.ts';
import { version } from '../version.ts';
import { interruptions, progressOn } from '../watching.ts';

export interface VectorsOptions {
  readonly op?: string;
  readonly format: string;
  readonly out?: string;
  readonly seed: string;
  readonly profile: string;
  readonly minGrade: string;
}

/** Questions for each law and operator, by the name of a profile. */
export const PER_LAW: { readonly [profile: string]: number } = { smoke: 3, quick: 10 };
const FORMATS = ['jsonl', 'safetensors'];

/** Writes them and returns the exit code. */
export async function vectors(options: VectorsOptions, terminal: Terminal): Promise<number> {
  const { format, out, profile } = options;
  if (!FORMATS.includes(format))
    throw failure(EXIT.usage, `vectors: --format ${format} should be one of ${FORMATS.join(', ')}`);
  if (format === 'safetensors' && out === undefined)
    throw failure(EXIT.usage, 'vectors: --format safetensors needs a new folder: --out DIR');
  const plan = planOf(options, 'vectors', PER_LAW);
  const { seed, minGrade } = plan;
  const head: Head = { suite: version, seed, profile, minGrade };
  const interruption = interruptions();
  try {
    const all = watched(generate(plan, terminal), interruption.came);
    const count = await written(all, head, options, terminal);
    terminal.tell(`${count} vectors of ${plan.ops.length} operators${out ? ` in ${out}` : ''}\n`);
    return count > 0 ? EXIT.conforms : EXIT.usage;
  } finally {
    interruption.end();
  }
}

function written(
  all: AsyncIterable<Vector>,
  head: Head,
  { format, out }: VectorsOptions,
  terminal: Terminal,
): Promise<number> {
  if (format === 'safetensors') return writeTensors(out!, all, head);
  const first = (count: number, hash: string) => headLine(head, count, hash);
  return out === undefined
    ? printLines(terminal.print, asLines(all), first)
    : writeLines(out, asLines(all), first);
}

async function* asLines(all: AsyncIterable<Vector>): AsyncGenerator<string> {
  for await (const vector of all) yield vectorLine(vector);
}

/** Every vector of a plan, operator by operator. */
export async function* generate(
  plan: Pick<Plan, 'ops' | 'seed' | 'minGrade' | 'runs'>,
  terminal?: Pick<Terminal, 'tell' | 'isWatched'>,
): AsyncGenerator<Vector> {
  const progress = terminal && progressOn(terminal);
  const hello = await reference.hello();
  for (const op of plan.ops) {
    const subject = subjectOf(reference, hello, op, plan)!;
    const seen = new Set<string>();
    for await (const draft of draftsOf(subject, plan.runs)) {
      progress?.show(`${op.id}: ${draft.law}`);
      const vector = vectorFor(subject, draft);
      if (!vector || seen.has(vector.id)) continue;
      seen.add(vector.id);
      yield vector;
    }
  }
  progress?.end();
}

// Tensors in files -------------------------------------------------------------------------------

/** A file of tensors for each operator, and `cases.jsonl`, which names them. */
const writeTensors = (out: string, all: AsyncIterable<Vector>, head: Head): Promise<number> =>
  writeFolder(out, (folder) => {
    const files: { [name: string]: string } = {};
    return writeLines(join(folder, 'cases.jsonl'), casesIn(folder, all, head, files), (...said) =>
      headLine(head, ...said, { files }),
    );
  });

/** A line for each case, once the file of its operator is written. */
async function* casesIn(
  folder: string,
  all: AsyncIterable<Vector>,
  head: Head,
  files: { [name: string]: string },
): AsyncGenerator<string> {
  const { suite, minGrade, seed } = head;
  const metadata = { suite, minGrade, seed: String(seed) };
  for await (const group of byOperator(all)) {
    const name = `${group[0]!.op.id}.safetensors`;
    const tensors = new Map<string, Payload>();
    const lines = group.map((vector) => vectorLine(vector, into(tensors, vector.id)));
    const bytes = safetensors(tensors, metadata);
    await writeFile(join(folder, name), bytes);
    files[name] = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    yield* lines;
  }
}

/** Puts a tensor aside, and says under which name. */
const into =
  (tensors: Map<string, Payload>, id: string): Writing =>
  (t, name) => {
    const { dtype, shape } = t;
    tensors.set(`${id}/${name}`, toPayload(t));
    return { dtype, shape, tensor: `${id}/${name}` };
  };

async function* byOperator(all: AsyncIterable<Vector>): AsyncGenerator<readonly Vector[]> {
  let group: Vector[] = [];
  for await (const vector of all) {
    if (group.length > 0 && group[0]!.op !== vector.op) {
      yield group;
      group = [];
    }
    group.push(vector);
  }
  if (group.length > 0) yield group;
}

// Interruption -----------------------------------------------------------------------------------

/** Ends with a failure as soon as somebody wants it to end; signals come between two vectors. */
async function* watched<T>(all: AsyncIterable<T>, isOver: () => boolean): AsyncGenerator<T> {
  for await (const item of all) {
    await setImmediate();
    if (isOver()) throw failure(EXIT.interrupted, 'interrupted: nothing was written');
    yield item;
  }
}
