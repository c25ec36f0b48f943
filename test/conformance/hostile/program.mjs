/**
 * # A program that answers right, except for one thing
 *
 * `node program.mjs MODE [N] [FILE]`. What it does wrong it does at the N-th question; given a file, in
 * which it keeps that question, also whenever it is asked the same again. The rest of its answers are
 * those of our own implementation.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { relu } from '../../../dist/src/activations/relu.js';
import { sigmoid } from '../../../dist/src/activations/sigmoid.js';

const [mode, count, file] = process.argv.slice(2);
const ops = { sigmoid, relu };
const policy = { ftz: 'none', signed_zero: 'strict', deterministic: true };
const HELLO = {
  protocol: 1,
  impl: { name: 'hostile', version: '1', language: 'JavaScript' },
  ...{ dtypes: ['f32'], dialect: 'spec', policy },
  ops: { sigmoid: { grad: ['input'] }, relu: { grad: ['input'] } },
};

// Answers ----------------------------------------------------------------------------------------

const decoded = (t) => {
  const data = new Float32Array(Uint8Array.from(Buffer.from(t.b64, 'base64')).buffer);
  return { data, shape: t.shape };
};
const encoded = ({ data, shape }) => ({
  dtype: 'f32',
  ...{ shape, b64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') },
});

function right({ id, op, params, in: inputs, want, grad_out }) {
  try {
    const input = decoded(inputs.input);
    const answer = (name) =>
      name === 'out'
        ? ops[op]({ input }, params)
        : ops[op].gradient({ input }, params, grad_out && decoded(grad_out)).input;
    return { id, ...Object.fromEntries(want.map((name) => [name, encoded(answer(name))])) };
  } catch (problem) {
    return { id, error: { kind: 'invalid_input', message: String(problem) } };
  }
}

// Faults -----------------------------------------------------------------------------------------

const write = (text) => process.stdout.write(text);
const tell = (message) => write(`${JSON.stringify(message)}\n`);
const hang = () => new Promise(() => setInterval(() => {}, 1000));
const changed = (answer, change) => {
  if (!answer) return answer;
  const { data, shape } = decoded(answer);
  return encoded({ data: data.map((y) => change(y, data.length)), shape });
};

/** What is done in place of answering, given the right answer. */
const faults = {
  hang,
  exit: () => process.exit(7),
  changing: () => process.exit(8),
  segv: () => process.kill(process.pid, 'SIGSEGV'),
  garbage: () => write('Segmentation fault (core dumped)\n'),
  half: (answer) => write(`${JSON.stringify(answer).slice(0, 40)}\n`),
  cut: async (answer) => {
    write(JSON.stringify(answer).slice(0, 40));
    await hang();
  },
  shape: (answer) => tell({ ...answer, out: { dtype: 'f32', shape: [0], b64: '' } }),
  schema: (answer) => tell({ ...answer, out: { dtype: 'f31', shape: [], b64: '' } }),
  id: (answer) => tell({ ...answer, id: 'c99999999' }),
  'no-id': ({ id: _, ...answer }) => tell(answer),
  twice: (answer) => {
    tell(answer);
    tell(answer);
  },
  endless: async () => {
    const block = 'x'.repeat(1 << 16);
    for (;;) if (!write(block)) await new Promise((go) => process.stdout.once('drain', go));
  },
  oom: ({ id }) => tell({ id, error: { kind: 'oom', message: 'out of memory' } }),
};

/** Wrong in every answer. */
const everywhere = {
  nan: (answer) => ({ ...answer, out: changed(answer.out, () => Number.NaN) }),
  batch: (answer) => ({ ...answer, out: changed(answer.out, (y, n) => (n > 1 ? y + 1 : y)) }),
};

const isBad = ({ id: _, ...question }, asked) => {
  const bytes = JSON.stringify(question);
  if (file && existsSync(file)) return readFileSync(file, 'utf8') === bytes;
  if (asked !== Number(count)) return false;
  if (file) writeFileSync(file, bytes);
  return true;
};

async function greet({ nonce }) {
  if (mode === 'hello-hang') await hang();
  if (mode === 'hello-exit') process.exit(9);
  if (mode === 'hello-garbage') write('Loading the model …\n');
  const version = mode === 'changing' ? String(process.pid) : '1';
  const more = mode === 'frames' ? { encodings: ['jsonl', 'frame'] } : {};
  const impl = { ...HELLO.impl, version };
  tell({ ...HELLO, impl, ...more, nonce: mode === 'hello-nonce' ? 'another' : nonce });
}

// Frames -----------------------------------------------------------------------------------------

const padded = (n) => (n + 7) & ~7;

/** Answers frames with frames until it is told to end. */
async function speakFrames() {
  tell({ using: 'frame' });
  let held = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 8 && held.length >= 4 + held.readUInt32LE(0)) {
      const end = 4 + held.readUInt32LE(0);
      answerFrame(held.subarray(0, end));
      held = held.subarray(end);
    }
  }
}

function answerFrame(bytes) {
  const header = 8 + bytes.readUInt32LE(4);
  const message = JSON.parse(bytes.toString('utf8', 8, header));
  if (message.cmd === 'bye') process.exit(0);
  const raw = bytes.subarray(padded(header));
  const b64 = (t) => ({ ...t, b64: raw.toString('base64', t.off, t.off + t.len) });
  const { input } = message.in;
  const gradOut = message.grad_out && b64(message.grad_out);
  const { id, error, ...fields } = right({
    ...message,
    in: { input: b64(input) },
    grad_out: gradOut,
  });
  const parts = [];
  let off = 0;
  const tensors = Object.entries(fields).map(([name, { b64, ...t }]) => {
    const part = Buffer.from(b64, 'base64');
    parts.push(part, Buffer.alloc(padded(part.length) - part.length));
    const placed = [name, { ...t, off, len: part.length }];
    off += padded(part.length);
    return placed;
  });
  const head = Buffer.from(JSON.stringify({ id, error, ...Object.fromEntries(tensors) }));
  const start = Buffer.alloc(padded(8 + head.length));
  start.writeUInt32LE(start.length + off - 4, 0);
  start.writeUInt32LE(head.length, 4);
  head.copy(start, 8);
  write(Buffer.concat([start, ...parts]));
}

process.stderr.write(`it is ${mode}\n`);
if (mode === 'family') {
  const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  });
  writeFileSync(count, String(pid));
}
let asked = 0;
const late = [];
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.cmd === 'bye') break;
  if (message.cmd === 'hello') {
    await greet(message);
    continue;
  }
  if (message.cmd === 'use') {
    await speakFrames();
    break;
  }
  const answer = right(message);
  if (mode === 'reverse') {
    late.push(answer);
    if (late.length === Number(count)) for (const one of late.splice(0).reverse()) tell(one);
    continue;
  }
  if (mode === 'always' && message.op === 'sigmoid') process.exit(8);
  if (isBad(message, ++asked) && faults[mode]) await faults[mode](answer);
  else tell(everywhere[mode] ? everywhere[mode](answer) : answer);
  if (mode === 'loud') write('debug: answered\n');
}
if (mode === 'stays') await hang();
process.exit(0);
