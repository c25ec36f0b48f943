/**
 *     crossEntropy(x, q; sum)  = klDiv(logSoftmax(x), q; sum) + H(q)
 *     crossEntropy(x, q; mean) = klDiv(logSoftmax(x), q; batchmean) + H(q) / N    where x is [N, C]
 *
 * with H(q) = −Σ q log q = −klDiv(0, q). It needs no q that adds up to 1.
 */
import { float64 } from '../../spec/format.ts';
import { crossEntropy, klDiv, logSoftmax } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { evaluate } from '../../spec/oracle/index.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { asked, bounded, hasClasses, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { feeding, results, same, stated } from '../same.ts';

const questions = bounded(crossEntropy)
  .filter((c) => !hasClasses(c))
  .map((c) => asked(plain(c)));

/** A batch of distributions, without weights. */
function plain({ tensors: { input, target }, settings }: Case): Case {
  const columns = input!.shape[input!.shape.length > 1 ? 1 : 0]!;
  const shape = [input!.data.length / columns, columns];
  return {
    tensors: { input: { ...input!, shape }, target: { ...target!, shape } },
    settings: {
      ...{ ignoreIndex: settings.ignoreIndex!, labelSmoothing: 0 },
      reduction: settings.reduction === 'mean' ? 'mean' : 'sum',
    },
  };
}

/** The divergence from a distribution whose logarithms are all 0. */
const ofZeros = ({ target }: Tensors): Tensors => ({
  input: tensor(
    target!.shape,
    Array.from(target!.data, () => 0),
  ),
  target,
});

const divided = ({ reduction }: Case['settings']) => ({
  reduction: reduction === 'mean' ? 'batchmean' : 'sum',
});

export const certified = stated(questions, ({ tensors, settings }) => {
  const { input, target } = tensors;
  const cross = lift(crossEntropy, tensors, settings);
  const inner = lift(logSoftmax, { input });
  const divergence = lift(klDiv, { input, target }, divided(settings));
  const negentropy = lift(klDiv, ofZeros(tensors), divided(settings));
  // The entropy on the other side, where it cancels less.
  return same(
    () => results(divergence, feeding(tensors, { input: results(inner) })),
    () => [results(cross)[0]!.plus(results(negentropy)[0]!)],
  );
});

export const law = identity({
  name: 'cross-entropy-is-kl-plus-entropy',
  says: 'cross-entropy of distributions is kl-div of log-softmax plus their entropy',
  ops: [crossEntropy],
  others: [logSoftmax, klDiv],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const input = await ask(logSoftmax, { input: tensors.input });
    const divergence = await ask(klDiv, { input, target: tensors.target }, divided(settings));
    const [negentropy] = evaluate(klDiv, ofZeros(tensors), divided(settings), float64).cells;
    return {
      'cross-entropy': await ask(crossEntropy, tensors, settings),
      'kl-div plus entropy': monotone(([kl]) => kl! - negentropy!.value, divergence),
    };
  },
});
