import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { touchstone } from './terminal.ts';

const root = new URL('../../', import.meta.url);
const cli = new URL('dist/conformance/cli.js', root).pathname;
const ran = (args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [cli, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

const sigmoid = '{"op":"sigmoid","in":{"input":{"dtype":"f32","shape":[1],"values":[-18]}}}\n';

describe('usage', () => {
  test('help begins with examples', async () => {
    for (const args of [
      ['--help'],
      ['help'],
      ['check', '--help'],
      ['merge', '--help'],
      ['replay', '--help'],
    ]) {
      const { code, out, err } = await touchstone(args);
      expect(code).toBe(0);
      expect(out).toMatch(/^Examples:\n {2}touchstone /);
      expect(err).toBe('');
    }
  });

  test('every command and every exit code is in the help', async () => {
    const { out } = await touchstone(['--help']);
    for (const command of ['list', 'explain', 'eval', 'check', 'merge', 'replay'])
      expect(out).toMatch(new RegExp(`\\n  ${command} `));
    expect(out).toContain('0 conforms, 1 does not, 2 usage');
  });

  test('the options of check', async () => {
    const { out } = await touchstone(['check', '--help']);
    for (const option of ['op', 'profile', 'seed', 'min-grade', 'baseline', 'report', 'json'])
      expect(out).toContain(`  --${option}`);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    expect(await touchstone(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test.each([
    [[], 'Usage: touchstone'],
    [['lst'], "unknown command 'lst' (Did you mean list?)"],
    [['--verbose'], "unknown option '--verbose'"],
    [['check'], 'name one candidate'],
    [['check', 'fast', '--', 'python'], 'name one candidate'],
    [['check', '--'], 'name one candidate'],
    [['check', 'fast', '--oops'], "unknown option '--oops'"],
    [['check', 'fast', '--report'], "option '--report <kind=file>' argument missing"],
    [['replay'], "missing required argument 'case'"],
    [['replay', 'a', 'b'], "too many arguments for 'replay'"],
  ])('%o is refused', async (args, says) => {
    const { code, out, err } = await touchstone(args);
    expect(err).toContain(says);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

test('a mistake of ours is told as one, with its stack', async () => {
  const { main } = await import('../../conformance/main.ts');
  const { createColors } = await import('picocolors');
  let err = '';
  const code = await main(['list'], {
    input: process.stdin,
    colors: createColors(false),
    print: () => Promise.reject(new TypeError('x is undefined')),
    tell: (text) => {
      err += text;
    },
  });
  expect(code).toBe(5);
  expect(err).toContain('this is our fault, not yours\nTypeError: x is undefined\n    at ');
});

describe('as a process', { timeout: 60_000 }, () => {
  test('results to stdout, talk to stderr', () => {
    const good = ran(['eval'], sigmoid);
    expect([good.status, good.stderr]).toEqual([0, '']);
    expect(JSON.parse(good.stdout).out.hex).toBe('3282d314');
    const bad = ran(['eval', 'sigmiod']);
    expect([bad.status, bad.stdout]).toEqual([2, '']);
    expect(bad.stderr).toContain('did you mean sigmoid?');
    const empty = ran(['eval'], '');
    expect(empty.status).toBe(2);
  });

  test('colours when asked for, none with NO_COLOR', () => {
    const colourful = ran(['list'], '', { FORCE_COLOR: '1', NO_COLOR: undefined });
    expect(colourful.stdout).toContain('\x1b[');
    const plain = ran(['list'], '', { FORCE_COLOR: '1', NO_COLOR: '1' });
    expect(plain.stdout).not.toContain('\x1b[');
  });

  test('a line is answered before the next one comes', async () => {
    const child = spawn(process.execPath, [cli, 'eval']);
    const lines: string[] = [];
    child.stdout.on('data', (data) => lines.push(String(data)));
    for (let asked = 1; asked <= 3; asked++) {
      child.stdin.write(sigmoid);
      await once(child.stdout, 'data');
      expect(lines.join('').split('\n')).toHaveLength(asked + 1);
    }
    child.stdin.write('{"cmd":"bye"}\n');
    // It ends although its standard input stays open.
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('nobody reads: quiet, and not a success', async () => {
    const child = spawn(process.execPath, [cli, 'eval']);
    child.stdin.on('error', () => {});
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.stdin.write(sigmoid);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.write(sigmoid.repeat(2000));
    const [code] = await once(child, 'close');
    expect(err).toBe('');
    expect(code).toBe(141);
    child.stdin.destroy();
  });

  test('interrupted is 130', async () => {
    const child = spawn(process.execPath, [cli, 'eval']);
    child.stdin.write(sigmoid);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });
});
