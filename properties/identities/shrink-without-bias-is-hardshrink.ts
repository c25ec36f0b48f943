/**
 *     shrink(x; bias = 0, lambd) = hardshrink(x; lambd)
 */
import { hardshrink, shrink } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'shrink-without-bias-is-hardshrink',
  says: 'shrink(x) with bias 0 is hardshrink(x)',
  op: shrink,
  given: () => ({ bias: 0 }),
  as: hardshrink,
  with: ({ lambd }) => ({ lambd: lambd! }),
});
