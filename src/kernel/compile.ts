/**
 * # JavaScript source to functions
 *
 * `body` is the text of a function body that returns a function. It may use what is in `runtime`.
 */
import { runtime } from './runtime.ts';

export function compile<F>(body: string): F {
  return Function(...Object.keys(runtime), body)(...Object.values(runtime));
}
