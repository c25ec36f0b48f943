/**
 * An adapter for Touchstone: a module that says what it offers, and answers one request at a time.
 *
 * To offer your own operators, put them into `operators` and compute them with the code to be judged.
 */
import type { Candidate, Hello, Payload, Reply, Request } from 'touchstone/properties';

/** With its derivative: a number in, a number out, in double precision. */
interface Operator {
  f(x: number): number;
  slope(x: number): number;
}

const sigmoid: Operator = {
  f(x) {
    const e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  },
  slope(x) {
    const e = Math.exp(-Math.abs(x));
    return e / (1 + e) ** 2;
  },
};

const operators: ReadonlyMap<string, Operator> = new Map([['sigmoid', sigmoid]]);

const hello = (): Hello => ({
  protocol: 1,
  impl: { name: 'my-adapter', version: '0.1', language: 'TypeScript' },
  dtypes: ['f32'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries([...operators.keys()].map((name) => [name, { grad: ['input'] }])),
});

/** What is not legal is answered as an error of kind invalid_input, never as a number. */
const error = (kind: 'invalid_input' | 'unsupported', message: string): Reply => ({
  error: { kind, message },
});

function run({ op, params, in: inputs, want, grad_out }: Request): Reply {
  const operator = operators.get(op);
  if (!operator) return error('unsupported', `there is no ${op}`);
  for (const name of Object.keys(params))
    return error('invalid_input', `${op}: there is no parameter ${name}`);
  const { input, ...others } = inputs;
  if (!input || Object.keys(others).length > 0)
    return error('invalid_input', `${op}: there should be one input, called input`);
  if (input.dtype !== 'f32')
    return error('invalid_input', `${op}: input is ${input.dtype} but should be f32`);
  const x = Array.from(input.data, Number);
  const known: Record<string, () => readonly number[]> = {
    out: () => x.map(operator.f),
    'grad:input': () => x.map((xi, i) => Number(grad_out?.data[i] ?? 1) * operator.slope(xi)),
  };
  const reply: Record<string, Payload> = {};
  for (const name of want) {
    const numbers = known[name]?.();
    if (!numbers) return error('unsupported', `${op}: there is no ${name}`);
    reply[name] = { dtype: 'f32', shape: input.shape, data: Float32Array.from(numbers) };
  }
  return reply;
}

const adapter: Candidate = { hello, run };
export default adapter;
