/** # What long work has in common: progress where somebody watches, and an ear for Ctrl-C */
import type { Terminal } from './terminal.ts';

const ERASE_LINE = '\r\x1b[K';

/** One rewritten line, where somebody watches. */
export const progressOn = ({ tell, isWatched }: Pick<Terminal, 'tell' | 'isWatched'>) => ({
  show: (what: string): void => {
    if (isWatched) tell(`${ERASE_LINE}${what}`);
  },
  end: (): void => {
    if (isWatched) tell(ERASE_LINE);
  },
});

/** Remembers that Ctrl-C came, and does what is to be done at once. */
export function interruptions(atOnce: () => void = () => {}) {
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
    atOnce();
  };
  process.once('SIGINT', interrupt);
  return { came: () => isInterrupted, end: () => process.off('SIGINT', interrupt) };
}
