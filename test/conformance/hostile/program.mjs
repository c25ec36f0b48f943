/**
 * # A program that answers right, except for one thing
 *
 * `node program.mjs MODE [N]`. What it does wrong it does at questions for sigmoid that have an infinite
 * input, or at the N-th question; the rest of its answers are those of our own implementation.
 */
import { createInterface } from 'node:readline';
import { fast } from '../../../dist/conformance/adapters/fast.js';
import { decodeTensor } from '../../../dist/conformance/wire/codec.js';
import { answerLine } from '../../../dist/conformance/wire/session.js';

const [mode, count] = process.argv.slice(2);
const whole = fast('1');
const { ops, ...hello } = await whole.hello();
const few = Object.fromEntries(['sigmoid', 'relu'].map((op) => [op, ops[op]]));
const candidate = { ...whole, hello: () => ({ ...hello, ops: few }) };

const write = (line) => process.stdout.write(`${line}\n`);
const hang = () => new Promise(() => setInterval(() => {}, 1000));
const data = (t) => Array.from(decodeTensor('input', t).data);

const refill = (answer, value) => {
  const bytes = Buffer.from(answer.b64, 'base64');
  for (let at = 0; at < bytes.length; at += 4) bytes.writeFloatLE(value(bytes, at), at);
  return { ...answer, b64: bytes.toString('base64') };
};

/** What is done in place of answering right, given the right answer. */
const faults = {
  hang,
  exit: () => process.exit(7),
  segv: () => process.kill(process.pid, 'SIGSEGV'),
  garbage: () => write('Segmentation fault (core dumped)'),
  half: (right) => write(JSON.stringify(right).slice(0, 40)),
  cut: async (right) => {
    process.stdout.write(JSON.stringify(right).slice(0, 40));
    await hang();
  },
  shape: (right) => write(JSON.stringify({ ...right, out: { dtype: 'f32', shape: [0], b64: '' } })),
  schema: (right) => write(JSON.stringify({ ...right, out: { dtype: 'f31', shape: [], b64: '' } })),
  id: (right) => write(JSON.stringify({ ...right, id: 'c99999999' })),
  twice: (right) => {
    write(JSON.stringify(right));
    write(JSON.stringify(right));
  },
  endless: async () => {
    const block = 'x'.repeat(1 << 16);
    for (;;)
      if (!process.stdout.write(block)) await new Promise((go) => process.stdout.once('drain', go));
  },
  oom: ({ id }) => write(JSON.stringify({ id, error: { kind: 'oom', message: 'out of memory' } })),
};

/** Wrong in every answer, not in some. */
const everywhere = {
  nan: (right) => ({ ...right, out: right.out && refill(right.out, () => Number.NaN) }),
  batch: (right) => {
    const { out } = right;
    if (!out || Buffer.from(out.b64, 'base64').length <= 4) return right;
    return { ...right, out: refill(out, (bytes, at) => bytes.readFloatLE(at) + 1) };
  },
};

process.stderr.write(`it is ${mode}\n`);
let asked = 0;
let answered = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const { message, isOver } = await answerLine({ candidate }, line, ++asked);
  const isRun = request.cmd === 'run';
  if (request.cmd === 'hello') {
    if (mode === 'hello-hang') await hang();
    if (mode === 'hello-exit') process.exit(9);
    if (mode === 'hello-garbage') write('Loading the model …');
    if (mode === 'hello-nonce') message.nonce = 'another';
    else message.nonce = request.nonce;
  }
  const isBad = isRun && request.op === 'sigmoid' && isPoisoned(request);
  if (isBad && faults[mode]) await faults[mode](message);
  else write(JSON.stringify(isRun && everywhere[mode] ? everywhere[mode](message) : message));
  if (mode === 'loud' && isRun && request.op === 'sigmoid') write('debug: answered');
  if (mode === 'brief' && isRun && ++answered === Number(count)) process.exit(0);
  if (isOver) break;
}
if (mode === 'stays') await hang();
if (mode === 'stays-deaf') {
  process.on('SIGTERM', () => {});
  await hang();
}
process.exit(0);

function isPoisoned(request) {
  if (count !== undefined && mode !== 'brief') return asked === Number(count);
  return data(request.in.input).some((x) => Math.abs(x) === Infinity);
}
