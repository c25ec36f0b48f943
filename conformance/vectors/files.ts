/** # Files that are there when all of them is, and not before */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, failure, messageOf } from '../failure.ts';

type Lines = AsyncIterable<string>;
/** The first line, once it is known how many follow and what their hash is. */
type First = (count: number, hash: string) => string;

/** Lines under a first one that tells about them; memory does not grow with their number. */
export async function writeLines(path: string, lines: Lines, first: First): Promise<number> {
  const [body, whole] = [`${path}.body.partial`, `${path}.partial`];
  try {
    const { count, hash } = await spooled(body, lines);
    await writeFile(whole, first(count, hash));
    await pipeline(createReadStream(body), createWriteStream(whole, { flags: 'a' }));
    await rename(whole, path);
    return count;
  } catch (problem) {
    throw asUsage(path, problem);
  } finally {
    await Promise.all([body, whole].map((file) => rm(file, { force: true })));
  }
}

async function spooled(path: string, lines: Lines): Promise<{ count: number; hash: string }> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    let count = 0;
    for await (const line of lines) {
      await file.write(line);
      hash.update(line);
      count++;
    }
    return { count, hash: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** The same to where results are printed. */
export async function printLines(
  print: (text: string) => Promise<void>,
  lines: Lines,
  first: First,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-vectors-'));
  try {
    const file = join(folder, 'vectors.jsonl');
    const count = await writeLines(file, lines, first);
    for await (const chunk of createReadStream(file, 'utf8')) await print(chunk as string);
    return count;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A new folder with all that `fill` puts into it. */
export async function writeFolder<T>(
  path: string,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const partial = `${path}.partial`;
  const taken = await readdir(path).catch(() => []);
  if (taken.length > 0)
    throw failure(EXIT.usage, `${path} is not empty; name a folder that is new`);
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const filled = await fill(partial);
    await rename(partial, path);
    return filled;
  } catch (problem) {
    throw asUsage(path, problem);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** What the file system says is about the path that was given; all else is not. */
const asUsage = (path: string, problem: unknown): unknown =>
  problem instanceof Error && 'syscall' in problem
    ? failure(EXIT.usage, `${path}: ${messageOf(problem)}`, problem)
    : problem;
