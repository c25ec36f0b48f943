/**
 * # A sweep: its parts, done by several workers in any order
 *
 * What is done so far is a result of its own at any time. So a sweep that is interrupted has lost
 * nothing but the parts that were under way, and what it resumes from is what it would have written.
 */
import { Worker } from 'node:worker_threads';
import { EXIT, failure, isFailure, messageOf } from '../failure.ts';
import type { Range } from './blocks.ts';
import { type Findings, joined, missing, type Result, resultOf } from './result.ts';
import type { Task } from './worker.ts';

/** Judges one part at a time. */
export interface Judge {
  judge(range: Range): Promise<Findings>;
  end(): Promise<void>;
}

export interface Watch {
  /** Called whenever a part is done. */
  onPart(soFar: Result): void | Promise<void>;
  /** Whether no further part is to be begun. */
  isOver(): boolean;
}

/** Of these parts, those that `before` has not; fails as the first judge does. */
export async function sweepParts(
  parts: readonly Range[],
  before: Result,
  judges: readonly Judge[],
  { onPart, isOver }: Watch,
): Promise<Result> {
  const pending = parts.filter((part) => missing(before.ranges, part).length > 0);
  let soFar = before;
  let failed: unknown;
  const work = async ({ judge }: Judge): Promise<void> => {
    for (let part = next(); part; part = next()) {
      const findings = await judge(part);
      soFar = joined(soFar, resultOf(before.plan, [part], findings));
      await onPart(soFar);
    }
  };
  const next = () => (failed || isOver() ? undefined : pending.shift());
  try {
    await Promise.all(
      judges.map((judge) =>
        work(judge).catch((reason) => {
          failed ??= reason;
        }),
      ),
    );
  } finally {
    await Promise.all(judges.map((judge) => judge.end()));
  }
  if (failed) throw failed;
  return soFar;
}

/** A judge in a thread of its own, with a candidate of its own. */
export function inThread(task: Task): Judge {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  let trouble: unknown;
  let waiting: { done(findings: Findings): void; failed(reason: unknown): void } | undefined;
  const fail = (reason: unknown) => {
    trouble ??= isFailure(reason)
      ? reason
      : failure(EXIT.ours, `sweep: ${messageOf(reason)}`, reason);
    waiting?.failed(trouble);
  };
  worker.on('error', fail);
  worker.on('message', ({ findings }: { findings: Findings }) => waiting?.done(findings));
  const exited = new Promise<void>((done) => {
    worker.once('exit', (code) => {
      if (code !== 0) fail(new Error(`a worker ended with ${code}`));
      done();
    });
  });
  return {
    judge: (range) =>
      new Promise((done, failed) => {
        waiting = { done, failed };
        if (trouble) failed(trouble);
        else worker.postMessage(range);
      }),
    async end() {
      if (!trouble) worker.postMessage('end');
      await exited;
    },
  };
}
