/**
 * # Cases of losses of classes
 *
 * Every reduction, with and without weights, for a single sample and for batches of rank 2 to 4.
 * `ignoreIndex` is no class and unused, no class and used, or a class; once in a while it is all
 * that the targets hold.
 */
import type { Payload, Setting } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { sizeOf } from '../../spec/tensor.ts';
import { type Case, filled } from '../case.ts';
import { type Draw, pick, times } from '../draw.ts';

type Params = { readonly [name: string]: Setting };

const REDUCTIONS = ['none', 'sum', 'mean'];
const SCALES: readonly [number, ...number[]] = [0.1, 1, 10, 30];

interface Sizes {
  readonly classes: number;
  readonly input: readonly number[];
  readonly target: readonly number[];
}

function sizes(draw: Draw, rank: number): Sizes {
  const classes = pick(draw, [1, 2, 3, 5, 10]);
  if (rank === 1) return { classes, input: [classes], target: [] };
  const batch = 1 + draw.below(4);
  const rest = times(rank - 2, () => 1 + draw.below(3));
  return { classes, input: [batch, classes, ...rest], target: [batch, ...rest] };
}

/** Weights are sixteenths up to 8, a zero now and then. */
const weights = (draw: Draw, classes: number): Payload =>
  filled([classes], () => draw.below(129) / 16);

const labels = (draw: Draw, { classes, target }: Sizes, ignored?: number): Payload => {
  const share = pick(draw, [0.25, 0.25, 0.25, 1]);
  const one = (): number =>
    ignored !== undefined && draw.unit() < share ? ignored : draw.below(classes);
  return toPayload({ dtype: 'i64', shape: target, data: times(sizeOf(target), one) });
};

const logits = (draw: Draw, shape: readonly number[]): Payload => {
  const scale = pick(draw, SCALES);
  return filled(shape, () => draw.normal(scale));
};

const RANKS = [1, 2, 3, 4];

const grid = (one: (rank: number, reduction: string, weighted: boolean) => Case[]) =>
  RANKS.flatMap((rank) =>
    REDUCTIONS.flatMap((reduction) =>
      [false, true].flatMap((weighted) => one(rank, reduction, weighted)),
    ),
  );

const optional = (weighted: boolean, draw: Draw, classes: number) =>
  weighted ? { weight: weights(draw, classes) } : {};

/** Classes with an `ignoreIndex`, as both losses of ONNX have it. */
const ignoring = (op: string, draw: Draw, params: Params): Case[] =>
  grid((rank, reduction, weighted) =>
    ['unused', 'no class', 'a class'].map((how) => {
      const size = sizes(draw, rank);
      const ignoreIndex = how === 'a class' ? draw.below(size.classes) : pick(draw, [-100, -1, 50]);
      const target = labels(draw, size, how === 'unused' ? undefined : ignoreIndex);
      const input = logits(draw, size.input);
      return {
        op,
        params: { ...params, reduction, ignoreIndex },
        in: { input, target, ...optional(weighted, draw, size.classes) },
      };
    }),
  );

const ofProbabilities = (draw: Draw, labelSmoothing: number): Case[] =>
  grid((rank, reduction, weighted) => {
    const size = sizes(draw, rank);
    const input = logits(draw, size.input);
    const target = filled(size.input, () => draw.unit());
    return [
      {
        op: 'cross-entropy',
        params: { reduction, labelSmoothing, ignoreIndex: -100 },
        in: { input, target, ...optional(weighted, draw, size.classes) },
      },
    ];
  });

/** Of an empty batch, which ONNX Runtime's SoftmaxCrossEntropyLoss refuses. */
const ofNothing = (draw: Draw): Case[] =>
  REDUCTIONS.map((reduction) => ({
    op: 'nll-loss',
    params: { reduction, ignoreIndex: -100 },
    in: {
      input: logits(draw, [0, 3]),
      target: labels(draw, { classes: 3, input: [], target: [0] }),
    },
  }));

export const nllLoss = (draw: Draw): Case[] => [
  ...ignoring('nll-loss', draw, {}),
  ...ofNothing(draw),
];

export const crossEntropy = (draw: Draw): Case[] => [
  ...[0, 0.1].flatMap((labelSmoothing) => ignoring('cross-entropy', draw, { labelSmoothing })),
  ...[0, 0.1].flatMap((labelSmoothing) => ofProbabilities(draw, labelSmoothing)),
];

/** 1e-18 is the default; 1e-4 with 1e-7 is what the paper's widely used code clamps at. */
const FLOORS = [
  { eps: 1e-18, probabilityEps: 1e-18 },
  { eps: 1e-4, probabilityEps: 1e-7 },
  { eps: 0.25, probabilityEps: 0.125 },
];

const clamped = (op: string, draw: Draw, others: readonly Params[]): Case[] =>
  others.flatMap((other) =>
    FLOORS.flatMap((floors) =>
      grid((rank, reduction, weighted) => {
        if (weighted) return [];
        const size = sizes(draw, rank);
        const input = logits(draw, size.input);
        return [
          {
            op,
            params: { ...floors, ...other, reduction },
            in: { input, target: labels(draw, size) },
          },
        ];
      }),
    ),
  );

export const reverseCrossEntropy = (draw: Draw): Case[] =>
  clamped('reverse-cross-entropy', draw, [{}]);

export const symmetricCrossEntropy = (draw: Draw): Case[] =>
  clamped('symmetric-cross-entropy', draw, [
    { a: 1, b: 1 },
    { a: 0.1, b: 2 },
  ]);
