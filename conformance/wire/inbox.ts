/** # Answers that wait for their turn, and questions that are remembered for a while */

/** The last few by their names. */
export function memory<T>(length: number) {
  const all = new Map<string, T>();
  return {
    add(name: string, thing: T): void {
      all.set(name, thing);
      if (all.size > length) all.delete(all.keys().next().value!);
    },
    get: (name: string): T | undefined => all.get(name),
    last: (): T | undefined => [...all.values()].at(-1),
  };
}

/**
 * Each in a turn of its own: what follows from one answer, such as the next question, is on its way
 * before the next answer is judged.
 */
export function oneByOne(whenEmpty: () => void) {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    waiting.shift()!();
    setImmediate(waiting.length > 0 ? next : whenEmpty);
  };
  return {
    isEmpty: (): boolean => waiting.length === 0,
    add(task: () => void): void {
      waiting.push(task);
      if (waiting.length === 1) setImmediate(next);
    },
  };
}
