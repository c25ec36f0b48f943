/**
 *     crossEntropy(x, onehot(y); w, none | sum) = crossEntropy(x, y; w, none | sum)
 *     crossEntropy(x, onehot(y); mean)          = crossEntropy(x, y; mean)
 *     crossEntropy(x, onehot(y); w, mean) · N   = crossEntropy(x, y; w, mean) · Σ w_y
 *
 * With weights the two means have different denominators and differ whenever N ≠ Σ w_y:
 * x = [[0, 0], [2, 0]], y = [0, 1], w = [1, 3] gives 3.536966 and 1.768483.
 */

import { sum } from '../../spec/functions.ts';
import { crossEntropy } from '../../spec/index.ts';
import { accessTo, type Lifted, lift } from '../../spec/lift.ts';
import { sizeOf, type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import { asked, classRows, everyday, hasClasses, identity, withoutIgnored } from '../identity.ts';
import { results, same, signOf, stated } from '../same.ts';

const questions = everyday(crossEntropy)
  .filter(hasClasses)
  .map((c) => asked(withoutIgnored(c)));

export const witness = {
  input: tensor([2, 2], [0, 0, 2, 0]),
  target: tensor([2], [0, 1], 'i64'),
  weight: tensor([2], [1, 3]),
};

/** The distributions that are all at the class. */
export function oneHot({ input, target }: Tensors): Tensor {
  const data = new Array<number>(sizeOf(input!.shape)).fill(0);
  for (const [i, row] of classRows(input!).entries()) data[row[target!.data[i]!]!] = 1;
  return tensor(input!.shape, data);
}

export const certified = stated(questions, ({ tensors, settings }) => {
  const ofClasses = lift(crossEntropy, tensors, settings);
  const ofOneHot = lift(crossEntropy, { ...tensors, target: oneHot(tensors) }, settings);
  if (!tensors.weight || settings.reduction !== 'mean')
    return same(
      () => results(ofClasses),
      () => results(ofOneHot),
    );
  return differsInDenominator(tensors, ofClasses, ofOneHot);
});

/** S / N − S / Σ w_y has the sign of S (Σ w_y − N); with Σ w_y = 0 it is S / 0. */
function differsInDenominator({ target }: Tensors, ofClasses: Lifted, ofOneHot: Lifted): boolean {
  const weights = () => {
    const x = accessTo(ofClasses.tensors);
    return sum(Array.from(target!.data, (y) => x('weight', y)));
  };
  const loss = signOf(() => results(ofOneHot)[0]!);
  if (signOf(weights) === 0)
    return Object.is(
      signOf(() => results(ofClasses)[0]!),
      loss === 0 ? NaN : loss,
    );
  const excess = signOf(() => weights().minus(target!.data.length));
  return signOf(() => results(ofOneHot)[0]!.minus(results(ofClasses)[0]!)) === loss * excess;
}

export const law = identity({
  name: 'one-hot-probabilities-are-indices-except-for-weighted-means',
  says: 'one-hot probabilities give what their classes give, but for the denominator of a weighted mean',
  ops: [crossEntropy],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    return {
      'of classes': await ask(crossEntropy, tensors, settings),
      'of one-hot probabilities': await ask(
        crossEntropy,
        { ...tensors, target: oneHot(tensors) },
        settings,
      ),
    };
  },
});
