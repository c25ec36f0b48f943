/**
 * # Causes: why losses are NaN, each as a batch that shows it
 *
 * What is expected of each is a test. `fixed` is the same question without the fault, in which nothing
 * is born.
 */
import type { Posed } from './posed.ts';

export interface Cause extends Posed {
  readonly id: string;
  readonly title: string;
  /** Where it is born; absent where nothing is. */
  readonly born?: {
    readonly where: 'batch' | 'forward' | 'backward';
    readonly step: string;
    readonly place: string;
  };
  readonly fixed?: Partial<Posed>;
}

const forward = (step: string, place = '') => ({ where: 'forward', step, place }) as const;
const backward = (step: string, place = '') => ({ where: 'backward', step, place }) as const;
const inBatch = (step: string, place = '') => ({ where: 'batch', step, place }) as const;

const CONFIDENT = { input: [[120, 3, -5]], target: [1] };

export const causes: readonly Cause[] = [
  // The logarithm of a probability that underflowed.
  {
    id: 'softmax-overflow',
    title: 'log(softmax(z)): e^120 is ∞ in float32',
    batch: CONFIDENT,
    textbook: 'softmax-log',
    born: forward('e', '[0, 0]'),
    fixed: { textbook: 'log-softmax' },
  },
  {
    id: 'softmax-underflow',
    title: 'log(softmax(z)) with the largest logit subtracted: a probability underflows to 0',
    batch: CONFIDENT,
    textbook: 'shifted-softmax-log',
    born: forward('l', '[0, 1]'),
    fixed: { textbook: 'log-softmax' },
  },
  {
    id: 'sigmoid-saturates',
    title: 'sigmoid, then BCE: σ(17) is exactly 1 in float32, and log(1 − p) is −∞',
    batch: { input: [17], target: [0] },
    textbook: 'sigmoid-bce',
    born: forward('log(1 − p)', '[0]'),
    fixed: { textbook: 'stable-bce' },
  },
  {
    id: 'logarithm-clamped',
    title:
      'the same with log(1 − p) clamped at −100: the loss is 100 in place of 17, its gradient 0/0',
    batch: { input: [17], target: [0] },
    textbook: 'sigmoid-bce-100',
    born: backward('1 − p', '[0]'),
    fixed: { textbook: 'stable-bce' },
  },
  {
    id: 'probability-of-1',
    title: 'BCE of a probability that was rounded to 1 before',
    batch: { input: [1], target: [0] },
    textbook: 'bce',
    born: forward('log(1 − p)', '[0]'),
    fixed: { batch: { input: [0.9375], target: [0] } },
  },
  {
    id: 'probability-of-0',
    title: 'log(p) of a probability that was rounded to 0 before',
    batch: { input: [[1, 0]], target: [1] },
    textbook: 'log-nll',
    born: forward('l', '[0, 1]'),
    fixed: { batch: { input: [[0.75, 0.25]], target: [1] } },
  },
  // Masks.
  {
    id: 'row-masked',
    title: 'a row of logits that is −∞ throughout: −∞ + ∞',
    batch: {
      input: [
        [1, 2],
        [-Infinity, -Infinity],
      ],
      target: [0, 1],
    },
    textbook: 'log-softmax',
    born: forward('d', '[1, 0]'),
    fixed: {
      batch: {
        input: [
          [1, 2],
          [-10000, -10000],
        ],
        target: [0, 1],
      },
    },
  },
  {
    id: 'row-masked-unshifted',
    title: 'the same without the largest logit subtracted: 0/0',
    batch: { input: [[-Infinity, -Infinity]], target: [0] },
    textbook: 'softmax-log',
    born: forward('p', '[0, 0]'),
    fixed: { batch: { input: [[-Infinity, 0]], target: [1] }, textbook: 'log-softmax' },
  },
  {
    id: 'soft-label-masked',
    title: 'a soft label of 0 for a masked class: 0 · −∞',
    batch: { input: [[1, -Infinity, 2]], target: [[0.5, 0, 0.5]] },
    textbook: 'log-softmax',
    born: forward('r', '[0, 1]'),
    fixed: { batch: { input: [[1, -10000, 2]], target: [[0.5, 0, 0.5]] } },
  },
  {
    id: 'smoothing-masked',
    title: 'label smoothing gives a masked class a share: the loss is ∞, exactly',
    batch: { input: [[1, -Infinity, 2]], target: [2] },
    textbook: 'log-softmax',
    settings: { labelSmoothing: 0.1 },
    born: inBatch('input', '[0, 1]'),
    fixed: { settings: {} },
  },
  {
    id: 'column-masked',
    title: 'log(softmax(z)) with a masked class: the loss is finite, its gradient 0/0',
    batch: { input: [[1, -Infinity, 2]], target: [2] },
    textbook: 'shifted-softmax-log',
    born: backward('p', '[0, 1]'),
    fixed: { textbook: 'log-softmax' },
  },
  // Nothing to take the mean of.
  {
    id: 'all-ignored',
    title: 'every target is ignored: the mean is 0/0',
    batch: {
      input: [
        [1, 2],
        [3, 4],
      ],
      target: [-100, -100],
    },
    textbook: 'log-softmax',
    born: forward('mean'),
    fixed: { settings: { reduction: 'sum' } },
  },
  {
    id: 'empty-batch',
    title: 'an empty batch: the mean is 0/0',
    batch: { input: [], target: [] },
    textbook: 'mse',
    born: forward('mean'),
    fixed: { settings: { reduction: 'sum' } },
  },
  {
    id: 'dice-of-nothing',
    title: 'Dice of two empty masks: 0/0',
    batch: { input: [[[0, 0]]], target: [[[0, 0]]] },
    textbook: 'dice',
    born: forward('r', '[0, 0]'),
    fixed: { settings: { smooth: 1 } },
  },
  // e^x overflows.
  {
    id: 'softplus-overflow',
    title: 'a softplus by hand: log(1 + e^89) is ∞ in float32',
    batch: { input: [89], target: [1] },
    textbook: 'softplus-bce',
    born: forward('e', '[0]'),
    fixed: { textbook: 'stable-bce' },
  },
  {
    id: 'cosh-overflow',
    title: 'log(cosh(d)) by hand: e^90 is ∞ in float32',
    batch: { input: [90], target: [0] },
    textbook: 'log-cosh',
    born: forward('exp(d)', '[0]'),
    fixed: { batch: { input: [80], target: [0] } },
  },
  {
    id: 'float16-exp',
    title: 'e^11.1 is ∞ in float16, where e^x ends at x = 11.0899',
    batch: { input: [[11.1, 0]], target: [0] },
    textbook: 'softmax-log',
    format: 'f16',
    born: forward('e', '[0, 0]'),
    fixed: { batch: { input: [[11.08, 0]], target: [0] } },
  },
  // What is not legal.
  {
    id: 'label-out-of-range',
    title: 'a class that is not there: memory that is not there is read',
    batch: { input: [[1, 2, 3]], target: [3] },
    textbook: 'log-softmax',
    born: forward('l[y]', '[0]'),
    fixed: { batch: { input: [[1, 2, 3]], target: [2] } },
  },
  {
    id: 'probability-above-1',
    title: 'a probability above 1: the logarithm of a negative number',
    batch: { input: [1.5], target: [0] },
    textbook: 'bce',
    born: forward('log(1 − p)', '[0]'),
    fixed: { batch: { input: [0.5], target: [0] } },
  },
  {
    id: 'negative-target',
    title: 'KL divergence from a negative probability',
    batch: { input: [-1, -0.5], target: [-0.25, 0.5] },
    textbook: 'kl',
    born: forward('log(y)', '[0]'),
    fixed: { batch: { input: [-1, -0.5], target: [0.25, 0.5] } },
  },
  {
    id: 'negative-variance',
    title: 'a negative variance',
    batch: { input: [1], target: [0], var: [-0.5] },
    textbook: 'gaussian',
    born: forward('log(v)', '[0]'),
    fixed: { batch: { input: [1], target: [0], var: [0.5] } },
  },
  {
    id: 'kl-of-nothing',
    title: 'KL divergence from a probability of 0: 0 · log 0',
    batch: { input: [-1, -0.5], target: [0, 0.5] },
    textbook: 'kl',
    born: forward('log(y)', '[0]'),
    fixed: { batch: { input: [-1, -0.5], target: [0.5, 0.5] } },
  },
  // The gradient alone.
  {
    id: 'where-log',
    title: 'where(p > 0, log(p), 0): the loss is finite, the gradient 0/0',
    batch: { input: [[1, 0]], target: [1] },
    textbook: 'where-log-nll',
    born: backward('input', '[0, 1]'),
    fixed: { batch: { input: [[0.75, 0.25]], target: [1] } },
  },
  {
    id: 'distance-of-0',
    title: 'the root of 0 in a distance: an infinite slope, times 0',
    batch: { anchor: [[1, 2]], positive: [[1, 2]], negative: [[1, 2.5]] },
    textbook: 'triplet',
    born: backward('Σ u²', '[0]'),
    fixed: { batch: { anchor: [[1, 2]], positive: [[1, 2.25]], negative: [[1, 2.5]] } },
  },
  {
    id: 'focal-gamma',
    title: 'focal loss with γ below 1: (1 − pt)^γ has an infinite slope at pt = 1',
    batch: { input: [20], target: [1] },
    textbook: 'focal',
    settings: { gamma: 0.5 },
    born: backward('1 − pt', '[0]'),
    fixed: { settings: { gamma: 2 } },
  },
  {
    id: 'smooth-l1-beta',
    title: 'smooth L1 with β = 0: d² / 2β is worked out where it is not taken',
    batch: { input: [0.5], target: [0] },
    textbook: 'smooth-l1',
    settings: { beta: 0 },
    born: backward('d²', '[0]'),
    fixed: { settings: { beta: 1 } },
  },
  {
    id: 'cosine-of-0',
    title: 'the cosine of a vector of zeros: 0/0',
    batch: { input: [[0, 0]], target: [[1, 2]] },
    textbook: 'cosine',
    born: forward('c', '[0]'),
    fixed: { batch: { input: [[0, 1]], target: [[1, 2]] } },
  },
  // An epsilon that the format does not have.
  {
    id: 'epsilon-beside-1',
    title: 'p moved into [ε, 1 − ε] with ε = 1e-9: 1 − ε is 1 in float32',
    batch: { input: [17], target: [0] },
    textbook: 'sigmoid-clip-bce',
    settings: { eps: 1e-9 },
    born: forward('log(1 − p)', '[0]'),
    fixed: { settings: { eps: 1e-6 } },
  },
  {
    id: 'float16-epsilon',
    title: 'symmetric cross-entropy with labels clamped at 1e-18, which is 0 in float16',
    batch: { input: [[2, 1, 0.1]], target: [0] },
    textbook: 'symmetric',
    format: 'f16',
    born: forward('log(h)', '[0, 1]'),
    fixed: { format: 'f32' },
  },
  // Half precision.
  {
    id: 'float16-sum',
    title: 'the sum of squares overflows in float16, above 65504',
    batch: { input: [200, 200], target: [0, 0] },
    textbook: 'mse',
    format: 'f16',
    born: forward('Σ d²'),
    fixed: { format: 'bf16' },
  },
  {
    id: 'float16-input',
    title: 'an input that float16 does not have',
    batch: { input: [70000], target: [0] },
    textbook: 'log-cosh',
    format: 'f16',
    born: inBatch('input', '[0]'),
    fixed: { batch: { input: [7], target: [0] } },
  },
  // Not the loss.
  {
    id: 'data',
    title: 'NaN in the data',
    batch: { input: [[1, Number.NaN]], target: [0] },
    textbook: 'log-softmax',
    born: inBatch('input', '[0, 1]'),
    fixed: { batch: { input: [[1, 2]], target: [0] } },
  },
  {
    id: 'learning-rate',
    title: 'learning rate: the batch is large and finite, and so is the loss',
    batch: { input: [[3e30, -2e30]], target: [0] },
    textbook: 'log-softmax',
  },
];
