/** # The guides: what in them is computed, put in its place */
import { existsSync, readdirSync } from 'node:fs';
import { type CauseWords, causesEn, causesZh } from '../words/causes.ts';
import { filled, type Run } from './examples.ts';
import { withCauses } from './nan.ts';

const FOLDERS: readonly (readonly [folder: string, words: CauseWords])[] = [
  ['guides', causesEn],
  ['zh/guides', causesZh],
];

/** Every guide, by its path below docs/, as it should be. */
export async function guides(
  docs: string,
  read: (path: string) => string,
  run: Run,
): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const [folder, words] of FOLDERS) {
    const hasPlayground = existsSync(`${docs}${words.base}/playground.md`);
    for (const name of readdirSync(`${docs}/${folder}`).sort()) {
      const path = `${folder}/${name}`;
      const page = await filled(read(path), run);
      made.set(path, name === 'nan.md' ? withCauses(page, words, hasPlayground) : page);
    }
  }
  return made;
}
