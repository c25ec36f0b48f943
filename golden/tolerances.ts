/**
 * # How far an answer may lie from ONNX Runtime's
 *
 * What is allowed is what the witness itself is known to be off by, and the rounding of the answer
 * compared. Sections are those of the project's measurements of onnxruntime 1.30 (ONNX facts page).
 *
 * What is allowed is the sum of the parts. `logit`, `factor`, `size` and `terms` are those of the case
 * (`scale.ts`).
 */
export interface Tolerance {
  /** In ulps of the witness's format at its answer. */
  readonly ulps?: number;
  /** In parts of the answer. */
  readonly relative?: number;
  /** In units, for every unit of weight that is added up: times `factor`. */
  readonly absolute?: number;
  /** In parts of the largest logit, likewise. */
  readonly ofLogit?: number;
  /** In parts of the sum of the sizes of all that is added up. */
  readonly ofSize?: number;
  /** In parts of that, once for every term: a sum in any order. */
  readonly ofSizePerTerm?: number;
}

/** Unit roundoff of float32 and of float64. */
const U = 2 ** -24;
const U64 = 2 ** -53;

/** The float32 operator. */
export const float32: { readonly [op: string]: Tolerance } = {
  // Section 8, exact bits.
  relu: {},
  // Section 8: 8 ulp and 2e-7 absolute; the tail below −15 is a known deviation within that.
  sigmoid: { ulps: 8, absolute: 2e-7 },
  // Section 8: 8 ulp for |x| > 1e-36, beneath which no case lies.
  tanh: { ulps: 8 },
  softplus: { ulps: 8 },
  // Section 8: 5e-6 relative (4e-6 seen in section 4, from the rounding of the exponent). That was
  // measured with AVX-512; AVX2 kernels answer 0 where the result is subnormal.
  softmax: { relative: 5e-6, absolute: 2 ** -126 },
  // Section 8: 2 ulp of the largest logit (4u of it at most) and 1e-6.
  'log-softmax': { ulps: 2, ofLogit: 4 * U, absolute: 1e-6 },
  'log-sum-exp': { ulps: 2, ofLogit: 4 * U, absolute: 1e-6 },
  // Not measured there. The textbook bound of a sum of products in any order: u per term.
  linear: { ofSizePerTerm: U },
  // Section 8: 'none' is exact, which u of the size nearly is where terms are one product. Sums are
  // plain float32 sums (section 4); a mean has two of them and a division.
  'nll-loss': { ofSizePerTerm: 3 * U },
  // As log-softmax for every term, and then the sum of the terms.
  'cross-entropy': { ulps: 2, ofLogit: 4 * U, absolute: 1e-6, ofSizePerTerm: 3 * U },
};

/** 16 float64 ulps: above the 7.4 of Tanh and the 4.2 of Softmax (section 3). */
const KERNEL: Tolerance = { ulps: 16 };
/** A few float64 roundings for every term; 64 cover the longest formula, a smoothed cross-entropy. */
const COMPOSED: Tolerance = { ulps: 16, ofSize: 64 * U64 };

/** The float64 graph. Logarithms that cancel are good to about 1e-15 of the logits (section 3). */
export const float64: { readonly [op: string]: Tolerance } = {
  relu: {},
  sigmoid: KERNEL,
  logsigmoid: KERNEL,
  tanh: KERNEL,
  softplus: KERNEL,
  softmax: KERNEL,
  'log-softmax': COMPOSED,
  'log-sum-exp': COMPOSED,
  linear: COMPOSED,
  'nll-loss': COMPOSED,
  'cross-entropy': COMPOSED,
  'binary-cross-entropy': COMPOSED,
  'binary-cross-entropy-with-logits': COMPOSED,
  'kl-div': COMPOSED,
  'reverse-cross-entropy': COMPOSED,
  'symmetric-cross-entropy': COMPOSED,
};

/**
 * What `src/` may add in float32, by ARCHITECTURE 4: nothing but its one rounding where it is
 * correctly rounded (S), an ulp (A), and u (⌈log₂ n⌉ + 7) of the size where terms may cancel (B).
 */
export const fast: { readonly [op: string]: 'S' | 'A' | 'B' } = {
  relu: 'S',
  sigmoid: 'S',
  logsigmoid: 'S',
  tanh: 'S',
  softplus: 'A', // S for beta = 1
  softmax: 'A',
  'log-softmax': 'A',
  'log-sum-exp': 'A',
  linear: 'B',
  'nll-loss': 'B',
  'cross-entropy': 'A',
  'binary-cross-entropy': 'A',
  'binary-cross-entropy-with-logits': 'A',
  'kl-div': 'B',
  'reverse-cross-entropy': 'A',
  'symmetric-cross-entropy': 'A',
};
