/** # Who takes part in a benchmark, and what they are asked */
import type { Shape } from '../../src/index.ts';

export const operators = [
  'relu',
  'sigmoid',
  'logsigmoid',
  'tanh',
  'softplus',
  'softmax',
  'log-softmax',
  'cross-entropy',
  'reverse-cross-entropy',
  'symmetric-cross-entropy',
  'nll-loss',
  'binary-cross-entropy-with-logits',
  'kl-div',
] as const;
export type OperatorId = (typeof operators)[number];

/** A gradient is that of the loss, of Σ cotangent × result, or without a cotangent of Σ result. */
export type Pass = 'forward' | 'forward+backward';

/** One operator on fixed inputs. */
export interface Case {
  readonly op: OperatorId;
  readonly pass: Pass;
  readonly shape: Shape;
  readonly input: Float32Array;
  /** Classes of a cross-entropy, probabilities of a binary one or of a divergence. */
  readonly classes?: Int32Array;
  readonly probabilities?: Float32Array;
  /** Of a softmax with its gradient: that of Σ result is 0. */
  readonly cotangent?: Float32Array;
}

/** What was computed; a loss is an array of one. */
export interface Answer<Data = Float32Array> {
  readonly value: Data;
  /** Where the pass is forward+backward. */
  readonly gradient?: Data;
}

/** Something that computes a case, again and again. */
export interface Candidate {
  readonly name: string;
  readonly isAsync: boolean;
  /** Called before a series of runs and not timed. */
  readonly prepare?: () => Promise<void>;
  readonly run: () => unknown;
  /** Runs once more and says what came out. */
  readonly answer: () => Answer | Promise<Answer>;
  readonly release?: () => void | Promise<void>;
}

/** A candidate that is made when its turn comes, or rejects with what stands against it. */
export interface Offer {
  readonly name: string;
  readonly open: () => Candidate | Promise<Candidate>;
}

/** An implementation once it is loaded. */
export interface Loaded {
  readonly version: string;
  readonly offers: (asked: Case) => readonly Offer[];
}

export interface Peer {
  readonly name: string;
  /** Rejects where it cannot be had. */
  readonly load: () => Promise<Loaded>;
}

/** The name of our own candidate, which all others are compared with. */
export const OURS = 'touchstone';
