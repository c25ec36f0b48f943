/** # Files are written whole or not at all */
import { rename, writeFile } from 'node:fs/promises';

/** The whole file or the one that was there before. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
