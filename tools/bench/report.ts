/** # What a run says, as plain data: the JSON file is this */
import type { Errors } from './accuracy.ts';
import type { OperatorId, Pass } from './candidate.ts';
import type { Machine } from './machine.ts';
import type { Profile } from './profile.ts';
import type { Cost } from './rounding.ts';
import type { Ratio, Timing } from './statistics.ts';

export type Line = Timed | NotRun;

export interface Timed {
  readonly name: string;
  /** Nanoseconds per element. */
  readonly ns: Timing;
  /** Above 1 ours is faster; absent for ours, and where ours has no time. */
  readonly ratio?: Ratio;
  /** The largest errors observed. */
  readonly ulps: Errors;
  /** Where the answer is not that of the case: what is wrong with it. */
  readonly wrong?: string;
}

export interface NotRun {
  readonly name: string;
  readonly reason: string;
}

export interface Result {
  readonly op: OperatorId;
  readonly pass: Pass;
  readonly size: string;
  readonly elements: number;
  /** Ours first. */
  readonly lines: readonly Line[];
}

export interface Report {
  readonly version: string;
  readonly started: string;
  readonly machine: Machine;
  readonly peers: readonly ({ readonly name: string; readonly version: string } | NotRun)[];
  readonly settings: { readonly seconds: number; readonly rounds: number; readonly seed: number };
  readonly notes: readonly string[];
  readonly results: readonly Result[];
  /** What correct rounding costs, if that was asked for. */
  readonly rounding?: readonly Cost[];
  /** Where the time of a softmax goes, if that was. */
  readonly profile?: readonly Profile[];
}

export const NOTES: readonly string[] = [
  'ns/element is the minimum over all rounds, in brackets the median; "× ours" is the time of a peer by ours, so above 1 ours is faster.',
  'ulp is the largest error observed on the inputs of the case, of the value and of the gradient, against float64; a sample, not a bound. WRONG: the answer is not that of the case within 1e-3.',
  'touchstone reads and writes the caller’s arrays, copies to and from its memory included. Results go into arrays given as out.',
  'onnxruntime-node: one thread, results into tensors allocated before. onnxruntime-web: one thread, copies in and out on every run, results allocated by it as it cannot write into given ones.',
  'tfjs: one thread, inputs and results stay on the backend, nothing is copied; its gradient always computes the value too; cross-entropy is given one-hot targets.',
  'ONNX has no backward pass for inference: gradients are graphs composed by hand. Cross-entropy: A is the stable graph; B takes the logarithm of a rounded probability, which cancels near 1 and is infinite where it has underflowed.',
  'plain Math.*: loops in float64 as one would write them, results into arrays allocated before.',
];

export const ROUNDING_NOTES: readonly string[] = [
  'ns/element, copies to and from the memory of the module included: rounded is the kernel as operators run it, fast alone its formula rounded once without a test, up to an ulp off. The ratio is rounded by fast alone, of minima and in brackets of medians.',
];

export const PROFILE_NOTES: readonly string[] = [
  'ns/element, minima, of softmax forward: call is that of the kernel, once for some thousand elements, and what it does for each row; maximum, exponentials (with their sum) and scaling (with rounding and storing) are its passes; copies are from and to the caller’s arrays.',
  'operator is the whole call; the rest is what it takes beyond the sum of the others, which one by one find more in the cache. Rows use no fused multiply-add.',
];
