/**
 *     infoNce(q, k, y; τ) = crossEntropy(q Kᵀ / τ, y)
 */
import { crossEntropy, infoNce, linear } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { asked, everyday, identity } from '../identity.ts';
import { feeding, results, same, stated } from '../same.ts';

/** By a power of two division is exact, so that equal similarities stay equal. */
const questions = everyday(infoNce).map((c) => asked(c, { temperature: 0.5 }));
/** A candidate's similarities go into the next question as they are. */
const undivided = everyday(infoNce).map((c) => asked(c, { temperature: 1 }));

/** The similarities have a column for each key. */
const similarities = ({ input, keys }: Tensors) => lift(linear, { input: input!, weight: keys! });

export const certified = stated(questions, ({ tensors, settings }) => {
  const { temperature, reduction } = settings;
  const products = similarities(tensors);
  const { target } = tensors;
  const empty = tensor(products.shape, new Array(products.pieces.length).fill(0));
  const cross = lift(crossEntropy, { input: empty, target }, { reduction });
  return same(
    () => results(lift(infoNce, tensors, settings)),
    () => {
      const input = results(products).map((s) => s.div(temperature as number));
      return results(cross, feeding({ input: empty, target }, { input }));
    },
  );
});

export const law = identity({
  name: 'info-nce-is-cross-entropy-of-similarities',
  says: 'info-nce is cross-entropy of the scalar products divided by the temperature',
  ops: [infoNce],
  others: [linear, crossEntropy],
  questions: () => undivided,
  async claims({ tensors, settings }, ask) {
    const { input, keys, target } = tensors;
    const products = await ask(linear, { input, weight: keys });
    return {
      'info-nce': await ask(infoNce, tensors, settings),
      'cross-entropy of similarities': await ask(
        crossEntropy,
        { input: products, target },
        { reduction: settings.reduction! },
      ),
    };
  },
});
