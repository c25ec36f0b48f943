/** # Cases of elementwise operators: every rank up to 4, at scales from 0.01 to 20 */
import type { Setting } from '../../properties/candidate.ts';
import { type Case, filled } from '../case.ts';
import { type Draw, times } from '../draw.ts';

/** Beyond 6 · 20 all of these operators are constant or the identity in float32. */
const SCALES = [0.01, 1, 5, 20];
const RANKS = [0, 1, 2, 3, 4];

type Params = { readonly [name: string]: Setting };

const cases = (op: string, draw: Draw, params: Params): Case[] =>
  RANKS.flatMap((rank) =>
    SCALES.map((scale) => {
      const shape = times(rank, () => 1 + draw.below(3));
      return { op, params, in: { input: filled(shape, () => draw.normal(scale)) } };
    }),
  );

export const elementwise =
  (op: string) =>
  (draw: Draw): Case[] =>
    cases(op, draw, {});

const SOFTPLUS = [
  { beta: 1, threshold: Number.POSITIVE_INFINITY },
  { beta: 3, threshold: Number.POSITIVE_INFINITY },
  { beta: 1, threshold: 20 },
  { beta: 2, threshold: 1 },
  { beta: 0.5, threshold: -1 },
];

export const softplus = (draw: Draw): Case[] =>
  SOFTPLUS.flatMap((params) => cases('softplus', draw, params));
