/** Where f(−x) = −f(x), the results are the negatives of each other, bit for bit. */
import { tensor } from '../../spec/tensor.ts';
import { floats } from '../floats.ts';
import { cases } from '../inputs.ts';
import type { Law } from '../law.ts';
import { answers } from './answers.ts';

const long = { elements: 35, axis: 3 };

export const odd: Law = {
  name: 'odd',
  says: 'f(−x) is −f(x), bit for bit',
  appliesTo: (op) => op.kind === 'elementwise' && op.isOdd,
  questions: ({ op }) => cases(op, floats(), long).map((c) => ({ ...c, want: ['out'] })),
  answer(subject, question) {
    const { shape, data } = question.tensors.input!;
    const mirrored = tensor(
      shape,
      Array.from(data, (x) => -x),
    );
    const questions = [question, { ...question, tensors: { input: mirrored } }];
    return answers(subject, questions, ([y, z]) => {
      const index = y!.findIndex((yi, i) => yi !== -z![i]!);
      if (index < 0) return [];
      return [
        {
          name: 'uneven',
          says: `${y![index]} at ${data[index]}, but ${z![index]} at ${-data[index]!}`,
          ...{ index, got: y![index]!, want: 'out' },
        },
      ];
    });
  },
  witness: (question) => question,
};
