/**
 * # What test suites accept
 *
 * Each as its authors wrote it, for float32, applied to an answer and to the correctly rounded result
 * in the place of what they compare with. The sign of a zero is left out, also where XLA and WebNN
 * look at it.
 */
import { rank } from '../../properties/floats.ts';
import { float32, fromBits } from '../../spec/format.ts';
import { type Grade, isAtLeast } from '../../spec/grade.ts';

export interface Answer {
  readonly op: string;
  readonly got: number;
  /** The correctly rounded result. */
  readonly want: number;
  readonly grade: () => Grade;
}

export interface Rule {
  readonly name: string;
  /** In words. */
  readonly accepted: string;
  readonly source: string;
  readonly accepts: (answer: Answer) => boolean;
}

type Close = (got: number, want: number) => boolean;

const LARGEST = fromBits(0x7f7fffffn, float32);
/** Whether two are the same where differences say nothing; undefined for finite numbers. */
const special = (got: number, want: number): boolean | undefined =>
  Number.isFinite(got) && Number.isFinite(want) ? undefined : Object.is(got, want);

/** NumPy's and PyTorch's: the two tolerances are added. */
export const allclose =
  (rtol: number, atol: number): Close =>
  (got, want) =>
    special(got, want) ?? Math.abs(got - want) <= atol + rtol * Math.abs(want);

/** Python's `math.isclose`: the larger of the two tolerances; an overflow is any large number. */
export const isclose =
  (rtol: number, atol: number): Close =>
  (got, want) => {
    const [a, b] = [Math.abs(got), Math.abs(want)];
    if (special(got, want) !== undefined) return Math.min(a, b) > Math.log(LARGEST);
    return Math.abs(got - want) <= Math.max(rtol * Math.max(a, b), atol);
  };

/** XLA's: either tolerance is enough; an infinity counts as the largest number. */
export const either =
  (rtol: number, atol: number): Close =>
  (got, want) => {
    if (Number.isNaN(got) || Number.isNaN(want)) return Object.is(got, want);
    const [a, b] = [got, want].map((y) => Math.min(Math.max(y, -LARGEST), LARGEST)) as [
      number,
      number,
    ];
    return Math.abs(a - b) <= atol || Math.abs(a - b) / Math.abs(b) <= rtol;
  };

/** So many floats away at most. */
export const floats =
  (most: number): Close =>
  (got, want) => {
    if (Number.isNaN(got) || Number.isNaN(want)) return Object.is(got, want);
    const apart = rank(got, float32) - rank(want, float32);
    return (apart < 0n ? -apart : apart) <= BigInt(most);
  };

/** By operator; the first five are WebNN's own. */
const webnn: { readonly [op: string]: Close } = {
  sigmoid: floats(34),
  softplus: floats(18),
  elu: floats(18),
  tanh: allclose(0, 1 / 1024),
  gelu: floats(18),
  // 3 n + 3 for softmax, here of two classes.
  'log-softmax': floats(9),
  silu: floats(34),
  logsigmoid: floats(18),
  mish: floats(18),
  'binary-cross-entropy-with-logits': floats(18),
};

const by =
  (close: Close): Rule['accepts'] =>
  ({ got, want }) =>
    close(got, want);

export const rules: readonly Rule[] = [
  {
    name: 'array-api',
    accepted: '0.25 relative or 1 absolute; beside an infinity whatever is above 88',
    source: '`isclose` in data-apis/array-api-tests, test_operators_and_elementwise_functions.py',
    accepts: by(isclose(0.25, 1)),
  },
  {
    name: 'NNSmith',
    accepted: '1e-2 relative + 1e-3 absolute',
    source: '`assert_allclose` in ise-uiuc/nnsmith, nnsmith/difftest.py',
    accepts: by(allclose(1e-2, 1e-3)),
  },
  {
    name: 'ONNX',
    accepted: '1e-3 relative + 1e-7 absolute',
    source:
      "the defaults of a case in onnx/onnx, onnx/backend/test, with NumPy's `assert_allclose`",
    accepts: by(allclose(1e-3, 1e-7)),
  },
  {
    name: 'XLA',
    accepted: '1e-4 relative or 1e-4 absolute; an infinity counts as the largest number',
    source:
      "`DefaultF32SpecGenerator` in TensorFlow's copy, compiler/xla/tests/exhaustive_op_test_utils.cc; some operators have numbers of their own",
    accepts: by(either(1e-4, 1e-4)),
  },
  {
    name: 'PyTorch',
    accepted: '1.3e-6 relative + 1e-5 absolute',
    source: '`assert_close` for float32 in pytorch/pytorch, torch/testing/_comparison.py',
    accepts: by(allclose(1.3e-6, 1e-5)),
  },
  {
    name: 'JAX',
    accepted: '1e-6 relative + 1e-6 absolute',
    source: '`_default_tolerance` in jax-ml/jax, jax/_src/public_test_util.py',
    accepts: by(allclose(1e-6, 1e-6)),
  },
  {
    name: 'WebNN',
    accepted:
      'sigmoid 34 floats away, softplus, elu and gelu 18, tanh 1/1024 absolute; it has no test of the others, which get what comes nearest: silu 34, log-softmax 9 (its softmax of two classes), the rest 18',
    source: 'web-platform-tests/wpt, webnn/resources/utils.js and webnn/conformance_tests',
    accepts: ({ op, got, want }) => webnn[op]!(got, want),
  },
  {
    name: 'Touchstone',
    accepted: 'grade C: 4 ulp of the exact value; for log-softmax and losses the bound of a sum',
    source: '[spec/grade.ts](../spec/grade.ts)',
    accepts: ({ grade }) => isAtLeast(grade(), 'C'),
  },
];
