/**
 * # What an implementation must offer
 *
 * A candidate answers one request at a time: an operator, its parameters, its inputs, and what is
 * wanted back. The same messages travel as JSON lines to programs in other languages, where a
 * payload carries base64 in place of `data`. Parameters are always complete, so that a candidate
 * needs no defaults of its own.
 */
import type { Grade } from '../spec/grade.ts';
import type { Dtype } from '../spec/tensor.ts';

/** Elements as they lie in memory: float16 and bfloat16 as their bits. */
export type Data =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Uint8Array
  | Uint16Array;

export interface Payload {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Data;
}

/** `out`, or the gradient with respect to one input. */
export type Wanted = 'out' | `grad:${string}`;

export type Setting = number | string | boolean;

export interface Request {
  readonly id?: string;
  readonly op: string;
  readonly params: { readonly [name: string]: Setting };
  readonly in: { readonly [name: string]: Payload };
  readonly want: readonly Wanted[];
  /** The cotangent of `out`; ones where it is absent or null. */
  readonly grad_out?: Payload | null;
  /** In place of an input that both sides can make: only of whoever answers `sweep`. */
  readonly patterns?: Patterns;
}

/** The numbers of so many consecutive bit patterns, as one vector: the input of a sweep. */
export interface Patterns {
  readonly dtype: 'f16' | 'bf16' | 'f32';
  readonly start: number;
  readonly count: number;
}

/**
 * Ways to fail a question instead of answering or refusing it. Only `oom`, out of memory, is said by a
 * candidate; the others are said of a program by whoever watches over it. `flaky`: it failed and then
 * answered the same question. `aborted`: it failed so often that the question was not asked.
 */
export const BREAKDOWNS = ['crash', 'timeout', 'protocol', 'oom', 'flaky', 'aborted'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export const isBreakdown = (kind: string): kind is Breakdown =>
  (BREAKDOWNS as readonly string[]).includes(kind);

export interface Refusal {
  readonly kind: 'invalid_input' | 'unsupported' | 'internal' | Breakdown;
  readonly message: string;
  /** The last of what the program said beside its answers. */
  readonly stderr?: string;
}

/** What came to light about a question after it had been answered. */
export interface Afterthought {
  readonly request?: Request;
  /** As findings are named. */
  readonly name: string;
  readonly says: string;
}

export interface Reply {
  readonly id?: string;
  readonly out?: Payload;
  readonly [gradient: `grad:${string}`]: Payload;
  readonly error?: Refusal;
  /** The candidate does not offer this case: reported as not run, never as passed. */
  readonly skip?: { readonly reason: string };
}

export interface Offer {
  /** The inputs with respect to which there is a gradient. */
  readonly grad: readonly string[];
  /** Grades that the candidate promises; it is held to them where they ask for more than the gate. */
  readonly promises?: { readonly value: Grade; readonly gradient: Grade };
}

export interface Hello {
  readonly protocol: 1;
  readonly impl: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    readonly url?: string;
  };
  readonly env?: { readonly [name: string]: string };
  /** Messages that it answers beside `run`, such as `sweep`. */
  readonly commands?: readonly string[];
  readonly dtypes: readonly Dtype[];
  readonly dialect: string;
  readonly policy: {
    readonly ftz: 'none' | 'output' | 'input' | 'both';
    readonly signed_zero: 'strict' | 'ignore';
    readonly deterministic: boolean;
    /** The format that numeric parameters arrive in; f64 where it is absent. */
    readonly parameters?: 'f32' | 'f64';
  };
  /** The operators on offer. */
  readonly ops: { readonly [op: string]: Offer };
  readonly unsupported?: { readonly [op: string]: { readonly reason: string } };
}

export interface Candidate {
  hello(): Hello | Promise<Hello>;
  run(request: Request): Reply | Promise<Reply>;
  /** How many requests it takes at once; 1 if absent. */
  readonly width?: number;
  /** What came to light since this was last called. */
  afterthoughts?(): readonly Afterthought[] | Promise<readonly Afterthought[]>;
  /** Ends what it holds, such as a process. */
  close?(): Promise<void>;
}
