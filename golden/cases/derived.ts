/** # Cases of rows and losses from their axis words: every rank, axis, reduction and option */
import { isOptional } from '../../spec/input.ts';
import type { Loss, Rowwise } from '../../spec/op.ts';
import type { Case } from '../case.ts';
import { type Draw, pick, times } from '../draw.ts';
import { type Params, settingsOf } from './settings.ts';
import { type Asking, lengthsOf, tensorsOf, type Widths, widthsOf } from './tensors.ts';

const SCALES: readonly [number, ...number[]] = [0.01, 1, 10, 30];

interface Layout {
  readonly widths: Widths;
  readonly dim?: number;
}

/** Every axis once from the front and once from the back, where there is a choice. */
function layoutsOf(op: Rowwise | Loss): readonly Layout[] {
  if (op.params.dim?.kind !== 'axis') return widthsOf(op).map((widths) => ({ widths }));
  return widthsOf(op).flatMap((widths) => {
    const rank = 1 + widths['*']!;
    return times(2 * rank, (i) => ({ widths, dim: i - rank }));
  });
}

const caseOf = (draw: Draw, op: Rowwise | Loss, layout: Layout, scale: number, p: Params): Case => {
  const { dim } = layout;
  const params = { ...p, ...(dim === undefined ? {} : { dim }) };
  const lengths = lengthsOf(draw, op, layout.widths);
  const asking: Asking = { params, lengths, scale, ...(dim === undefined ? {} : { dim }) };
  return { op: op.id, params, in: tensorsOf(draw, op, asking) };
};

/**
 * Twice each where optional inputs come and go, or a loss has no parameters to vary; twice as often
 * if it has few ranks, too.
 */
function timesOf(op: Rowwise | Loss): number {
  if (Object.values(op.inputs).some(isOptional)) return 2;
  const varies = op.kind !== 'loss' || Object.keys(op.params).some((name) => name !== 'reduction');
  return varies ? 1 : widthsOf(op).length < 3 ? 4 : 2;
}

/** Fewer would meet too few lengths. */
const LEAST = 24;

export const rowwise =
  (op: Rowwise) =>
  (draw: Draw): Case[] => {
    const asked = settingsOf(draw, op).flatMap((params) =>
      layoutsOf(op).flatMap((layout) => SCALES.map((scale) => ({ params, layout, scale }))),
    );
    const count = Math.max(timesOf(op), Math.ceil(LEAST / asked.length));
    return asked.flatMap(({ params, layout, scale }) =>
      times(count, () => caseOf(draw, op, layout, scale, params)),
    );
  };

const LEAST_OF_LOSSES = 20;

const reductionsOf = ({ params: { reduction } }: Loss): readonly string[] =>
  reduction?.kind === 'choice' ? reduction.values : [];

export const loss =
  (op: Loss) =>
  (draw: Draw): Case[] => {
    const asked = settingsOf(draw, op).flatMap((params) =>
      layoutsOf(op).flatMap((layout) =>
        reductionsOf(op).map((reduction) => ({ layout, params: { ...params, reduction } })),
      ),
    );
    const count = Math.max(timesOf(op), Math.ceil(LEAST_OF_LOSSES / asked.length));
    return asked.flatMap(({ layout, params }) =>
      times(count, () => caseOf(draw, op, layout, pick(draw, SCALES), params)),
    );
  };
