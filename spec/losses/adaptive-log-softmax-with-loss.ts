/**
 * # Adaptive log-softmax, with its loss
 *
 *     ℓ(x, y) = crossEntropy(a, y)                                      for y < H
 *               crossEntropy(a, H + k) + crossEntropy(b_k, y)           for y ≥ H in cluster k
 *     a   = [W x + c;  W' x + c'],    b_k = (rows of U that are in cluster k) · V_k x
 *
 * The head chooses among H frequent classes and K clusters of rarer ones; the tail chooses among the
 * Z rarer ones of one cluster. Class H + z is row z of `tailWeight`, and `cluster` says where it
 * belongs. W, c are `headWeight`, `headBias`; W', c' those of the clusters; V is `tailProject`.
 *
 * Clusters may work in spaces of different width, as the paper has it: then the matrices of narrower
 * ones are padded with zeros, which changes neither the value nor a gradient. Logits are not rounded.
 */
import { type Real, real, sum } from '../functions.ts';
import { classes, reals } from '../input.ts';
import { products, surprises } from '../layer.ts';
import { type Addends, loss } from '../op.ts';
import { crossEntropy } from './cross-entropy.ts';

type Matrix = readonly (readonly Real[])[];

interface Sample {
  readonly input: readonly Real[];
  readonly headWeight: Matrix;
  readonly clusterWeight: Matrix;
  readonly tailProject: readonly Matrix[];
  readonly tailWeight: Matrix;
  readonly headBias: readonly Real[];
  readonly clusterBias: readonly Real[];
  readonly cluster: readonly number[];
  readonly target: number;
}

/** A choice among logits, each the sum of products, and the one that the target asks for. */
interface Choice {
  readonly logits: readonly Addends[];
  readonly own: number;
}

/** The cluster of the target and the classes in it; undefined if it is in the head. */
function tailOf({ headWeight, cluster, target }: Sample) {
  const z = target - headWeight.length;
  if (z < 0) return undefined;
  const k = cluster[z]!;
  const members = [...cluster.keys()].filter((other) => cluster[other] === k);
  return { z, k, members };
}

function head(sample: Sample): Choice {
  const { input: x, headWeight, clusterWeight, headBias, clusterBias, target } = sample;
  const tail = tailOf(sample);
  return {
    logits: [...products(x, headWeight, headBias), ...products(x, clusterWeight, clusterBias)],
    own: tail ? headWeight.length + tail.k : target,
  };
}

/** V_k x, as the sums of products that they are. */
const projected = ({ input, tailProject }: Sample, k: number): readonly Addends[] =>
  products(input, tailProject[k]!);

function tail(sample: Sample): Choice | undefined {
  const at = tailOf(sample);
  if (!at) return undefined;
  const hidden = projected(sample, at.k);
  return {
    logits: at.members.map((z) =>
      sample.tailWeight[z]!.flatMap((w, p) => hidden[p]!.map((a) => w.times(a))),
    ),
    own: at.members.indexOf(at.z),
  };
}

const choices = (sample: Sample): readonly Choice[] =>
  [head(sample), tail(sample)].filter((choice) => choice !== undefined);

/** Of one choice. */
const settings = () => ({ ignoreIndex: -100, labelSmoothing: real(0), reduction: 'none' });

/** As cross-entropy sees it. */
const classified = ({ logits, own }: Choice) => ({
  input: logits.map(sum),
  target: own,
  weight: logits.map(() => real(1)),
});

/** p_c and −[c = own] of every logit. */
const slopes = (choice: Choice): readonly Addends[] =>
  crossEntropy.derivative.input!(classified(choice), settings());

/** Of every class of the tail; of those that are in other clusters, nothing. */
function tailSlopes(sample: Sample): readonly Addends[] {
  const { members } = tailOf(sample) ?? { members: [] };
  const all = sample.tailWeight.map((): Addends => []);
  const choice = tail(sample);
  for (const [i, g] of (choice ? slopes(choice) : []).entries()) all[members[i]!] = g;
  return all;
}

const headSlopes = (sample: Sample): readonly Addends[] =>
  slopes(head(sample)).slice(0, sample.headWeight.length);
const clusterSlopes = (sample: Sample): readonly Addends[] =>
  slopes(head(sample)).slice(sample.headWeight.length);

const timesAll = (g: Addends, factors: readonly Real[]): Addends =>
  g.flatMap((a) => factors.map((x) => a.times(x)));

/** g xᵀ */
const outer = (g: readonly Addends[], x: readonly Real[]): readonly Addends[] =>
  g.flatMap((gc) => x.map((xd) => timesAll(gc, [xd])));

/** ∂ℓ/∂(V_k x) for the cluster of the target; nothing for others. */
function projectedSlopes(sample: Sample, k: number): readonly Addends[] {
  const g = tailOf(sample)?.k === k ? tailSlopes(sample) : [];
  return sample.tailProject[k]!.map((_, p) =>
    g.flatMap((gz, z) => timesAll(gz, [sample.tailWeight[z]![p]!])),
  );
}

/** Products of larger numbers leave a softmax of zeros and a one. */
const moderate = { draw: [-4, 4] } as const;

export const adaptiveLogSoftmaxWithLoss = loss({
  id: 'adaptive-log-softmax-with-loss',
  inputs: {
    input: reals('N? F', { ...moderate, exact: () => [-128, 0, 128] }),
    headWeight: reals('H F', { ...moderate, exact: () => [-2, -1, 0, 1, 2] }),
    clusterWeight: reals('K F', { ...moderate, exact: () => [-2, -1, 0, 1, 2] }),
    tailProject: reals('K P F', { ...moderate, exact: () => [-2, -1, 0, 1, 2] }),
    tailWeight: reals('Z P', { ...moderate, exact: () => [-2, -1, 0, 1, 2] }),
    cluster: classes('Z', { count: 'K' }),
    target: classes('N?', { count: 'H Z' }),
    headBias: reals('H', { absent: 0, exact: () => [-128, 0, 128] }),
    clusterBias: reals('K', { absent: 0, exact: () => [-128, 0, 128] }),
  },
  over: 'N?',
  params: {},

  term: (sample) => ({
    value: sum(choices(sample).map((c) => crossEntropy.term(classified(c), settings()).value)),
    weight: real(1),
  }),
  addends: (sample) => choices(sample).flatMap(({ logits, own }) => surprises(logits)[own]!),
  textbook: (sample) => choices(sample).map(() => real(1)),
  derivative: {
    headWeight: (sample) => outer(headSlopes(sample), sample.input),
    clusterWeight: (sample) => outer(clusterSlopes(sample), sample.input),
    headBias: headSlopes,
    clusterBias: clusterSlopes,
    tailWeight(sample) {
      const { k } = tailOf(sample) ?? {};
      const hidden = k === undefined ? [] : projected(sample, k);
      return tailSlopes(sample).flatMap((g) =>
        sample.tailWeight[0]!.map((_, p) => timesAll(g, hidden[p] ?? [])),
      );
    },
    tailProject: (sample) =>
      sample.tailProject.flatMap((_, k) => outer(projectedSlopes(sample, k), sample.input)),
    input(sample) {
      const { headWeight, clusterWeight, tailProject } = sample;
      const layers: readonly (readonly [readonly Addends[], Matrix])[] = [
        [headSlopes(sample), headWeight],
        [clusterSlopes(sample), clusterWeight],
        ...tailProject.map((V, k) => [projectedSlopes(sample, k), V] as const),
      ];
      return sample.input.map((_, d) =>
        layers.flatMap(([g, W]) => g.flatMap((gc, c) => timesAll(gc, [W[c]![d]!]))),
      );
    },
  },

  clauses: {
    'ALS-1': ['value', 'A class of the tail costs the choice of its cluster and that within it.'],
    'ALS-2': [
      'adaptive-log-softmax-with-loss-is-two-cross-entropies-of-linear',
      'Both choices are cross-entropies of linear layers.',
    ],
    'ALS-3': ['reduction', 'mean divides by the number of samples.'],
    'ALS-4': ['empty', 'Of no samples sum is 0 and mean is NaN.'],
    'ALS-5': ['gradient', 'The gradients of the layers sum over all samples.'],
    'ALS-6': ['gradient', 'A cluster that no target is in has the gradient 0, its projection too.'],
    'ALS-7': ['value', 'The logits are not rounded, and a loss near 0 keeps its digits.'],
    'ALS-8': ['errors', 'A target outside [0, H + Z) is an error, as is a cluster outside [0, K).'],
  },

  dialects: {
    pytorch: {
      name: 'nn.AdaptiveLogSoftmaxWithLoss',
      note: 'returns the logarithms of the probabilities, which are −none, beside mean; its head.weight is headWeight above clusterWeight, its cutoffs say that clusters are ranges of classes, and tail[k] holds the rows of tailProject[k] and the columns of tailWeight that are not padding',
    },
  },
  sources: ['Grave et al., arXiv:1609.04309, 4', 'PyTorch torch.nn.AdaptiveLogSoftmaxWithLoss'],
});
