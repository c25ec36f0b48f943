/**
 * # Negative log-likelihood
 *
 * ONNX's own operator, which takes a batch: a single sample is a batch of one.
 */
import type { Composition } from './composition.ts';
import { ofClasses } from './loss-of-classes.ts';

export const nllLoss: Composition = (asked) => ofClasses('NegativeLogLikelihoodLoss', asked);
