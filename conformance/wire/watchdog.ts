/**
 * # A watchdog
 *
 * Barks when nothing has come for too long. Who was busy elsewhere has not listened: what has come in
 * the meantime is heard first, and where something is coming it gets the same time once more.
 */
export function watchdog(heard: () => number, bark: (limit: number) => void) {
  let timer: NodeJS.Timeout | undefined;
  let limit = 0;
  let round = 0;
  const stop = (): void => {
    round++;
    clearTimeout(timer);
  };
  const wait = (isLast: boolean): void => {
    timer = setTimeout(() => {
      const [before, mine] = [heard(), round];
      setImmediate(() =>
        setImmediate(() => {
          if (mine !== round) return;
          if (heard() !== before && !isLast) wait(true);
          else bark(limit);
        }),
      );
    }, limit);
  };
  return {
    start: (ms: number): void => {
      stop();
      limit = ms;
      wait(false);
    },
    stop,
  };
}
