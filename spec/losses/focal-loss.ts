/**
 * # Focal loss of softmax
 *
 *     ℓ(x, y) = −w_y (1 − p_y)^γ ln p_y,   p = softmax(x)
 *
 * Cross-entropy of classes, less of it the more confident the row is in its class. γ = 0 is
 * cross-entropy, (1 − 1)⁰ being 1. What papers call α is `weight` here. A sample whose class is
 * `ignoreIndex` contributes nothing.
 *
 * `mean` divides by Σ w_y over the samples that are not ignored, as cross-entropy does; many
 * implementations divide by the number of samples.
 */
import { type Real, real, scaled, sigmoid, softplus, weighted } from '../functions.ts';
import {
  classified,
  focus,
  ignoring,
  margin,
  slopesOf,
  surpriseParts,
  weighed,
} from '../margin.ts';
import { loss } from '../op.ts';
import { number } from '../param.ts';

/** At −∞ the factor is 1 and has no slope, at ∞ the surprise is 0. */
const focal = (z: Real, gamma: Real): Real => {
  const surprise = softplus(z.neg());
  return z.isFinite() ? focus(z, gamma).times(surprise) : surprise;
};

export const focalLoss = loss({
  id: 'focal-loss',
  inputs: classified,
  over: 'N? *',
  params: { gamma: number({ default: 2, min: 0, draw: [0, 8], exact: [0, 1, 2] }), ...ignoring },

  term({ input: x, target: y, weight: w }, { gamma, ignoreIndex }) {
    if (y === ignoreIndex) return { value: real(0), weight: real(0) };
    return { value: weighed(w[y]!, focal(margin(x, y), gamma), x), weight: w[y]! };
  },
  addends({ input: x, target: y, weight: w }, { gamma, ignoreIndex }) {
    if (y === ignoreIndex) return [];
    const by = focus(margin(x, y), gamma);
    return surpriseParts(x, y).map((part) => scaled(w[y]!, weighted(by, part)));
  },
  // Textbook code rounds Σ e^(x − m) ≥ 1 before the logarithm, and 1 − p.
  textbook({ input: x, target: y, weight: w }, { gamma, ignoreIndex }) {
    if (y === ignoreIndex) return [];
    const z = margin(x, y);
    if (!z.isFinite()) return [w[y]!];
    const by = w[y]!.times(focus(z, gamma));
    return [by, by.times(gamma).times(softplus(z.neg())).div(sigmoid(z.neg()))];
  },
  derivative: {
    // ∂ℓ/∂z = −w_y (1 − p_y)^γ (1 − p_y − γ p_y ln p_y)
    input({ input: x, target: y, weight: w }, { gamma, ignoreIndex }) {
      if (y === ignoreIndex) return x.map(() => []);
      const z = margin(x, y);
      const by = w[y]!.times(focus(z, gamma)).neg();
      const surprise = weighted(sigmoid(z), softplus(z.neg()));
      return slopesOf(x, y, [by.times(sigmoid(z.neg())), by.times(gamma).times(surprise)]);
    },
  },

  clauses: {
    'FL-1': [
      'focal-loss-without-gamma-is-cross-entropy',
      'With gamma = 0 it is cross-entropy of classes, weights and ignoreIndex alike.',
    ],
    'FL-2': ['reduction', 'mean divides by Σ w of the targets that are not ignored.'],
    'FL-3': ['empty', 'When every sample is ignored, or there is none, sum is 0 and mean is NaN.'],
    'FL-4': ['special rows', 'An ignored sample contributes exactly 0, whatever its row holds.'],
    'FL-5': ['value', 'A confident row keeps its digits: 1 − p is never computed.'],
    'FL-6': ['gradient', 'The gradient is finite for every gamma, also where 1 − p is next to 0.'],
    'FL-7': ['special rows', 'With all other classes masked (logit −∞) loss and slopes are 0.'],
    'FL-8': ['errors', 'A class outside [0, C) that is not ignoreIndex is an error, never NaN.'],
    'FL-9': ['parameters', 'gamma is from 0 on.'],
  },

  dialects: {
    keras: {
      name: 'keras.losses.CategoricalFocalCrossentropy(from_logits=True)',
      lacks: ['ignoreIndex', 'weight'],
      note: 'distributions, one-hot for classes, along the last axis; alpha, 0.25 by default, times the loss; softmax is moved into [1e−7, 1 − 1e−7]; mean divides by the number of rows',
    },
  },
  sources: ['Lin et al. 2017, "Focal loss for dense object detection", arXiv:1708.02002, §3'],
});
