/**
 * # What is true, in float64
 *
 * Formulas without cancellation, so that the error of a few units of 2⁻⁵³ is less than a millionth
 * of an ulp of float32. It is no certificate, the oracle gives those: it is quick enough for millions
 * of elements, and what stands beside a speed needs two digits.
 */
import type { Answer, Case, OperatorId } from './candidate.ts';

type Truth = Required<Answer<Float64Array>>;
type Scalar = (x: number) => number;

export function truthOf(asked: Case): Answer<Float64Array> {
  const { value, gradient } = TRUTHS[asked.op](asked);
  return asked.pass === 'forward' ? { value } : { value, gradient };
}

const elementwise =
  (f: Scalar, slope: Scalar) =>
  ({ input }: Case): Truth => ({
    value: Float64Array.from(input, f),
    gradient: Float64Array.from(input, slope),
  });

const logistic: Scalar = (x) => {
  const z = Math.exp(-Math.abs(x));
  return (x < 0 ? z : 1) / (1 + z);
};
const softplus: Scalar = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const bump: Scalar = (x) => logistic(x) * logistic(-x);

/** One row: e^(x − m), their sum without that of the maximum, and where the maximum is. */
function readRow(x: Float32Array, start: number, length: number) {
  let top = 0;
  for (let c = 1; c < length; c++) if (x[start + c]! > x[start + top]!) top = c;
  const m = x[start + top]!;
  const e = Float64Array.from({ length }, (_, c) => Math.exp(x[start + c]! - m));
  let others = 0;
  for (let c = 0; c < length; c++) if (c !== top) others += e[c]!;
  const log = Math.log1p(others);
  return { e, sum: 1 + others, logProbability: (c: number) => x[start + c]! - m - log };
}

function overRows(
  { shape, input }: Case,
  write: (row: ReturnType<typeof readRow>, r: number, start: number, columns: number) => void,
): void {
  const [rows = 0, columns = 0] = shape;
  for (let r = 0; r < rows; r++)
    write(readRow(input, r * columns, columns), r, r * columns, columns);
}

function softmax(asked: Case): Truth {
  const value = new Float64Array(asked.input.length);
  const gradient = new Float64Array(asked.input.length);
  const u = asked.cotangent ?? new Float32Array(asked.input.length);
  overRows(asked, ({ e, sum }, _, start, columns) => {
    let mean = 0;
    for (let c = 0; c < columns; c++) {
      value[start + c] = e[c]! / sum;
      mean += value[start + c]! * u[start + c]!;
    }
    for (let i = start; i < start + columns; i++) gradient[i] = value[i]! * (u[i]! - mean);
  });
  return { value, gradient };
}

function logSoftmax(asked: Case): Truth {
  const value = new Float64Array(asked.input.length);
  const gradient = new Float64Array(asked.input.length);
  const u = asked.cotangent ?? new Float32Array(asked.input.length);
  overRows(asked, ({ e, sum, logProbability }, _, start, columns) => {
    let total = 0;
    for (let c = 0; c < columns; c++) {
      value[start + c] = logProbability(c);
      total += u[start + c]!;
    }
    for (let c = 0; c < columns; c++) gradient[start + c] = u[start + c]! - (e[c]! / sum) * total;
  });
  return { value, gradient };
}

/** The gradient of the target is −Σ p over the others, not p − 1. */
function crossEntropy(asked: Case): Truth {
  const gradient = new Float64Array(asked.input.length);
  const rows = asked.shape[0]!;
  let loss = 0;
  overRows(asked, ({ e, sum, logProbability }, r, start, columns) => {
    const y = asked.classes![r]!;
    loss -= logProbability(y) / rows;
    let others = 0;
    for (let c = 0; c < columns; c++) {
      if (c !== y) others += e[c]!;
      gradient[start + c] = e[c]! / sum / rows;
    }
    gradient[start + y] = -others / sum / rows;
  });
  return { value: Float64Array.of(loss), gradient };
}

function binaryCrossEntropyWithLogits({ input, probabilities }: Case): Truth {
  const n = input.length;
  const t = probabilities!;
  const gradient = new Float64Array(n);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const x = input[i]!;
    const linear = x > 0 ? x * (1 - t[i]!) : -x * t[i]!;
    loss += (linear + Math.log1p(Math.exp(-Math.abs(x)))) / n;
    gradient[i] = (logistic(x) - t[i]!) / n;
  }
  return { value: Float64Array.of(loss), gradient };
}

/** The default of RCE. */
const EPS = 1e-18;

/** a CE + RCE */
const reverse =
  (a: number) =>
  (asked: Case): Truth => {
    const { value, gradient } = crossEntropy(asked);
    const rows = asked.shape[0]!;
    const b = -Math.log(EPS);
    let loss = a * value[0]!;
    overRows(asked, ({ e, sum }, r, start, columns) => {
      const y = asked.classes![r]!;
      const isFree = (c: number) => c !== y && e[c]! / sum >= EPS;
      let [inside, outside] = [0, 0];
      for (let c = 0; c < columns; c++) {
        if (isFree(c)) inside += e[c]! / sum;
        else outside += e[c]! / sum;
        if (c !== y) loss += (b * Math.max(e[c]! / sum, EPS)) / rows;
      }
      for (let c = 0; c < columns; c++) {
        const slope = (b * e[c]!) / sum / rows;
        gradient[start + c] = a * gradient[start + c]! + slope * (isFree(c) ? outside : -inside);
      }
    });
    return { value: Float64Array.of(loss), gradient };
  };

function nllLoss({ shape: [rows = 0, columns = 0], input, classes }: Case): Truth {
  const gradient = new Float64Array(input.length);
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    loss -= input[r * columns + classes![r]!]! / rows;
    gradient[r * columns + classes![r]!] = -1 / rows;
  }
  return { value: Float64Array.of(loss), gradient };
}

function klDiv({ input, probabilities: t }: Case): Truth {
  const n = input.length;
  let loss = 0;
  for (let i = 0; i < n; i++) if (t![i]! > 0) loss += (t![i]! * (Math.log(t![i]!) - input[i]!)) / n;
  return { value: Float64Array.of(loss), gradient: Float64Array.from(t!, (p) => -p / n) };
}

const TRUTHS: { readonly [op in OperatorId]: (asked: Case) => Truth } = {
  relu: elementwise(
    (x) => Math.max(x, 0),
    (x) => (x > 0 ? 1 : 0),
  ),
  sigmoid: elementwise(logistic, bump),
  logsigmoid: elementwise(
    (x) => -softplus(-x),
    (x) => logistic(-x),
  ),
  tanh: elementwise(Math.tanh, (x) => 4 * bump(2 * x)),
  softplus: elementwise(softplus, logistic),
  softmax,
  'log-softmax': logSoftmax,
  'cross-entropy': crossEntropy,
  'reverse-cross-entropy': reverse(0),
  'symmetric-cross-entropy': reverse(1),
  'nll-loss': nllLoss,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  'kl-div': klDiv,
};
