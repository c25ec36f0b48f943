/**
 * An adapter for Touchstone: a module that says what it offers, and answers one request at a time.
 *
 * To offer your own operators, put them into `operators` and compute them with the code to be judged.
 */

const sigmoid = {
  f(x) {
    const e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  },
  slope(x) {
    const e = Math.exp(-Math.abs(x));
    return e / (1 + e) ** 2;
  },
};

/** Each with its derivative: a number in, a number out, in double precision. */
const operators = { sigmoid };

const hello = () => ({
  protocol: 1,
  impl: { name: 'my-adapter', version: '0.1', language: 'JavaScript' },
  dtypes: ['f32'],
  dialect: 'spec',
  policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
  ops: Object.fromEntries(Object.keys(operators).map((name) => [name, { grad: ['input'] }])),
});

/** What is not legal is answered as an error of kind invalid_input, never as a number. */
const error = (kind, message) => ({ error: { kind, message } });

function run({ op, params, in: inputs, want, grad_out }) {
  if (!Object.hasOwn(operators, op)) return error('unsupported', `there is no ${op}`);
  for (const name of Object.keys(params))
    return error('invalid_input', `${op}: there is no parameter ${name}`);
  const { input, ...others } = inputs;
  if (!input || Object.keys(others).length > 0)
    return error('invalid_input', `${op}: there should be one input, called input`);
  if (input.dtype !== 'f32')
    return error('invalid_input', `${op}: input is ${input.dtype} but should be f32`);
  const { f, slope } = operators[op];
  const x = Array.from(input.data);
  const known = {
    out: () => x.map(f),
    'grad:input': () => x.map((xi, i) => (grad_out?.data[i] ?? 1) * slope(xi)),
  };
  const reply = {};
  for (const name of want) {
    if (!Object.hasOwn(known, name)) return error('unsupported', `${op}: there is no ${name}`);
    reply[name] = { dtype: 'f32', shape: input.shape, data: Float32Array.from(known[name]()) };
  }
  return reply;
}

export default { hello, run };
