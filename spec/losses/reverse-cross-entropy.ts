/**
 * # Reverse cross-entropy
 *
 *     ℓ(x, y) = −Σ_k p_k ln(clamp([k = y], eps, 1)) = −ln(eps) · Σ_(k ≠ y) p_k
 *     p_k     = clamp(softmax(x)_k, probabilityEps, 1)
 *
 * Cross-entropy with prediction and label exchanged, so that the label is what the logarithm is
 * taken of: eps stands for ln 0. It is bounded, by −ln(eps) times about 1, which makes it robust
 * against wrong labels.
 *
 * The widely used code of the paper (Wang et al. 2019, arXiv:1908.06112) clamps labels at 1e−4 and
 * predictions at 1e−7. The "A = −4" of the paper is log₁₀ 1e−4; it is neither ln 1e−4 = −9.2103 nor
 * ln 1e−18 = −41.4465, which are what a natural logarithm makes of either eps. In float16 1e−18 is 0
 * and its logarithm −∞: eps is never rounded to the format of the tensors.
 *
 * Where softmax(x)_k is below probabilityEps its slope is 0; where it is equal, it counts.
 * `mean` divides by the number of samples. No label is ignored.
 */
import { log, max, type Real, real, softmax, sum } from '../functions.ts';
import { classes, reals } from '../input.ts';
import { type Addends, loss } from '../op.ts';
import { number } from '../param.ts';

/** Positive. Below 1e−300 nothing changes that a float could show, and ln would meet subnormals. */
const clamp = { default: 1e-18, min: 1e-300, max: 1, draw: [1e-18, 0.5], exact: [1] } as const;

/** The parameters of both clamps. */
export const clamps = {
  eps: number(clamp),
  probabilityEps: number({ ...clamp, like: 'eps' }),
};

interface Sample {
  readonly input: readonly Real[];
  readonly target: number;
}
interface Clamps {
  readonly eps: Real;
  readonly probabilityEps: Real;
}

/** −ln(eps) p_k for k ≠ y. A softmax is at most 1 and needs no clamp there. */
export function reverseAddends({ input: x, target: y }: Sample, p: Clamps): Addends {
  const scale = log(p.eps).neg();
  const others = softmax(x).toSpliced(y, 1);
  return others.map((s) => scale.times(max(s, p.probabilityEps)));
}

/** −ln(eps) · s_j · ([j ∈ K] − Σ_(k ∈ K) s_k), with s = softmax(x), K the k ≠ y not below the clamp. */
export function reverseSlopes({ input: x, target: y }: Sample, p: Clamps): readonly Addends[] {
  const s = softmax(x);
  const isFree = s.map((sk, k) => k !== y && !sk.lt(p.probabilityEps));
  return s.map((sj, j) => {
    const scale = log(p.eps).neg().times(sj);
    const shared = s.filter((_, k) => isFree[k]).map((sk) => scale.times(sk).neg());
    return isFree[j] ? [scale, ...shared] : shared;
  });
}

export const reverseCrossEntropy = loss({
  id: 'reverse-cross-entropy',
  inputs: {
    input: reals('N? C *', { exact: () => [-256, -128, 0, 128, 256] }),
    target: classes('N? *', { count: 'C' }),
  },
  over: 'N? *',
  params: clamps,

  term: (sample, p) => ({ value: sum(reverseAddends(sample, p)), weight: real(1) }),
  addends: reverseAddends,
  derivative: { input: reverseSlopes },

  clauses: {
    'RCE-1': ['value', 'A logarithm of 0 is that of eps, the exact number given.'],
    'RCE-2': ['mean-is-sum-over-denominator', 'mean divides by the number of samples.'],
    'RCE-3': ['parameters', 'probabilityEps is eps unless it is given.'],
    'RCE-4': ['errors', 'A label outside [0, C) is an error: none is ignored.'],
    'RCE-5': ['gradient', 'A probability below its clamp has slope 0, one at the clamp its own.'],
    'RCE-6': ['value', 'A confident sample keeps its digits: 1 − p_y is never computed.'],
    'RCE-7': ['special rows', 'A masked class (logit −∞) has the probability probabilityEps.'],
    'RCE-8': [
      'symmetric-cross-entropy-is-a-sum',
      'It is what symmetric-cross-entropy adds to cross-entropy.',
    ],
  },

  dialects: {},
  sources: ['Wang et al. 2019, "Symmetric cross entropy for robust learning", arXiv:1908.06112'],
});
