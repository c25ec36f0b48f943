/**
 * # JavaScript source to functions
 *
 * Source is the text of a function body that returns a function, and may use what is in `runtime`.
 * Where the engine forbids to compile text, what tools/generate.ts has written is looked up.
 */
import { generated } from './generated.ts';
import { type Runtime, runtime } from './runtime.ts';

/** How source becomes a function; `either` prefers to compile it. */
export type Origin = 'compiled' | 'generated' | 'either';

/** undefined where the source can neither be compiled nor is there. */
export function compile<F>(source: string, origin: Origin = 'either'): F | undefined {
  const builder = origin === 'generated' ? undefined : compiled(source);
  const found = origin === 'compiled' ? undefined : generated[keyOf(source)];
  return (builder ?? found)?.(runtime) as F | undefined;
}

/** What is in scope of the source. */
export const SCOPE = `{ ${Object.keys(runtime).join(', ')} }`;

function compiled(source: string): ((runtime: Runtime) => unknown) | undefined {
  try {
    return Function(SCOPE, source) as (runtime: Runtime) => unknown;
  } catch (problem) {
    if (problem instanceof EvalError) return undefined;
    throw problem;
  }
}

/** Two sums of FNV's kind, 64 bits: enough to tell some dozens of texts apart. */
export function keyOf(source: string): string {
  let [a, b] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < source.length; i++) {
    const letter = source.charCodeAt(i);
    a = Math.imul(a ^ letter, 0x01000193);
    b = Math.imul(b ^ letter, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
