/** # Cases of elementwise operators: every rank up to 4, at scales from 0.01 to 20 */
import type { Elementwise } from '../../spec/op.ts';
import { type Case, filled } from '../case.ts';
import { type Draw, times } from '../draw.ts';
import { settingsOf } from './settings.ts';

/** Beyond 6 · 20 these operators are constant or the identity in float32, at most of the parameters. */
const SCALES = [0.01, 1, 5, 20];
const RANKS = [0, 1, 2, 3, 4];

export const elementwise =
  (op: Elementwise) =>
  (draw: Draw): Case[] =>
    settingsOf(draw, op).flatMap((params) =>
      RANKS.flatMap((rank) =>
        SCALES.map((scale) => {
          const shape = times(rank, () => 1 + draw.below(3));
          return { op: op.id, params, in: { input: filled(shape, () => draw.normal(scale)) } };
        }),
      ),
    );
