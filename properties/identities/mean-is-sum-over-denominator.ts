/**
 *     loss(…; mean) = loss(…; sum) ÷ d
 *
 * What d is:
 *
 *     nll-loss, cross-entropy of classes                  Σ w_y over the targets that are not ignored
 *     cross-entropy of distributions, reverse, symmetric  the number of samples
 *     l1-loss, mse-loss                                   Σ w over the elements
 *     the other losses of a number and its target         the number of elements, weights or not
 *     kl-div, batchmean                                   the length of the first axis
 */
import fc from 'fast-check';
import { sum } from '../../spec/functions.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  gaussianNllLoss,
  huberLoss,
  klDiv,
  l1Loss,
  logCoshLoss,
  mapeLoss,
  mseLoss,
  msleLoss,
  nllLoss,
  poissonNllLoss,
  quantileLoss,
  reverseCrossEntropy,
  smoothL1Loss,
  symmetricCrossEntropy,
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

const elements: Denominator = ({ tensors }) => tensors.input!.data.length;
const samples: Denominator = ({ tensors }) => classRows(tensors.input!).length;
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
  [klDiv, (c) => (c.settings.reduction === 'batchmean' ? firstAxis(c) : elements(c))],
]);

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
      const places = denominators.get(op)!(question);
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
    const found = denominators.get(op)!(question);
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
