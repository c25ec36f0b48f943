/** The five edges −∞, −0, +0, +∞, NaN: the stated value, with the sign of its zero, and slope. */
import fc from 'fast-check';
import { tensor } from '../../spec/tensor.ts';
import { settingsOf } from '../inputs.ts';
import type { Law } from '../law.ts';
import { gradientsOn } from '../subject.ts';
import { judging } from './judgement.ts';

export const edges: Law = judging({
  name: 'edges',
  says: 'at −∞, −0, +0, +∞ and NaN the result is the stated one',
  appliesTo: (op) => op.kind === 'elementwise',
  questions: (subject) =>
    fc
      .record({
        settings: settingsOf(subject.op),
        x: fc.constantFrom(-Infinity, -0, 0, Infinity, NaN),
        isSlope: fc.boolean(),
      })
      .map(({ settings, x, isSlope }) => {
        const tensors = { input: tensor([1], [x]) };
        const want = isSlope ? gradientsOn(subject, { tensors, settings }) : (['out'] as const);
        return { tensors, settings, want };
      }),
  strictness: () => ({}),
});
