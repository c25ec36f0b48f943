/** # docs/results: one file of data for each peer, and the pages that are made of them */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../conformance/whole.ts';
import { pagesOf } from './pages.ts';
import { PEERS } from './peers.ts';
import { layOut, type PeerRecord, parseRecord, withoutDate } from './record.ts';

/** In the order of the columns; peers that are in no list come last. */
export async function readRecords(folder: string): Promise<readonly PeerRecord[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const records: PeerRecord[] = [];
  for (const name of names.sort()) records.push(await readRecord(join(folder, name)));
  const place = ({ peer }: PeerRecord): number => {
    const i = PEERS.indexOf(peer);
    return i < 0 ? PEERS.length : i;
  };
  return records.sort((a, b) => place(a) - place(b));
}

export const readRecord = async (path: string): Promise<PeerRecord> =>
  parseRecord(path, await readFile(path, 'utf8'));

export type Written = 'written' | 'nothing has changed' | 'its results stay';

/**
 * A file stays as it is where nothing but the date is new. That a peer is not installed here replaces
 * results only if it `isNamed`, asked for by name.
 */
export async function writeRecord(
  folder: string,
  record: PeerRecord,
  isNamed: boolean,
): Promise<Written> {
  const path = join(folder, `${record.peer}.json`);
  const before = await readRecord(path).catch(() => undefined);
  if (before && isSame(before, record)) return 'nothing has changed';
  if (before?.state === 'run' && record.state === 'not run' && !isNamed) return 'its results stay';
  await mkdir(folder, { recursive: true });
  await writeWhole(path, layOut(record));
  return 'written';
}

const isSame = (a: PeerRecord, b: PeerRecord): boolean =>
  JSON.stringify(withoutDate(a)) === JSON.stringify(withoutDate(b));

/** Makes all pages anew from what is there. */
export async function writePages(folder: string): Promise<readonly string[]> {
  const pages = Object.entries(pagesOf(await readRecords(folder)));
  for (const [name, text] of pages) await writeWhole(join(folder, name), text);
  return pages.map(([name]) => name);
}
