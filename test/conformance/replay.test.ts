import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { touchstone } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

const sigmoid = {
  op: 'sigmoid',
  in: { input: { dtype: 'f32', shape: [2], values: [-18, 0] } },
  want: ['out', 'grad:input'],
};
const classes = (target: number) => ({
  op: 'nll-loss',
  in: {
    input: { dtype: 'f32', shape: [1, 2], values: [-1, -2] },
    target: { dtype: 'i64', shape: [1], values: [target] },
  },
});

let modules = 0;
/** A candidate whose `run` returns what `body` says; modules are loaded once, so each is a new file. */
const candidate = (body: string): string =>
  written(
    `candidate-${modules++}.mjs`,
    `const f32 = (...v) => ({ dtype: 'f32', shape: [v.length], data: Float32Array.from(v) });
     export default {
       hello: () => ({
         protocol: 1,
         impl: { name: 'planted', version: '1', language: 'JavaScript' },
         dtypes: ['f32', 'i64'], dialect: 'spec',
         policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
         ops: { sigmoid: { grad: ['input'] }, 'nll-loss': { grad: [] } },
       }),
       async run(request) { ${body} },
     };`,
  );
const replay = (message: object | string, ...args: string[]) =>
  touchstone(
    ['replay', '-', ...args],
    typeof message === 'string' ? message : JSON.stringify(message),
  );

describe('a candidate beside the truth', () => {
  test('our own implementation, bit for bit', async () => {
    const { code, out } = await replay(sigmoid);
    expect(out).toContain('sigmoid  asked of fast');
    expect(out).toContain('3282d314  1.5229979e-8  1.5229979512760348944e-8  3282d314');
    expect(out).toContain('PASS  4 of 4 bit for bit, 0 below the gate\n');
    expect(code).toBe(0);
  });

  test('from a file', async () => {
    const { code } = await touchstone(['replay', written('case.json', JSON.stringify(sigmoid))]);
    expect(code).toBe(0);
  });

  test('a wrong number, with its error', async () => {
    const naive = candidate("return { out: f32(0, 0.5), 'grad:input': f32(1.5229979e-8, 0.25) };");
    const { code, out } = await replay(sigmoid, '--candidate', naive);
    expect(out).toContain('asked of planted 1');
    expect(out).toMatch(/\[0\] +00000000 +0 +1\.5229979512760348944e-8 +3282d314 +8570000 +E\n/);
    expect(out).toMatch(/\[1\] +3f000000 +0\.5 +0\.5 +3f000000 +0 +S, bit for bit\n/);
    expect(out).toContain('FAIL  3 of 4 bit for bit, 1 below the gate\n');
    expect(code).toBe(1);
  });

  test('a NaN of another kind passes, but is not the same bits', async () => {
    const odd = candidate(
      'const out = f32(0); new Uint32Array(out.data.buffer)[0] = 0xffc00001; return { out };',
    );
    const nan = { ...sigmoid, in: { input: { dtype: 'f32', shape: [1], values: ['NaN'] } } };
    const { code, out } = await replay({ ...nan, want: ['out'] }, '--candidate', odd);
    expect(out).toContain('PASS  0 of 1 bit for bit');
    expect(code).toBe(0);
  });

  test.each([
    ["return { out: f32(1), 'grad:input': f32(0, 0) };", 'out has shape [1] but should have [2]'],
    ['return { out: f32(1, 2) };', 'grad:input is missing from the answer'],
    ["return { error: { kind: 'internal', message: 'sorry' } };", 'refused: sorry'],
  ])('%s fails', async (body, says) => {
    const { code, out } = await replay(sigmoid, '--candidate', candidate(body));
    expect(out).toContain(says);
    expect(code).toBe(1);
  });

  test('a case that is to be refused', async () => {
    const bad = classes(2);
    const right = await replay(bad);
    expect(right.out).toContain('to be refused: nll-loss: target has 2');
    expect(right.out).toContain('PASS\n');
    expect(right.code).toBe(0);
    const answers = candidate('return { out: { ...f32(NaN), shape: [] } };');
    const wrong = await replay(bad, '--candidate', answers);
    expect(wrong.out).toContain('got      an answer\nFAIL\n');
    expect(wrong.code).toBe(1);
    const crashes = candidate("return { error: { kind: 'internal', message: 'segfault' } };");
    expect((await replay(bad, '--candidate', crashes)).code).toBe(1);
  });

  test('a parameter that is to be refused', async () => {
    const { code, out } = await replay({ ...classes(0), params: { reduction: 'max' } });
    expect(out).toContain("to be refused: nll-loss: reduction = 'max' should be one of");
    expect(code).toBe(0);
  });

  test('what was not run does not conform', async () => {
    const skips = candidate("return { skip: { reason: 'no sigmoid today' } };");
    const skipped = await replay(sigmoid, '--candidate', skips);
    expect(skipped.out).toContain('not run: no sigmoid today');
    expect(skipped.code).toBe(2);
    const other = await replay({ ...sigmoid, op: 'relu', want: ['out'] }, '--candidate', skips);
    expect(other.err).toContain('planted does not offer relu');
    expect(other.code).toBe(2);
  });
});

describe('bad input', () => {
  test.each([
    ['nonsense', 'replay: standard input is not JSON'],
    ['', 'replay: standard input is not JSON'],
    ['{}\n{}', 'a case is one message, not several lines of them'],
    ['[]', 'the message is [] but should be an object'],
    ['{"op":"sigmiod","in":{}}', 'sigmiod: there is no such operator; did you mean sigmoid?'],
    ['{"op":"relu"}', 'relu: in is missing'],
    [
      '{"op":"relu","in":{"input":{"dtype":"f32","shape":[2],"hex":"3f800000"}}}',
      'relu: input has 1 elements of hex but should have 2',
    ],
  ])('%s', async (text, says) => {
    const { code, err } = await replay(text);
    expect(err).toContain(says);
    expect(err).not.toContain('our fault');
    expect(code).toBe(2);
  });

  test('a file that is not there', async () => {
    const { code, err } = await touchstone(['replay', join(folder, 'nowhere.json')]);
    expect(err).toContain('nowhere.json cannot be read (ENOENT');
    expect(code).toBe(2);
  });

  test('a candidate that is not there', async () => {
    const { code, err } = await replay(sigmoid, '--candidate', 'fest');
    expect(err).toContain('there is no candidate fest; there is fast, onnxruntime,');
    expect(err).toContain('and a program, -- COMMAND; did you mean fast?');
    expect(code).toBe(2);
  });

  test.each([
    ['', 'there is no such file'],
    ['syntax error', 'it cannot be loaded (Parse failure|it cannot be loaded \\('],
    ['export const run = 1;', 'it has no default export'],
    ['export default 3;', 'its default export has no function hello'],
    ['export default { hello() {} };', 'its default export has no function run'],
    ['export default { hello() {}, run() {} };', 'hello: the message is missing'],
    [
      'export default { hello: () => ({ protocol: 2 }), run() {} };',
      'hello: protocol is 2 but should be 1; impl is missing',
    ],
  ])('the module %s', async (text, says) => {
    const name = `module-${text.length}.mjs`;
    const file = text === '' ? join(folder, 'nowhere.mjs') : written(name, text);
    const { code, err } = await replay(sigmoid, '--candidate', file);
    expect(err).toMatch(new RegExp(text === 'syntax error' ? 'it cannot be loaded \\(' : says));
    expect(code).toBe(3);
  });

  test.each([
    ["throw new Error('boom');", 'boom'],
    ['return 3;', 'sigmoid: answered 3, not an object'],
    ['return { out: 3 };', 'sigmoid: out should be a tensor'],
    ["return { out: { dtype: 'f8' } };", 'sigmoid: out has dtype f8, which is none'],
    ["return { out: { dtype: 'f32', shape: 2 } };", 'out has shape 2, which should be an array'],
    [
      "return { out: { dtype: 'f32', shape: [2], data: [1, 2] } };",
      'out has data of Array but should have a Float32Array: f32',
    ],
  ])('a module whose run does %s could not be run', async (body, says) => {
    const { code, err } = await replay(sigmoid, '--candidate', candidate(body));
    expect(err).toContain(says);
    expect(code).toBe(3);
  });
});
