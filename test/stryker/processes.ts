/**
 * # Several targets at once
 *
 * Stryker is one run at a time in a process, so each target has its own, with its talk in a file in
 * reports/stryker.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';

export interface Bounds {
  readonly jobs: number;
  readonly concurrency: number;
  readonly minutes: number;
  /** Only every so many lines. */
  readonly every: number;
  /** Only what survived before. */
  readonly survivors?: boolean;
}

/** Resolves once all have ended, or the time is up: then those that have not ended are stopped. */
export async function inProcesses(names: readonly string[], bounds: Bounds): Promise<void> {
  const waiting = [...names];
  const running = new Set<ChildProcess>();
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    // Each is the leader of a group: Stryker's own processes end with it.
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  };
  const timer = Number.isFinite(bounds.minutes)
    ? setTimeout(stop, bounds.minutes * 60_000)
    : undefined;
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined && !isOver; name = waiting.shift()) {
      const child = start(name, bounds);
      running.add(child);
      await new Promise((resolve) => child.once('close', resolve));
      running.delete(child);
      process.stderr.write(`${isOver ? 'stopped' : 'ended'}: ${name}\n`);
    }
  };
  await Promise.all(Array.from({ length: bounds.jobs }, worker));
  clearTimeout(timer);
}

function start(name: string, { concurrency, every, survivors }: Bounds): ChildProcess {
  mkdirSync('reports/stryker', { recursive: true });
  const talk = openSync(`reports/stryker/${name}.log`, 'w');
  const way = survivors ? '--survivors' : '--again';
  const numbers = ['--concurrency', String(concurrency), '--every', String(every)];
  const args = [way, '--target', name, ...numbers];
  const options: SpawnOptions = { detached: true, stdio: ['ignore', talk, talk] };
  return spawn(process.execPath, [process.argv[1]!, ...args], options);
}
