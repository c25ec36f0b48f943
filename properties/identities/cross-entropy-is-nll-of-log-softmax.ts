/**
 *     crossEntropy(x, y; w, ε = 0, r) = nllLoss(logSoftmax(x), y; w, r)    for every reduction r
 */
import { crossEntropy, logSoftmax, nllLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { asked, classAxis, everyday, hasClasses, identity } from '../identity.ts';
import { feeding, results, same, stated } from '../same.ts';

export const certified = stated(everyday(nllLoss), ({ tensors, settings }) => {
  const direct = lift(crossEntropy, tensors, settings);
  const { input } = tensors;
  const inner = lift(logSoftmax, { input }, { dim: classAxis(input!) });
  const outer = lift(nllLoss, tensors, settings);
  return same(
    () => results(direct),
    () => results(outer, feeding(tensors, { input: results(inner) })),
  );
});

export const law = identity({
  name: 'cross-entropy-is-nll-of-log-softmax',
  says: 'cross-entropy of classes is nll-loss of log-softmax',
  ops: [crossEntropy],
  others: [logSoftmax, nllLoss],
  questions: () =>
    everyday(crossEntropy)
      .filter(hasClasses)
      .map((c) => asked(c, { labelSmoothing: 0 })),
  async claims({ tensors, settings }, ask) {
    const { input, target, weight } = tensors;
    const { reduction, ignoreIndex } = settings;
    const logarithms = await ask(logSoftmax, { input }, { dim: classAxis(input!) });
    return {
      'cross-entropy': await ask(crossEntropy, tensors, settings),
      'nll-loss of log-softmax': await ask(
        nllLoss,
        { input: logarithms, target, weight },
        { reduction, ignoreIndex },
      ),
    };
  },
});
