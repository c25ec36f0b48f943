/**
 *     linearCrossEntropy(x, W, y, b; w, ε, r) = crossEntropy(linear(x, W, b), y; w, ε, r)
 *
 * for every reduction r, of classes and of distributions.
 */
import { crossEntropy, linear, linearCrossEntropy } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { asked, bounded, identity } from '../identity.ts';
import { feeding, results, same, stated } from '../same.ts';

const questions = bounded(linearCrossEntropy).map((c) => asked(c));

const layer = ({ input, linearWeight, linearBias }: Tensors): Tensors => ({
  ...{ input, weight: linearWeight, bias: linearBias },
});

export const certified = stated(questions, ({ tensors, settings }) => {
  const { target, weight } = tensors;
  const direct = lift(linearCrossEntropy, tensors, settings);
  const inner = lift(linear, layer(tensors), {});
  const size = inner.shape.reduce((a, b) => a * b, 1);
  const given = { input: tensor(inner.shape, Array(size).fill(0)), target, weight };
  const outer = lift(crossEntropy, given, settings);
  return same(
    () => results(direct),
    () => results(outer, feeding(given, { input: results(inner) })),
  );
});

export const law = identity({
  name: 'linear-cross-entropy-is-cross-entropy-of-linear',
  says: 'linear cross-entropy is cross-entropy of what linear gives',
  ops: [linearCrossEntropy],
  others: [linear, crossEntropy],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { target, weight } = tensors;
    const input = await ask(linear, layer(tensors));
    return {
      'linear cross-entropy': await ask(linearCrossEntropy, tensors, settings),
      'cross-entropy of linear': await ask(crossEntropy, { input, target, weight }, settings),
    };
  },
});
