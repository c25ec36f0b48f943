/** # Failures: errors that know the exit code of the command they end */

/** What the exit codes mean. */
export const EXIT = {
  conforms: 0,
  fails: 1,
  usage: 2,
  candidate: 3,
  /** A stale baseline and nothing else. */
  stale: 4,
  ours: 5,
  interrupted: 130,
  /** As a process has it that was told to end. */
  terminated: 143,
} as const;

export interface Failure extends Error {
  readonly exitCode: number;
}

export const failure = (exitCode: number, message: string, cause?: unknown): Failure =>
  Object.assign(new Error(message, { cause }), { exitCode });

export const isFailure = (problem: unknown): problem is Failure =>
  problem instanceof Error && 'exitCode' in problem && typeof problem.exitCode === 'number';

export const messageOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem);

/**
 * Whether an operator turned its arguments down. Such messages begin with the operator's name; any
 * other RangeError or TypeError, as the engine throws them, is a mistake of ours.
 */
export const isRefusal = (op: string, problem: unknown): boolean =>
  (problem instanceof RangeError || problem instanceof TypeError) &&
  problem.message.startsWith(`${op}: `);
