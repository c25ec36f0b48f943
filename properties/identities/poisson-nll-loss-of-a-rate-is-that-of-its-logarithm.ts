/**
 *     poissonNllLoss(λ, y; logInput = false, eps = 0) = poissonNllLoss(log λ, y; logInput = true)
 *
 * with full or without. Certified with the real logarithm; a candidate takes λ = 1 and λ = 0, whose
 * logarithms are floats.
 */
import { log } from '../../spec/functions.ts';
import { poissonNllLoss } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { asked, everyday, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { feeding, results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

const withInput = (c: Case, to: (x: number) => number): Case => ({
  ...c,
  tensors: {
    ...c.tensors,
    input: { ...c.tensors.input!, data: Array.from(c.tensors.input!.data, to) },
  },
});

const ofRates = { logInput: false, eps: 0 };
/** The same without ±∞ and NaN in the target, whose products with log 0 are their own story. */
const hasFiniteTarget = ({ tensors }: Case): boolean =>
  Array.from(tensors.target!.data).every(Number.isFinite);

const questions = everyday(poissonNllLoss).filter(hasFiniteTarget);

export const certified = stated(
  questions.map((c) =>
    asked(
      withInput(c, (x) => Math.max(Math.abs(x), 2 ** -100)),
      ofRates,
    ),
  ),
  ({ tensors, settings }) => {
    const direct = lift(poissonNllLoss, tensors, settings);
    const logarithms = lift(poissonNllLoss, tensors, { ...settings, logInput: true });
    return same(
      () => results(direct),
      () => {
        const element = accessTo(tensors);
        const input = Array.from(tensors.input!.data, (_, i) => log(element('input', i)));
        return results(logarithms, feeding(tensors, { input }));
      },
    );
  },
);

/** 1 for what is above 0, and 0. */
const rates = (c: Case): Question =>
  asked(
    withInput(c, (x) => (x > 0 ? 1 : 0)),
    ofRates,
  );

export const law = identity({
  name: 'poisson-nll-loss-of-a-rate-is-that-of-its-logarithm',
  says: 'poisson-nll-loss of a rate with eps 0 is that of its logarithm',
  ops: [poissonNllLoss],
  others: [],
  questions: () => questions.map(rates),
  async claims({ tensors, settings }, ask) {
    const data = Array.from(tensors.input!.data, (x) => (x === 1 ? 0 : -Infinity));
    const logarithms = { ...tensors, input: { ...tensors.input!, data } };
    return {
      'of rates': await ask(poissonNllLoss, tensors, settings),
      'of their logarithms': await ask(poissonNllLoss, logarithms, { ...settings, logInput: true }),
    };
  },
});
