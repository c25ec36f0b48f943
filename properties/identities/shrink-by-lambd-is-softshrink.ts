/**
 *     shrink(x; bias = lambd, lambd) = softshrink(x; lambd)
 */
import { shrink, softshrink } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'shrink-by-lambd-is-softshrink',
  says: 'shrink(x) with bias = lambd is softshrink(x)',
  op: shrink,
  given: ({ lambd }) => ({ bias: lambd! }),
  as: softshrink,
  with: ({ lambd }) => ({ lambd: lambd! }),
});
