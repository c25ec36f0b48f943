/** # Losses of elements of input and target, from kernels */
import type { Part } from './kernel/rows/run-elements.ts';
import type { PairKernels } from './math/pair-kernels.ts';
import { newTotal, scaled } from './math/scaled.ts';
import type { Arrays, Plan } from './operator.ts';
import type { Shape } from './tensor.ts';

type Element = (i: number) => number;

/** Input and target have gradients. */
export interface PairLoss {
  readonly shape: Shape;
  readonly x: Float32Array;
  readonly t: Float32Array;
  /** Weights of the loss and of part of it, if there are any. */
  readonly w?: Element | undefined;
  readonly v?: Element | undefined;
  readonly denominator: number;
  readonly run: PairKernels['run'];
  /** What kernels get for their parameters. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Elements that the kernels are not made for, with the weights in them. */
  readonly value: Element;
  readonly slopes: { readonly input: Element; readonly target: Element };
}

/** What one call computes. */
interface Call {
  readonly none: boolean;
  readonly cotangent: Float32Array | undefined;
  readonly divisor: number;
  readonly loss: Float32Array | undefined;
  readonly slopes: Arrays<PairLoss['slopes']> | undefined;
}

export function pairLoss(loss: PairLoss, reduction: string): Plan<PairLoss['slopes']> {
  const none = reduction === 'none';
  const divisor = none || reduction === 'sum' ? 1 : loss.denominator;
  const run = (cotangent: Call['cotangent'], value: Call['loss'], slopes: Call['slopes']): void =>
    compute(loss, { none, divisor, cotangent, loss: value, slopes });
  return {
    shape: none ? loss.shape : [],
    shapes: { input: loss.shape, target: loss.shape },
    value: (out) => run(undefined, out, undefined),
    gradient: (cotangent, out) => run(cotangent, undefined, out),
    both: run,
  };
}

function compute(loss: PairLoss, call: Call): void {
  const { none, cotangent, divisor } = call;
  const total = newTotal();
  const weighted = Boolean(loss.w || loss.v || (none && cotangent));
  const weights = weighted && {
    w: loss.w ?? one,
    v: loss.v ?? one,
    g: none && cotangent ? cotangent : one,
  };
  const run = loss.run({
    loss: !call.loss ? 'none' : none ? 'each' : 'sum',
    slopes: call.slopes !== undefined,
    weighted,
  });
  run({
    count: loss.x.length,
    inputs: { x: loss.x, t: loss.t, ...weights },
    scalars: {
      ...loss.constants,
      ...(call.slopes && { scale: none ? 1 : (cotangent?.[0] ?? 1) / divisor }),
    },
    results: { ...(none && call.loss && { loss: call.loss }), ...call.slopes },
    unusual: (part) => slowly(loss, call, part),
    answered({ room }) {
      if (room.doubles.total) total.add(room.doubles.total[0]!);
    },
  });
  if (call.loss && !none) call.loss[0] = total.value() / divisor;
}

const one = (): number => 1;

function slowly(loss: PairLoss, call: Call, { room, start, length }: Part): void {
  const { loss: each, total } = { ...room.floats, ...room.doubles };
  const { none, cotangent, divisor } = call;
  const sum = newTotal();
  for (let k = 0; k < length; k++) {
    const value = call.loss ? loss.value(start + k) : 0;
    sum.add(value);
    if (each) each[k] = value;
    const u = cotangent?.[none ? start + k : 0] ?? 1;
    for (const side in call.slopes) {
      const slope = loss.slopes[side as keyof PairLoss['slopes']](start + k);
      room.floats[side]![k] = scaled(slope, u) / divisor;
    }
  }
  if (total) total[0] = sum.value();
}
