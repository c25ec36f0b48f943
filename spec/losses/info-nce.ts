/**
 * # InfoNCE
 *
 *     ℓ(q, k, y) = −log softmax(q · k_1 / τ, …, q · k_K / τ)_y,   τ = temperature
 *
 * Each query should be most like the key that its target names, among keys that all queries share. That
 * is every use: with as many keys as queries and targets 0, 1, 2, … the other positives of a batch are
 * the negatives (CLIP, half of it); with more keys they come from a queue (MoCo). Similarity is the
 * scalar product: of vectors of length 1 it is the cosine, and normalising them is another operation.
 */
import { dotProduct } from '../distance.ts';
import { logSumExp, max, type Real, real, softmax, sum } from '../functions.ts';
import { classes, reals } from '../input.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

interface Sample {
  readonly input: readonly Real[];
  readonly keys: readonly (readonly Real[])[];
  readonly target: number;
}
/** Less the largest: scalar products of floats are exact, and their quotients are not. */
function logits({ input: q, keys }: Sample, temperature: Real) {
  const products = keys.map((k) => dotProduct(q, k));
  const m = products.reduce(max);
  const isOwn = (s: Real): boolean => s === m && m.isFinite();
  const x = products.map((s) => (isOwn(s) ? real(0) : s.minus(m).div(temperature)));
  return { x, top: products.indexOf(m) };
}

/** The largest first: of two others that are equal no enclosure tells which is larger. */
const exchanged = (x: readonly Real[], top: number): readonly Real[] =>
  x.with(0, x[top]!).with(top, x[0]!);

function shares(sample: Sample, temperature: Real): readonly Real[] {
  const { x, top } = logits(sample, temperature);
  return exchanged(softmax(exchanged(x, top)), top);
}

function addends(sample: Sample, temperature: Real): readonly Real[] {
  const { x, top } = logits(sample, temperature);
  const { m, rest } = logSumExp(exchanged(x, top));
  return [m.minus(x[sample.target]!), rest];
}

export const infoNce = loss({
  id: 'info-nce',
  inputs: {
    // Products of these are multiples of 128, so that exponentials are saturated.
    input: reals('N? D', { draw: [-2, 2], exact: () => [-16, 0, 16] }),
    keys: reals('K D', { draw: [-2, 2], exact: () => [-16, 0, 16] }),
    target: classes('N?', { count: 'K' }),
  },
  over: 'N?',
  params: {
    // Above 0: the smallest number whose reciprocal is one, too.
    temperature: number({ default: 0.1, min: 2 ** -1022, draw: [0.0625, 2], exact: [1, 0.5] }),
  },

  term: (sample, { temperature }) => ({
    value: sum(addends(sample, temperature)),
    weight: real(1),
  }),
  addends: (sample, { temperature }) => addends(sample, temperature),
  derivative: {
    // Σ_k (p_k − [k = y]) k / τ
    input(sample, { temperature }) {
      const p = shares(sample, temperature);
      const { keys, target } = sample;
      return sample.input.map((_, d) => [
        ...p.map((pk, k) => pk.times(keys[k]![d]!).div(temperature)),
        keys[target]![d]!.div(temperature).neg(),
      ]);
    },
    // (p_k − [k = y]) q / τ
    keys(sample, { temperature }) {
      const { input: q, target } = sample;
      return shares(sample, temperature).flatMap((pk, k) =>
        q.map((x) => [
          pk.times(x).div(temperature),
          ...(k === target ? [x.div(temperature).neg()] : []),
        ]),
      );
    },
  },

  clauses: {
    'NCE-1': ['value', 'A loss near 0 keeps its digits.'],
    'NCE-2': ['reduction', 'mean divides by the number of queries.'],
    'NCE-3': ['parameters', 'temperature divides the scalar products.'],
    'NCE-4': ['gradient', 'The gradient of the keys sums over all queries.'],
    'NCE-5': ['errors', 'A target outside [0, K) is an error, as is a temperature of 0.'],
    'NCE-6': [
      'info-nce-is-cross-entropy-of-similarities',
      'It is cross-entropy of the scalar products divided by the temperature.',
    ],
  },

  dialects: {},
  sources: [
    'van den Oord et al., arXiv:1807.03748, (4)',
    'He et al., arXiv:1911.05722, (1) (shared keys)',
  ],
});
