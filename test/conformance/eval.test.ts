import { describe, expect, test } from 'vitest';
import { digitsOf, shortest } from '../../conformance/digits.ts';
import { reference } from '../../conformance/reference.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import { answerLine } from '../../conformance/wire/session.ts';
import { bfloat16, float32 } from '../../spec/format.ts';
import { touchstone } from './terminal.ts';

const one = (text: string, ...more: string[]) => touchstone(['eval', ...text.split(' '), ...more]);
const json = async (text: string) => {
  const { code, out, err } = await one(`${text} --json`);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
};

describe('one case', () => {
  test('value, bits and gradient', async () => {
    const answer = await json('cross-entropy --input [[18,0]] --target [0]');
    expect(answer.out).toEqual({
      dtype: 'f32',
      shape: [],
      hex: '3282d314',
      decimal: ['1.5229979628736488102e-8'],
    });
    expect(answer['grad:input'].decimal).toEqual([
      '-1.5229979512760348944e-8',
      '1.5229979512760348944e-8',
    ]);
    expect(answer['grad:input'].shape).toEqual([1, 2]);
    expect(answer).not.toHaveProperty('grad:target');
  });

  test('in words', async () => {
    const { out, code } = await one('cross-entropy --input [[18,0]] --target [0]');
    expect(code).toBe(0);
    expect(out).toContain('cross-entropy\ninput  f32 [1, 2]\n');
    expect(out).toContain('out  f32 []\n  3282d314  1.5229979e-8  1.5229979628736488102e-8\n');
  });

  test('numbers of the paper, printed to twenty digits', async () => {
    const logits = '--input [[10,5,-6],[8,8,8]] --target [0,2]';
    const ce = await json(`cross-entropy ${logits} --reduction none`);
    expect(ce.out.decimal).toEqual(['0.0067154602711053921346', '1.0986122886681096914']);
    const sce = await json(`symmetric-cross-entropy ${logits} --eps 1e-4 --probabilityEps 1e-7`);
    expect(sce.out.decimal).toEqual(['3.6535995606605151636']);
  });

  test.each([
    ['cross-entropy --input [[1,2]] --target [1]', 'i64'],
    ['cross-entropy --input [1,2] --target 1', 'i64'],
    ['cross-entropy --input [[1,2]] --target [[0,1]]', 'f32'],
    ['cross-entropy --input [1,2] --target [0,1]', 'f32'],
    ['cross-entropy --input [1,2] --target [0.5,0.5]', 'f32'],
    ['cross-entropy --input [[[1,2]],[[3,4]]] --target [[0,0],[0,0]]', 'i64'],
    ['nll-loss --input [[-1,-2]] --target [1]', 'i64'],
    ['binary-cross-entropy --input [0.5,0.5] --target [0,1]', 'f32'],
    ['binary-cross-entropy-with-logits --input [2,3] --target [0,1]', 'f32'],
  ])('%s: the target is %s', async (text, dtype) => {
    expect((await json(text)).in.target.dtype).toBe(dtype);
  });

  test('a gradient for every differentiable input that is given', async () => {
    const answer = await json('linear --input [1,2] --weight [[3,4],[5,6]] --bias [0.5,1]');
    expect(Object.keys(answer).filter((key) => key.startsWith('grad:'))).toEqual([
      'grad:input',
      'grad:weight',
      'grad:bias',
    ]);
    expect(answer.out.decimal).toEqual(['11.5', '18']);
    expect(answer['grad:weight'].shape).toEqual([2, 2]);
    expect(answer['grad:bias'].shape).toEqual([2]);
    const without = await json('linear --input [1,2] --weight [[3,4],[5,6]]');
    expect(without).not.toHaveProperty('grad:bias');
  });

  test('a cotangent', async () => {
    const answer = await json('log-softmax --input [0,0] --gradOut [1,0]');
    expect(answer['grad:input'].decimal).toEqual(['0.5', '-0.5']);
  });

  test('every dtype', async () => {
    const bits = async (dtype: string) =>
      (await json(`sigmoid --input 1 --dtype ${dtype}`)).out.hex as string;
    expect(await bits('f64')).toBe('3fe764d4f5d5a2bd');
    expect(await bits('f16')).toBe('39d9');
    expect(await bits('bf16')).toBe('3f3b');
    expect(await bits('f32')).toBe('3f3b26a8');
  });

  test('parameters of every kind', async () => {
    const params = async (text: string) => (await json(text)).params;
    expect(await params('softplus --input 1 --beta 2 --threshold Infinity')).toEqual({
      beta: 2,
      threshold: 'Infinity',
    });
    const target = '--input [-1] --target [-1]';
    expect((await params(`kl-div ${target} --logTarget`)).logTarget).toBe(true);
    expect((await params(`kl-div ${target} --logTarget false`)).logTarget).toBe(false);
    expect((await params(`kl-div ${target} --reduction batchmean`)).reduction).toBe('batchmean');
    const classes = '--input [[1,2]] --target [-1]';
    expect((await params(`cross-entropy ${classes} --ignoreIndex -1`)).ignoreIndex).toBe(-1);
    expect((await params('softmax --input [[1,2]] --dim 0')).dim).toBe(0);
  });

  test('what JSON cannot write', async () => {
    const { out } = await json('relu --input ["NaN","Infinity","-Infinity","-0"]');
    expect(out.decimal).toEqual(['NaN', 'Infinity', '0', '-0']);
  });

  test('of the fast implementation, the digits are those of its float', async () => {
    const { out } = await json('relu --input 0.1 --impl fast');
    expect(out.decimal).toEqual(['0.10000000149011611938']);
  });

  test('the flags of one operator', async () => {
    const { code, out } = await one('softplus --help');
    expect(code).toBe(0);
    for (const flag of ['--input', '--beta', '--threshold', '--gradOut', '--dtype', '--json'])
      expect(out).toContain(flag);
  });

  test.each([
    ['sofplus --input 1', 'sofplus: there is no such operator; did you mean softplus?'],
    ['cross_entropy --input 1', 'did you mean cross-entropy?'],
    ['softplus --input 1 --alpha 2', "unknown option '--alpha'; softplus takes --input, --beta"],
    ['softplus --input 1 --beta x', "softplus: beta = 'x' should be a number"],
    ['softplus --input 1 --beta 0', 'softplus: beta = 0 should be a number'],
    ['softmax --input [1] --dim 1.5', 'softmax: dim = 1.5 should be an integer'],
    ['softmax --input [1] --dim 3', 'softmax: dim = 3 should be from -1 to 0'],
    [
      'kl-div --input [1] --target [1] --reduction max',
      "kl-div: reduction = 'max' should be one of",
    ],
    [
      'kl-div --input [1] --target [1] --logTarget 3',
      "kl-div: logTarget = '3' should be true or f",
    ],
    ['cross-entropy --input [[1,2]]', 'cross-entropy: target is missing'],
    ['cross-entropy --target [1]', 'cross-entropy: input is missing'],
    [
      'cross-entropy --input [[1,2]] --target [2]',
      'cross-entropy: target has 2 but should be a class',
    ],
    [
      'cross-entropy --input [[1,2]] --target [-1]',
      'cross-entropy: target has -1 but should be a class',
    ],
    ['cross-entropy --input [[1,2]] --target [0,1]', 'as it holds classes (i64)'],
    ['cross-entropy --input [[1,2]] --target [0.5]', 'class indices need an integer dtype'],
    ['nll-loss --input [[-1,-2]] --target [0.5]', 'nll-loss: target is f32 but should be class'],
    [
      'binary-cross-entropy --input [0.5] --target [2]',
      'target has the value 2 but should be in [0',
    ],
    [
      'binary-cross-entropy --input [1.5] --target [1]',
      'input has the value 1.5 but should be in [0',
    ],
    [
      'binary-cross-entropy --input ["NaN"] --target [1]',
      'input has the value NaN but should be in',
    ],
    [
      'binary-cross-entropy --input [0.5] --target [[1]]',
      'target has shape [1,1] but should be [*]',
    ],
    ['relu --input [1,[2]]', 'relu: input is ragged'],
    ['relu --input [1,NaN]', 'relu: input is not JSON'],
    ['relu --input ["x"]', "relu: input holds 'x' but should hold numbers"],
    [`relu --input ${'['.repeat(9999)}${']'.repeat(9999)}`, 'relu: input has more than 64 axes'],
    ['relu --input null', 'relu: input holds null but should hold numbers'],
    ['relu --input 1 --dtype i64', '--dtype is i64 but should be one of f32'],
    ['relu --input 1 --impl slow', '--impl is slow but should be one of reference, fast'],
    ['relu --input 1 --gradOut [1,2]', 'relu: grad_out has shape [2] but should be []'],
    ['relu --input 1 extra', 'too many arguments'],
    ['--input 1', "unknown option '--input'; the operator comes first"],
  ])('%s is refused', async (text, says) => {
    const { code, out, err } = await one(text);
    expect(err).toContain(says);
    expect(err).not.toContain('our fault');
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('many cases', () => {
  const values = (...values: unknown[]) => ({ dtype: 'f32', shape: [values.length], values });
  const sigmoid = (id?: unknown) => ({ op: 'sigmoid', in: { input: values(-18) }, id });
  const lines = (...messages: unknown[]) =>
    messages.map((m) => `${typeof m === 'string' ? m : JSON.stringify(m)}\n`).join('');
  const answers = async (input: string, ...args: string[]) => {
    const { out, ...rest } = await touchstone(['eval', ...args], input);
    const parsed = out.split('\n').filter((line) => line !== '');
    return { ...rest, answers: parsed.map((line) => JSON.parse(line)) };
  };

  test('an answer for every line, in order', async () => {
    const input = lines(
      sigmoid('a'),
      'nonsense',
      sigmoid(),
      { op: 'sigmoid', in: { input: { dtype: 'f32', shape: [2], values: [1] } }, id: 7 },
      '[]',
      { ...sigmoid('b'), op: 'sigmiod' },
      { ...sigmoid('c'), params: { alpha: 1 } },
      { ...sigmoid('d'), want: ['grad:weight'] },
      sigmoid('e'),
    );
    const { code, answers: all } = await answers(input);
    expect(code).toBe(2);
    expect(all.map(({ id }) => id)).toEqual(['a', null, 3, 7, null, 'b', 'c', 'd', 'e']);
    expect(all.map(({ line }) => line).filter(Boolean)).toEqual([2, 5]);
    expect(all.map(({ error }) => error?.kind)).toEqual([
      undefined,
      'invalid_input',
      undefined,
      'invalid_input',
      'invalid_input',
      'unsupported',
      'invalid_input',
      'invalid_input',
      undefined,
    ]);
    expect(all[3].error.message).toBe(
      'sigmoid: input has 1 values but should have 2: shape [2] of f32',
    );
    expect(all[5].error.message).toContain('did you mean sigmoid?');
    expect(all[6].error.message).toContain('sigmoid: there is no parameter alpha');
    expect(all[7].error.message).toContain('sigmoid: there is no gradient with respect to weight');
  });

  test('bits and digits of the exact result', async () => {
    const { code, answers: all } = await answers(lines(sigmoid('a')));
    expect(code).toBe(0);
    expect(all).toEqual([
      {
        id: 'a',
        out: {
          dtype: 'f32',
          shape: [1],
          b64: 'FNOCMg==',
          hex: '3282d314',
          decimal: ['1.5229979512760348944e-8'],
        },
      },
    ]);
  });

  test('of the fast implementation, the digits of its float', async () => {
    const { answers: all } = await answers(lines(sigmoid('a')), '--impl', 'fast');
    expect(all[0].out.decimal).toEqual(['1.5229979055675357813e-8']);
  });

  test('every dtype, the result in that of the first input', async () => {
    const ask = (dtype: string) => ({
      op: 'relu',
      in: { input: { dtype, shape: [], values: [1] } },
    });
    const dtypes = ['f16', 'bf16', 'f32', 'f64'];
    const { answers: all } = await answers(lines(...dtypes.map(ask)));
    expect(all.map(({ out }) => out.dtype)).toEqual(dtypes);
    expect(all.map(({ out }) => out.hex)).toEqual(['3c00', '3f80', '3f800000', '3ff0000000000000']);
    const { answers: refused } = await answers(lines(ask('i64')));
    expect(refused[0].error.message).toBe(
      'relu: input is i64 but should be real numbers (a float dtype)',
    );
  });

  test('hello, ping and bye', async () => {
    const { code, answers: all } = await answers(
      lines({ cmd: 'hello', protocol: 1 }, { cmd: 'ping' }, { cmd: 'bye' }, { cmd: 'ping' }),
    );
    expect(code).toBe(0);
    expect(all[0]).toMatchObject({ protocol: 1, impl: { name: 'reference' } });
    expect(all[0].ops['cross-entropy']).toEqual({ grad: ['input', 'target'] });
    expect(all.slice(1)).toEqual([{ pong: true }, { bye: true }]);
  });

  test('one refusal among answers is not a success', async () => {
    for (const change of [{ params: { alpha: 1 } }, { want: ['grad:weight'] }, { op: 'zzz' }]) {
      const { code } = await answers(lines(sigmoid(), { ...sigmoid(), ...change }));
      expect(code).toBe(2);
    }
  });

  test('a refusal begins with the name of the operator; any other error is a fault', async () => {
    const kind = async (message: string) => {
      const run = () => {
        throw new TypeError(message);
      };
      const session = { candidate: { hello: reference.hello, run } };
      const { message: answer } = await answerLine(session, JSON.stringify(sigmoid()), 1);
      return answer.error;
    };
    expect(await kind('sigmoid: no')).toMatchObject({ kind: 'invalid_input' });
    expect(await kind('x is undefined')).toMatchObject({ kind: 'internal' });
  });

  test('an unknown command is refused', async () => {
    const { code, answers: all } = await answers(lines({ cmd: 'dance', id: 'x' }));
    expect(code).toBe(2);
    expect(all).toEqual([
      {
        id: 'x',
        error: {
          kind: 'unsupported',
          message: "cmd is 'dance' but should be one of run, sweep, hello, ping, bye",
        },
      },
    ]);
  });

  test('blank lines, Windows line ends, a byte order mark and no last line end', async () => {
    const input = `\uFEFF${JSON.stringify(sigmoid())}\r\n\r\n${JSON.stringify(sigmoid())}`;
    const { code, answers: all } = await answers(input);
    expect(all.map(({ id }) => id)).toEqual([1, 3]);
    expect(code).toBe(0);
  });

  test('nothing executed is not a success', async () => {
    for (const input of ['', '\n \n']) {
      const { code, answers: all, err } = await answers(input);
      expect(all).toEqual([]);
      expect(code).toBe(2);
      expect(err).toContain('nothing was executed');
    }
  });

  test('a class that no JavaScript number holds', async () => {
    const target = { dtype: 'i64', shape: [1], hex: '7fffffffffffffff' };
    const input = { dtype: 'f32', shape: [1, 2], values: [0, 0] };
    const { answers: all } = await answers(lines({ op: 'nll-loss', in: { input, target } }));
    expect(all[0].error.kind).toBe('invalid_input');
    expect(all[0].error.message).toMatch(
      /^nll-loss: target: an i64 element is 9223372036854775807/,
    );
  });
});

describe('digits', () => {
  const digits = (op: string, ...values: (number | string)[]) =>
    digitsOf(
      decodeRequest({
        op,
        in: { input: { dtype: 'f32', shape: [values.length], values } },
        want: ['out', 'grad:input'],
      }),
    );

  test('a result beyond all precision is said to be so, with its sign', () => {
    expect(digits('sigmoid', -1e9).out).toEqual(['0e-3999']);
    expect(digits('log-softmax', 0, -1e9).out).toEqual(['-0e-3999', '-1000000000']);
    expect(Number('0e-3999')).toBe(0);
  });

  test('a gradient that is zero without being exactly so', () => {
    for (const text of digits('softmax', 0.5, 1.5)['grad:input'] ?? ['none'])
      expect(text).toMatch(/^0e-47\d$/);
  });

  test('the shortest decimals that are read back', () => {
    expect(shortest(Math.fround(0.1), float32)).toBe('0.1');
    expect(shortest(2 ** -149, float32)).toBe('1e-45');
    expect(shortest(-0, float32)).toBe('-0');
    expect(shortest(1.0078125, bfloat16)).toBe('1.01');
  });
});
