/**
 * # Plain JavaScript, as libraries for running models write it
 *
 * The maximum is taken out of softmax, `Math.exp` and sums are in double precision, a Float32Array is
 * made at the end; the error function is the polynomial of a handbook. No gradients: such libraries only
 * run models. Written for comparison in that style, it is nobody's code.
 */
import type { Candidate, Hello, Reply, Request, Setting } from '../../properties/candidate.ts';

type Params = { readonly [name: string]: Setting };

// Single numbers ---------------------------------------------------------------------------------

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Abramowitz and Stegun 7.1.26, which is off by up to 1.5e−7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = ((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736;
  return Math.sign(x) * (1 - (tail * t + 0.254829592) * t * Math.exp(-x * x));
}

const gelus: { readonly [form: string]: (x: number) => number } = {
  none: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
};

// Rows -------------------------------------------------------------------------------------------

function softmax(row: readonly number[]): readonly number[] {
  const max = Math.max(...row);
  const exps = row.map((x) => Math.exp(x - max));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / sum);
}

function logSoftmax(row: readonly number[]): readonly number[] {
  const max = Math.max(...row);
  const logSum = Math.log(row.reduce((sum, x) => sum + Math.exp(x - max), 0));
  return row.map((x) => x - max - logSum);
}

/** The rows along one axis, each through `f`. */
function along(
  f: (row: readonly number[]) => readonly number[],
  data: Float32Array,
  shape: readonly number[],
  dim: number,
): Float32Array {
  const axis = dim < 0 ? dim + shape.length : dim;
  const length = shape[axis];
  if (length === undefined)
    throw new RangeError(`dim is ${dim}, but there are ${shape.length} axes`);
  const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const out = new Float32Array(data.length);
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / stride) % length !== 0) continue;
    const row = f(Array.from({ length }, (_, i) => data[start + i * stride]!));
    for (const [i, y] of row.entries()) out[start + i * stride] = y;
  }
  return out;
}

// The candidate ----------------------------------------------------------------------------------

interface Operator {
  readonly params: readonly string[];
  run(data: Float32Array, shape: readonly number[], params: Params): Float32Array;
}

const each = (f: (x: number) => number): Operator => ({
  params: [],
  run: (data) => data.map((x) => f(x)),
});
const rows = (f: (row: readonly number[]) => readonly number[]): Operator => ({
  params: ['dim'],
  run: (data, shape, { dim }) => along(f, data, shape, Number(dim)),
});

const operators: ReadonlyMap<string, Operator> = new Map([
  [
    'gelu',
    {
      params: ['approximate'],
      run(data: Float32Array, _: readonly number[], { approximate }: Params) {
        const form = String(approximate);
        if (!Object.hasOwn(gelus, form)) throw new RangeError(`approximate is ${form}`);
        return data.map((x) => gelus[form]!(x));
      },
    },
  ],
  ['log-softmax', rows(logSoftmax)],
  ['relu', each((x) => Math.max(0, x))],
  ['sigmoid', each(sigmoid)],
  ['silu', { ...each((x) => x * sigmoid(x)), params: ['alpha'] }],
  ['softmax', rows(softmax)],
  ['tanh', each(Math.tanh)],
]);

const hello = (): Hello => ({
  protocol: 1,
  impl: { name: 'transformers-style', version: '1', language: 'JavaScript' },
  env: { os: process.platform, arch: process.arch, engine: `V8 ${process.versions.v8}` },
  dtypes: ['f32'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries([...operators.keys()].map((id) => [id, { grad: [] }])),
});

const error = (kind: 'invalid_input' | 'unsupported', message: string): Reply => ({
  error: { kind, message },
});

function run({ op: id, params, in: { input }, want }: Request): Reply {
  const op = operators.get(id);
  if (!op || want.some((name) => name !== 'out'))
    return error('unsupported', `${id}: there is no such result`);
  for (const name of Object.keys(params))
    if (!op.params.includes(name)) return error('invalid_input', `there is no parameter ${name}`);
  if (id === 'silu' && params.alpha !== 1) return { skip: { reason: 'alpha is always 1' } };
  if (input?.dtype !== 'f32') return error('invalid_input', 'input should be f32');
  try {
    const data = op.run(input.data as Float32Array, input.shape, params);
    return { out: { dtype: 'f32', shape: input.shape, data } };
  } catch (problem) {
    return error('invalid_input', (problem as Error).message);
  }
}

export const transformersStyle: Candidate = { hello, run };
export default transformersStyle;
