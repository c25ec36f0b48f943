/** # Cases of operators on rows: every axis of every rank up to 4, rows of 1 to 40 */
import { type Case, filled } from '../case.ts';
import { type Draw, pick, times } from '../draw.ts';

const SCALES = [0.01, 1, 10, 30];

/** Every axis once from the front and once from the back. */
const axes = [1, 2, 3, 4].flatMap((rank) => times(2 * rank, (i) => ({ rank, dim: i - rank })));

export const rowwise =
  (op: string) =>
  (draw: Draw): Case[] =>
    axes.flatMap(({ rank, dim }) =>
      SCALES.map((scale) => {
        const shape = times(rank, () => 1 + draw.below(2));
        shape[dim < 0 ? dim + rank : dim] = pick(draw, [1, 2, 3, 10, 40]);
        return { op, params: { dim }, in: { input: filled(shape, () => draw.normal(scale)) } };
      }),
    );

export const linear = (draw: Draw): Case[] =>
  [1, 2, 3, 4].flatMap((rank) =>
    [false, true].flatMap((biased) =>
      [0.1, 1, 10].map((scale) => {
        const [columns, rows] = [1 + draw.below(12), 1 + draw.below(5)];
        const before = times(rank - 1, () => 1 + draw.below(3));
        const input = filled([...before, columns], () => draw.normal(scale));
        const weight = filled([rows, columns], () => draw.normal(1));
        const bias = filled([rows], () => draw.normal(scale));
        return { op: 'linear', params: {}, in: { input, weight, ...(biased ? { bias } : {}) } };
      }),
    ),
  );
