/**
 *     symmetricCrossEntropy(x, y; a, b, r) = a · crossEntropy(x, y; r) + b · reverseCrossEntropy(x, y; r)
 *
 * for every reduction r, with the eps of one for both.
 */
import { scaled } from '../../spec/functions.ts';
import { crossEntropy, reverseCrossEntropy, symmetricCrossEntropy } from '../../spec/index.ts';
import { lift } from '../../spec/lift.ts';
import { real } from '../../spec/real.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

const questions = everyday(symmetricCrossEntropy).map((c) => asked(c));

interface Parts {
  readonly a: number;
  readonly b: number;
  readonly cross: Question['settings'];
  readonly reverse: Question['settings'];
}
function partsOf({ settings }: Question): Parts {
  const { a, b, ...reverse } = settings;
  return { a: Number(a), b: Number(b), reverse, cross: { reduction: settings.reduction! } };
}

export const certified = stated(questions, (question) => {
  const { tensors, settings } = question;
  const parts = partsOf(question);
  const whole = lift(symmetricCrossEntropy, tensors, settings);
  const cross = lift(crossEntropy, tensors, parts.cross);
  const reverse = lift(reverseCrossEntropy, tensors, parts.reverse);
  return same(
    () => results(whole),
    () => {
      const [ce, rce] = [results(cross), results(reverse)];
      const [a, b] = [real(parts.a), real(parts.b)];
      return ce.map((c, i) => scaled(a, c).plus(scaled(b, rce[i]!)));
    },
  );
});

export const law = identity({
  name: 'symmetric-cross-entropy-is-a-sum',
  says: 'symmetric cross-entropy is a · cross-entropy + b · reverse cross-entropy',
  ops: [symmetricCrossEntropy],
  others: [crossEntropy, reverseCrossEntropy],
  questions: () => questions,
  async claims(question, ask) {
    const { tensors, settings } = question;
    const { a, b, cross, reverse } = partsOf(question);
    return {
      'symmetric cross-entropy': await ask(symmetricCrossEntropy, tensors, settings),
      'a · cross-entropy + b · reverse cross-entropy': monotone(
        ([ce, rce]) => a * ce! + b * rce!,
        await ask(crossEntropy, tensors, cross),
        await ask(reverseCrossEntropy, tensors, reverse),
      ),
    };
  },
});
