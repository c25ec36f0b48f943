/**
 * # What ONNX Runtime's kernels are good for
 *
 * By ONNX's names, for all activations that ONNX has, so that a new operator finds its own. Sections
 * are those of the project's measurements of onnxruntime 1.30 (ONNX facts page). A kernel without
 * `float64` has none, or one that is no better than float32: Elu, Selu, Celu, Softplus, Softsign,
 * HardSigmoid, HardSwish, Mish, ThresholdedRelu, Hardmax and Gelu do not run in float64; Sigmoid, and
 * with it Swish, loses all digits towards −37; a loss is composed of others.
 */
import type { Tolerance } from './tolerances.ts';

export interface Kernel {
  readonly float32: Tolerance;
  readonly float64?: Tolerance;
}

/** Unit roundoff of float32 and of float64. */
export const U = 2 ** -24;
export const U64 = 2 ** -53;

const EXACT: Tolerance = { isExact: true };
/** Section 8. */
const within = (ulps: number, absolute = 0): Tolerance => ({ ulps, absolute });
/** 16 float64 ulps: above the 7.4 of Tanh and the 4.2 of Softmax (section 3). */
const GOOD: Tolerance = { ulps: 16 };
/** Logarithms that cancel are good to about 1e-15 of the logits (section 3). */
const CANCELLING: Tolerance = { ulps: 16, ofSize: 64 * U64 };
/** Section 8: 2 ulp of the largest logit (4u of it at most) and 1e-6. */
const OF_LOGITS: Tolerance = { ulps: 2, ofLogit: 4 * U, absolute: 1e-6 };

export const kernels: { readonly [onnx: string]: Kernel | undefined } = {
  Relu: { float32: EXACT, float64: EXACT },
  Clip: { float32: EXACT, float64: EXACT },
  // Its float64 kernel takes the bias away in float32.
  Shrink: { float32: EXACT },
  ThresholdedRelu: { float32: EXACT },
  Hardmax: { float32: EXACT },
  LeakyRelu: { float32: within(1), float64: within(1) },
  PRelu: { float32: within(1), float64: within(1) },
  Erf: { float32: within(1) },
  Exp: { float32: within(1), float64: GOOD },
  Log: { float32: within(4), float64: GOOD },
  Softsign: { float32: within(4) },
  Softplus: { float32: within(8) },
  // For |x| > 1e-36, beneath which no case lies.
  Tanh: { float32: within(8), float64: GOOD },
  // The tail below −15 is a known deviation within that.
  Sigmoid: { float32: within(8, 2e-7) },
  HardSigmoid: { float32: within(8, 2e-7) },
  Elu: { float32: within(8, 2e-7) },
  Celu: { float32: within(8, 2e-7) },
  Selu: { float32: within(8, 1e-6) },
  Gelu: { float32: within(8, 1e-6) },
  HardSwish: { float32: within(8, 1e-6) },
  Swish: { float32: within(8, 4e-6) },
  Mish: { float32: within(8, 4e-6) },
  // 5e-6 relative (4e-6 seen in section 4, from the rounding of the exponent). That was measured
  // with AVX-512; AVX2 kernels answer 0 where the result is subnormal.
  Softmax: { float32: { relative: 5e-6, absolute: 2 ** -126 }, float64: GOOD },
  LogSoftmax: { float32: OF_LOGITS, float64: CANCELLING },
  ReduceLogSumExp: { float32: OF_LOGITS, float64: CANCELLING },
  // Not measured there. The textbook bound of a sum of products in any order: u per term.
  Gemm: { float32: { ofSizePerTerm: U } },
  // 'none' is exact, which u of the size nearly is where terms are one product. Sums are plain
  // float32 sums (section 4); a mean has two of them and a division.
  NegativeLogLikelihoodLoss: { float32: { ofSizePerTerm: 3 * U } },
  // As LogSoftmax for every term, and then the sum of the terms.
  SoftmaxCrossEntropyLoss: { float32: { ...OF_LOGITS, ofSizePerTerm: 3 * U } },
};
