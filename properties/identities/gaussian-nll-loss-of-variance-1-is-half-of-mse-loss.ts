/**
 *     gaussianNllLoss(x, y, 1; eps ≤ 1, r) = ½ mseLoss(x, y; r)    for every reduction r
 */
import { gaussianNllLoss, mseLoss } from '../../spec/index.ts';
import { restated } from '../restated.ts';

export const { certified, law } = restated({
  name: 'gaussian-nll-loss-of-variance-1-is-half-of-mse-loss',
  says: 'gaussian-nll-loss with variance 1 is half of mse-loss',
  op: gaussianNllLoss,
  given: ({ eps }) => ({ full: false, eps: Math.min(Number(eps), 1) }),
  fed: (tensors) => ({ ...tensors, var: { ...tensors.var!, shape: [], data: [1] } }),
  as: mseLoss,
  with: ({ reduction }) => ({ reduction: reduction! }),
  of: ({ input, target }) => ({ input, target }),
  times: () => 0.5,
});
