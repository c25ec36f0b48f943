/** # Plants the mistake that TOUCHSTONE_MISTAKE names in what the tests load */
import type { Plugin } from 'vitest/config';
import { decoys, type Mistake, mistakes } from './mistakes.ts';

/** No plugin at all without a name; fails where there is no such mistake, or no place for it. */
export function planting(name: string | undefined, root: string): readonly Plugin[] {
  if (name === undefined) return [];
  const mistake = { ...mistakes, ...decoys }[name];
  if (!mistake) throw new RangeError(`there is no mistake "${name}"`);
  const transform = (text: string, id: string): string | undefined =>
    id === `${root}/${mistake.file}` ? planted(text, mistake) : undefined;
  return [{ name: 'mistake', enforce: 'pre', transform }];
}

export function planted(text: string, { file, from, to }: Mistake): string {
  const parts = text.split(from);
  if (parts.length === 2) return parts.join(to);
  throw new RangeError(
    `${file} should have this once but has it ${parts.length - 1} times: ${from}`,
  );
}
