/**
 * # Mutants that survive, and why
 *
 * Keyed by how a report names them: file, what was there, what took its place. One that is killed, or
 * that is not met, is a stale line and an error.
 */
import { arithmetic } from './explained-of-arithmetic.ts';
import { definitions } from './explained-of-definitions.ts';
import { grade } from './explained-of-grade.ts';
import { kernels } from './explained-of-kernels.ts';
import { math } from './explained-of-math.ts';
import { operators } from './explained-of-operators.ts';
import { parts } from './explained-of-parts.ts';
import { implementation } from './explained-of-src.ts';

export const explained: { readonly [mutant: string]: string } = {
  ...arithmetic,
  ...kernels,
  ...parts,
  ...implementation,
  ...math,
  ...operators,
  ...definitions,
  ...grade,
};
