/**
 * A layer with two outputs whose weights are the rows W₀, W₁ and whose biases are b₀, b₁, and a layer
 * with one output whose weight is W₁ − W₀ and whose bias is b₁ − b₀:
 *
 *     crossEntropy(linear(x; W, b), t) = binaryCrossEntropyWithLogits(linear(x; W₁ − W₀, b₁ − b₀), t)
 *                                      = binaryCrossEntropy(σ(linear(x; W₁ − W₀, b₁ − b₀)), t)
 *
 * the last one where the logit is smaller than 100, beyond which it is clamped. For a t between 0 and
 * 1 cross-entropy takes the distribution [1 − t, t].
 */
import fc from 'fast-check';
import { sigmoid as sigma } from '../../spec/functions.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  linear,
  sigmoid,
} from '../../spec/index.ts';
import { type Real, real } from '../../spec/real.ts';
import { sizeOf, type Tensor, tensor } from '../../spec/tensor.ts';
import type { Computed } from '../computed.ts';
import { dyadic } from '../floats.ts';
import { type Ask, asked, everyday, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { same, signOf, stated } from '../same.ts';
import { ofLogit, ofLogits, ofProbability } from '../terms.ts';

const questions = everyday(linear).map((c) => asked(twoOutputs(c)));

/** The case with vectors in one batch, two outputs, and weights whose differences are exact. */
function twoOutputs({ tensors }: Case): Case {
  const { input, weight, bias } = tensors as { readonly [name: string]: Tensor | undefined };
  const d = weight!.shape[1]!;
  const first = (t: Tensor, size: number) =>
    Array.from({ length: size }, (_, i) => short(t.data[i] ?? 0));
  return {
    tensors: {
      input: { ...input!, shape: [sizeOf(input!.shape) / d, d] },
      weight: tensor([2, d], first(weight!, 2 * d)),
      bias: bias && tensor([2], first(bias, 2)),
    },
    settings: {},
  };
}

/** A sixteenth, for logits that leave something of a sigmoid; a multiple of 2⁻¹⁰ and at most 2. */
const short = (x: number): number => Math.round(Math.max(-32, Math.min(32, x)) * 64) / 1024 + 0;

/** Layer with one output. */
function difference({ weight, bias }: { readonly [name: string]: Tensor | undefined }) {
  const d = weight!.shape[1]!;
  const w = Array.from({ length: d }, (_, i) => weight!.data[d + i]! - weight!.data[i]!);
  return {
    weight: tensor([1, d], w),
    bias: bias && tensor([1], [bias.data[1]! - bias.data[0]!]),
  };
}

/** Logits of the first vector. */
function logits(input: Tensor, weight: Tensor, bias: Tensor | undefined): readonly Real[] {
  const [c, d] = weight.shape as [number, number];
  return Array.from({ length: c }, (_, k) => {
    const row = Array.from({ length: d }, (_, i) => real(weight.data[k * d + i]!));
    const x = Array.from({ length: d }, (_, i) => real(input.data[i]!));
    return linear.f({ input: x, weight: row, bias: real(bias?.data[k] ?? 0) }, {})[0]!;
  });
}

export const certified = stated(
  fc.tuple(questions, fc.oneof(fc.constantFrom(0, 1), dyadic(10)([0, 1], []))),
  ([{ tensors }, t]) => {
    const { input, weight, bias } = tensors as { readonly [name: string]: Tensor };
    const one = difference(tensors);
    const logit = () => logits(input!, one.weight, one.bias)[0]!;
    const y = () => (t === 0 || t === 1 ? t : [real(1).minus(t), real(t)]);
    const isClamped =
      signOf(() =>
        logit()
          .squared()
          .minus(100 ** 2),
      ) >= 0;
    return same(
      () => [ofLogits(logits(input!, weight!, bias), y())],
      () => [ofLogit(logit(), real(t))],
      ...(isClamped ? [] : [() => [ofProbability(sigma(logit()), real(t))]]),
    );
  },
);

export const law = identity({
  name: 'three-heads-are-one-function',
  says: 'linear with two outputs and cross-entropy is linear with one output and binary cross-entropy',
  ops: [linear],
  others: [sigmoid, binaryCrossEntropy, binaryCrossEntropyWithLogits, crossEntropy],
  questions: () => questions,
  async claims({ tensors }, ask) {
    const { input } = tensors;
    const two = await ask(linear, tensors);
    const one = await ask(linear, { input, ...difference(tensors) });
    const probability = await ask(sigmoid, { input: one });
    return {
      ...(await heads(two, one, probability, 0, ask)),
      ...(await heads(two, one, probability, 0.25, ask)),
      ...(await heads(two, one, probability, 1, ask)),
    };
  },
});

async function heads(two: Computed, one: Computed, probability: Computed, t: number, ask: Ask) {
  const none = { reduction: 'none' };
  const samples = one.tensor.shape[0]!;
  const all = Array.from({ length: samples });
  const target = tensor(
    [samples, 1],
    all.map(() => t),
  );
  const classes =
    t === 0 || t === 1
      ? tensor(
          [samples],
          all.map(() => t),
          'i64',
        )
      : tensor(
          [samples, 2],
          all.flatMap(() => [1 - t, t]),
        );
  const names = [
    'cross-entropy of two outputs',
    'binary cross-entropy of one output',
    'binary cross-entropy of its sigmoid',
  ].map((name) => `${name}, target ${t}`) as [string, string, string];
  return {
    [names[0]]: await ask(crossEntropy, { input: two, target: classes }, none),
    [names[1]]: await ask(binaryCrossEntropyWithLogits, { input: one, target }, none),
    [names[2]]: await ask(binaryCrossEntropy, { input: probability, target }, none),
  };
}
