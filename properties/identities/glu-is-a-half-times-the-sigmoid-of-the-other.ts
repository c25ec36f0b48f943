/**
 *     glu([a, b]) = a sigmoid(b)
 */
import { sigmoid as sigma } from '../../spec/functions.ts';
import { glu, sigmoid } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { sizeOf, type Tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import { results, same, stated } from '../same.ts';
import type { Question } from '../subject.ts';

const questions = everyday(glu).map((c) => asked(c));

/** Where a and b of every result lie: one block after the other. */
function placesOf({ tensors, settings }: Question) {
  const { shape, data } = tensors.input!;
  const block = sizeOf(shape.slice(settings.dim as number)) / 2;
  return Array.from({ length: data.length / 2 }, (_, i) => {
    const a = i + Math.floor(i / block) * block;
    return { a, b: a + block };
  });
}

export const certified = stated(questions, (question) => {
  const { tensors, settings } = question;
  const left = lift(glu, tensors, settings);
  return same(
    () => results(left),
    () => {
      const x = accessTo(tensors);
      return placesOf(question).map(({ a, b }) => x('input', a).times(sigma(x('input', b))));
    },
  );
});

export const law = identity({
  name: 'glu-is-a-half-times-the-sigmoid-of-the-other',
  says: 'glu([a, b]) is a · sigmoid(b)',
  ops: [glu],
  others: [sigmoid],
  questions: () => questions,
  async claims(question, ask) {
    const { tensors, settings } = question;
    const { data } = tensors.input!;
    const places = placesOf(question);
    const gates: Tensor = {
      ...{ dtype: 'f32', shape: [places.length] },
      data: places.map(({ b }) => data[b]!),
    };
    const open = await ask(sigmoid, { input: gates });
    return {
      glu: await ask(glu, tensors, settings),
      'a · sigmoid(b)': monotone(([s], i) => data[places[i]!.a]! * s!, open),
    };
  },
});
