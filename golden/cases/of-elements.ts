/** # Cases of losses that compare element by element: binary cross-entropy and Kullback–Leibler */
import type { Payload } from '../../properties/candidate.ts';
import { type Case, filled } from '../case.ts';
import { type Draw, pick, times } from '../draw.ts';
import { broadcast } from './tensors.ts';

const REDUCTIONS = ['none', 'sum', 'mean'];
const RANKS = [0, 1, 2, 3, 4];
const SCALES: readonly [number, ...number[]] = [0.1, 1, 10];

const sizes = (draw: Draw, rank: number): number[] => times(rank, () => 1 + draw.below(4));

/** In [0, 1], the ends included once in eight each. */
const probability = (draw: Draw): number => pick(draw, [0, 1, ...times(6, () => draw.unit())]);

const factor = (draw: Draw, shape: readonly number[]): Payload =>
  filled(broadcast(draw, shape), () => draw.below(129) / 16);

const ON_OFF = [false, true];

export const binaryCrossEntropy = (draw: Draw): Case[] =>
  RANKS.flatMap((rank) =>
    REDUCTIONS.flatMap((reduction) =>
      ON_OFF.map((weighted) => {
        const shape = sizes(draw, rank);
        const input = filled(shape, () => probability(draw));
        const target = filled(shape, () => probability(draw));
        const weight = weighted ? { weight: factor(draw, shape) } : {};
        return {
          op: 'binary-cross-entropy',
          params: { reduction },
          in: { input, target, ...weight },
        };
      }),
    ),
  );

export const binaryCrossEntropyWithLogits = (draw: Draw): Case[] =>
  RANKS.flatMap((rank) =>
    REDUCTIONS.flatMap((reduction) =>
      ON_OFF.flatMap((weighted) =>
        ON_OFF.map((raised) => {
          const shape = sizes(draw, rank);
          const scale = pick(draw, SCALES);
          const input = filled(shape, () => draw.normal(scale));
          const target = filled(shape, () => probability(draw));
          const weight = weighted ? { weight: factor(draw, shape) } : {};
          const posWeight = raised ? { posWeight: factor(draw, shape) } : {};
          return {
            op: 'binary-cross-entropy-with-logits',
            params: { reduction },
            in: { input, target, ...weight, ...posWeight },
          };
        }),
      ),
    ),
  );

export const klDiv = (draw: Draw): Case[] =>
  RANKS.flatMap((rank) =>
    [...REDUCTIONS, 'batchmean'].flatMap((reduction) =>
      ON_OFF.map((logTarget) => {
        const shape = sizes(draw, rank);
        const scale = pick(draw, SCALES);
        const input = filled(shape, () => -Math.abs(draw.normal(scale)));
        const target = filled(shape, () =>
          logTarget ? -Math.abs(draw.normal(scale)) : probability(draw),
        );
        return { op: 'kl-div', params: { reduction, logTarget }, in: { input, target } };
      }),
    ),
  );
