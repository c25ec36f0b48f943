/**
 *     crossEntropy(x, y; w, ε) = (1 − ε) crossEntropy(x, y; w) + ε crossEntropy(x, u; w)
 *
 * where u is 1/C for each of the C classes, and no sample is ignored.
 */
import { crossEntropy } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { real } from '../../spec/real.ts';
import { type Tensor, tensor } from '../../spec/tensor.ts';
import { type Computed, monotone } from '../computed.ts';
import { asked, bounded, classAxis, hasClasses, identity, withoutIgnored } from '../identity.ts';
import { outward } from '../range.ts';
import { feeding, results, same, stated } from '../same.ts';

const questions = bounded(crossEntropy)
  .filter(hasClasses)
  .map((c) => asked(withoutIgnored(c), { reduction: 'none' }));

const sharp = { reduction: 'none', labelSmoothing: 0 };

const filled = ({ shape, data }: Tensor, x: number): Tensor =>
  tensor(
    shape,
    Array.from(data, () => x),
  );

export const certified = stated(questions, ({ tensors, settings }) => {
  const { input, weight } = tensors;
  const uniform = { input, target: filled(input!, 0), weight };
  const [whole, own] = [settings, sharp].map((s) => lift(crossEntropy, tensors, s));
  const flat = lift(crossEntropy, uniform, sharp);
  return same(
    () => results(whole!),
    () => {
      const epsilon = real(settings.labelSmoothing as number);
      const share = real(1).div(input!.shape[classAxis(input!)]!);
      const target = Array.from(input!.data, () => share);
      const flats = results(flat, feeding(uniform, { target }));
      const kept = real(1).minus(epsilon);
      return results(own!).map((l, i) => kept.times(l).plus(epsilon.times(flats[i]!)));
    },
  );
});

/** 1/C, which may be no float. */
function uniform(input: Tensor): Computed {
  const share = 1 / input.shape[classAxis(input)]!;
  const range = { lo: outward(share, -1), hi: outward(share, 1), scale: 0 };
  const target = filled(input, Math.fround(share));
  return { tensor: target, ranges: Array.from(target.data, () => range) };
}

export const law = identity({
  name: 'label-smoothing-mixes-with-the-uniform-distribution',
  says: 'a smoothed cross-entropy is a mixture of that of the class and that of all classes alike',
  ops: [crossEntropy],
  others: [],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const { input, weight } = tensors;
    const epsilon = Number(settings.labelSmoothing);
    const own = await ask(crossEntropy, tensors, sharp);
    const flat = await ask(crossEntropy, { input, target: uniform(input!), weight }, sharp);
    return {
      'smoothed cross-entropy': await ask(crossEntropy, tensors, settings),
      'mixture of two': monotone(([a, b]) => (1 - epsilon) * a! + epsilon * b!, own, flat),
    };
  },
});
