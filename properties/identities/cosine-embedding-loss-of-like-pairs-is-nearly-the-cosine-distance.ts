/**
 *     |cosineEmbeddingLoss(u, v, 1; none) − cosineSimilarityLoss(u, v; distance, none)| ≤ 1e−12
 *
 * for vectors of a length of at least 1: what is added to the squares of both lengths makes the cosine
 * smaller by at most a factor of 1 + 1e−12. The shortest vectors are not alike: of two equal ones of
 * length 1e−6 one loss is ½ and the other 0.
 */
import { cosineEmbeddingLoss, cosineSimilarityLoss } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import { asked, bounded, identity } from '../identity.ts';
import { results, signOf, stated } from '../same.ts';

const NEARLY = 1e-12;

/** Every vector with a component of at least 1, and all of them alike. */
function long({ input, target }: Tensors): Tensors {
  const D = input!.shape.at(-1)!;
  const shape = [input!.data.length / D, D];
  const longer = (t: Tensor): Tensor => ({
    ...{ dtype: t.dtype, shape },
    data: Array.from(t.data, (x, i) => (i % D === 0 ? x + (x < 0 ? -1 : 1) : x)),
  });
  return { input: longer(input!), target: longer(target!) };
}
const questions = bounded(cosineSimilarityLoss).map(({ tensors, settings }) =>
  asked({ tensors: long(tensors), settings }, { reduction: 'none', distance: true, eps: 1e-7 }),
);

const like = ({ input, target }: Tensors): Tensors => ({
  ...{ input1: input!, input2: target! },
  target: tensor([input!.shape[0]!], new Array(input!.shape[0]!).fill(1)),
});
const none = { reduction: 'none' };

export const certified = stated(questions, ({ tensors, settings }) => {
  const distance = lift(cosineSimilarityLoss, tensors, settings);
  const embedding = lift(cosineEmbeddingLoss, like(tensors), none);
  const apart = (i: number) => results(embedding)[i]!.minus(results(distance)[i]!);
  return distance.pieces
    .flatMap(({ at }) => at)
    .every(
      (i) => signOf(() => apart(i).plus(NEARLY)) > 0 && signOf(() => apart(i).minus(NEARLY)) < 0,
    );
});

export const law = identity({
  name: 'cosine-embedding-loss-of-like-pairs-is-nearly-the-cosine-distance',
  says: 'cosine-embedding-loss of labels 1 is 1 − cos within 1e−12, for vectors that are not short',
  ops: [cosineEmbeddingLoss],
  others: [cosineSimilarityLoss],
  questions: () => questions,
  claims: async ({ tensors, settings }, ask) => ({
    'cosine-embedding-loss': await ask(cosineEmbeddingLoss, like(tensors), none),
    'cosine distance': await ask(cosineSimilarityLoss, tensors, settings),
  }),
});
