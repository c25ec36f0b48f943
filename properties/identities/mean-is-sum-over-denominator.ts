/**
 *     loss(…; mean) = loss(…; sum) ÷ d
 *
 * What d is:
 *
 *     nll-loss, cross-entropy of classes and its kin      Σ w_y over the targets that are not ignored
 *     cross-entropy of distributions, reverse, symmetric  the number of samples
 *     l1-loss, mse-loss                                   Σ w over the elements
 *     the other losses of a number and its target         the number of elements, weights or not
 *     losses of vectors                                   the number of vectors
 *     dice-loss, tversky-loss                             the number of samples times that of classes
 *     kl-div, batchmean                                   the length of the first axis
 */
import fc from 'fast-check';
import { sum } from '../../spec/functions.ts';
import {
  adaptiveLogSoftmaxWithLoss,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  categoricalHingeLoss,
  cosineEmbeddingLoss,
  cosineSimilarityLoss,
  crossEntropy,
  diceLoss,
  focalLoss,
  gaussianNllLoss,
  generalizedCrossEntropy,
  hingeEmbeddingLoss,
  hingeLoss,
  huberLoss,
  infoNce,
  jensenShannon,
  klDiv,
  l1Loss,
  linearCrossEntropy,
  logCoshLoss,
  mapeLoss,
  marginRankingLoss,
  mseLoss,
  msleLoss,
  multilabelMarginLoss,
  multilabelSoftMarginLoss,
  multiMarginLoss,
  nllLoss,
  poissonNllLoss,
  poly1Loss,
  quantileLoss,
  reverseCrossEntropy,
  sigmoidFocalLoss,
  smoothL1Loss,
  softMarginLoss,
  squaredHingeLoss,
  symmetricCrossEntropy,
  tripletMarginLoss,
  tripletMarginWithDistanceLoss,
  tverskyLoss,
  zLoss,
} from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import type { Op } from '../../spec/op.ts';
import { type Real, real } from '../../spec/real.ts';
import { monotone } from '../computed.ts';
import { asked, classRows, everyday, hasClasses, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

/** The places of the weights that are added up, or how many there are. */
type Denominator = (c: Case) => readonly number[] | number;

const firstOf = ({ tensors }: Case) => Object.values(tensors)[0]!;
const elements: Denominator = (c) => firstOf(c).data.length;
const vectors: Denominator = (c) => firstOf(c).data.length / firstOf(c).shape.at(-1)!;
const samples: Denominator = ({ tensors }) => classRows(tensors.input!).length;
const classesOfSamples: Denominator = ({ tensors }) => {
  const [n, c] = tensors.input!.shape;
  return n! * c!;
};
const firstAxis: Denominator = ({ tensors }) => tensors.input!.shape[0] ?? 1;
const elementWeights: Denominator = ({ tensors: { input, weight } }) =>
  weight ? Array.from(weight.data, (_, i) => i) : input!.data.length;
const weights: Denominator = ({ tensors: { target, weight }, settings }) => {
  const counted = Array.from(target!.data).filter((y) => y !== settings.ignoreIndex);
  return weight ? counted : counted.length;
};

const denominators = new Map<Op, Denominator>([
  [nllLoss, weights],
  [crossEntropy, (c) => (hasClasses(c) ? weights(c) : samples(c))],
  [reverseCrossEntropy, samples],
  [symmetricCrossEntropy, samples],
  [binaryCrossEntropy, elements],
  [binaryCrossEntropyWithLogits, elements],
  [l1Loss, elementWeights],
  [mseLoss, elementWeights],
  [smoothL1Loss, elements],
  [huberLoss, elements],
  [logCoshLoss, elements],
  [quantileLoss, elements],
  [msleLoss, elements],
  [mapeLoss, elements],
  [poissonNllLoss, elements],
  [gaussianNllLoss, elements],
  [hingeEmbeddingLoss, elements],
  [marginRankingLoss, elements],
  [softMarginLoss, elements],
  [hingeLoss, elements],
  [squaredHingeLoss, elements],
  [multiMarginLoss, vectors],
  [multilabelMarginLoss, vectors],
  [multilabelSoftMarginLoss, vectors],
  [cosineEmbeddingLoss, vectors],
  [cosineSimilarityLoss, vectors],
  [tripletMarginLoss, vectors],
  [tripletMarginWithDistanceLoss, vectors],
  [categoricalHingeLoss, vectors],
  [infoNce, vectors],
  [adaptiveLogSoftmaxWithLoss, vectors],
  [jensenShannon, vectors],
  [focalLoss, weights],
  [poly1Loss, weights],
  [generalizedCrossEntropy, weights],
  [sigmoidFocalLoss, elements],
  [diceLoss, classesOfSamples],
  [tverskyLoss, classesOfSamples],
  [zLoss, samples],
  [linearCrossEntropy, (c) => (hasClasses(c) ? weights(c) : vectors(c))],
  [klDiv, (c) => (c.settings.reduction === 'batchmean' ? firstAxis(c) : elements(c))],
]);

/** By its id, since a candidate may be asked for an operator with rounded defaults. */
const denominatorOf = ({ id }: Op): Denominator =>
  [...denominators].find(([op]) => op.id === id)![1];

const questions = (op: Op): fc.Arbitrary<Question> =>
  everyday(op).map((c) =>
    asked(c, c.settings.reduction === 'batchmean' ? {} : { reduction: 'mean' }),
  );

const toSum = ({ settings }: Case): Case['settings'] => ({ ...settings, reduction: 'sum' });

export const certified = stated(
  fc
    .constantFrom(...denominators.keys())
    .chain((op) => questions(op).map((question) => ({ op, question }))),
  ({ op, question }) => {
    const mean = lift(op, question.tensors, question.settings);
    const total = lift(op, question.tensors, toSum(question));
    const by = (): Real => {
      const places = denominatorOf(op)(question);
      const x = accessTo(question.tensors);
      return typeof places === 'number'
        ? real(places)
        : sum(places.map((place) => x('weight', place)));
    };
    return same(
      () => results(mean),
      () => [results(total)[0]!.div(by())],
    );
  },
);

export const law = identity({
  name: 'mean-is-sum-over-denominator',
  says: 'the mean is the sum divided by what the definition says',
  ops: [...denominators.keys()],
  others: [],
  questions: ({ op }) => questions(op),
  async claims(question, ask, { op }) {
    const { tensors, settings } = question;
    const found = denominatorOf(op)(question);
    const weight = (place: number) => tensors.weight!.data[place]!;
    const by =
      typeof found === 'number' ? found : found.reduce((all, place) => all + weight(place), 0);
    const mean = { mean: await ask(op, tensors, settings) };
    // Nothing to divide by: the mean is not a number, or infinite.
    if (by === 0) return mean;
    const total = await ask(op, tensors, toSum(question));
    return { ...mean, 'sum over denominator': monotone(([all]) => all! / by, total) };
  },
});
