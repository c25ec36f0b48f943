/** # A bug of the corpus, made again in one of our operators */
import type { Candidate } from '../../properties/candidate.ts';

/** The operator, a candidate with the bug, and what the report must say that it looks like. */
export type Mutant = readonly [op: string, candidate: Candidate, like?: RegExp];

/** By the id that the bug has in the corpus. */
export type Mutants = { readonly [bug: string]: Mutant };
