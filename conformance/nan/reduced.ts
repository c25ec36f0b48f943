/** # From terms to one number */
import { over } from './kernels.ts';
import { each, type Step, total } from './stages.ts';
import type { Settings } from './textbook.ts';

/** The sum, or for `mean` that over how many count. */
export function reduced(terms: Step, count: number, { reduction }: Settings): Step {
  const all = total(`Σ ${terms.name}`, `Σ ${terms.name}`, terms);
  return reduction === 'sum' ? all : each('mean', `${all.name} / ${count}`, over(count), all);
}
