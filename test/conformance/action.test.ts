/** # The action for GitHub: its flags are ours, and its script does what it says */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderFor } from './gate.ts';
import { touchstone } from './terminal.ts';
import { parseXml } from './xml.ts';

const root = new URL('../../', import.meta.url);
const cli = new URL('dist/conformance/cli.js', root).pathname;
const action = readFileSync(new URL('action.yml', root), 'utf8');
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** The lines below a key, without their indentation. */
function blockOf(key: string, text = action): string {
  const [, indent, lines] = new RegExp(`^( *)${key}: *\\|?\\n((?:\\1 +.*\\n|\\n)+)`, 'm').exec(
    text,
  )!;
  const depth = /^ */.exec(lines!)![0].length;
  expect(depth).toBeGreaterThan(indent!.length);
  return lines!.replaceAll(new RegExp(`^ {${depth}}`, 'gm'), '');
}
const keysOf = (block: string): readonly string[] =>
  [...block.matchAll(/^([\w-]+):/gm)].map(([, key]) => key!);

const script = blockOf('run');
const inputs = keysOf(blockOf('inputs'));

describe('the file', () => {
  test('is plain: two spaces, no tabs, every input and output described', () => {
    expect(action).not.toMatch(/\t| $/m);
    for (const line of action.split('\n')) expect(/^ */.exec(line)![0].length % 2).toBe(0);
    expect(inputs.length).toBeGreaterThan(8);
    const described = (action.match(/^ {4}description: \S/gm) ?? []).length;
    expect(described).toBe(inputs.length + keysOf(blockOf('outputs')).length);
  });
  test('each input is used, each that is used is one', () => {
    const used = [...action.matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name!);
    expect(used.sort()).toEqual([...inputs].sort());
  });
  test('nothing is pasted into the script', () => {
    expect(script).not.toContain('${{');
    const env = keysOf(blockOf('env'));
    for (const name of env) expect(script).toContain(`$${name}"`);
  });
  test('the version is ours', () => {
    expect(blockOf('version')).toContain(`default: ${version}\n`);
  });
  test('each flag and each kind of report is in the help', async () => {
    const { out } = await touchstone(['check', '--help']);
    // `--yes` is npx's own. Dialects are another part of the command line.
    const others = ['--yes'];
    const flags = [...script.matchAll(/(?<=[ (])--[a-z-]+/g)].map(([flag]) => flag);
    expect(flags.length).toBeGreaterThan(7);
    for (const flag of flags) if (!others.includes(flag)) expect(out).toContain(`  ${flag} <`);
    for (const kind of ['jsonl', 'junit', 'html', 'markdown', 'github'])
      expect(out.replaceAll(/\s+/g, ' ')).toMatch(new RegExp(`write a report:[^;]*\\b${kind}\\b`));
    for (const output of keysOf(blockOf('outputs'))) expect(script).toContain(`echo "${output}=`);
  });
});

describe('the script', { timeout: 120_000 }, () => {
  const file = folderFor();
  beforeAll(() => {
    mkdirSync(file('bin'));
    writeFileSync(
      file('bin/npx'),
      `#!/bin/sh\n[ "$1 $2" = "--yes touchstone@${version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${cli}" "$@"\n`,
    );
    chmodSync(file('bin/npx'), 0o755);
    writeFileSync(file('it is mine.mjs'), MODULE);
  });

  function ran(given: { readonly [name: string]: string }) {
    for (const name of ['summary', 'output']) writeFileSync(file(name), '');
    const empty = Object.fromEntries(keysOf(blockOf('env')).map((name) => [name, '']));
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${file('bin')}:${process.env.PATH}`,
          RUNNER_TEMP: file('.'),
          GITHUB_STEP_SUMMARY: file('summary'),
          GITHUB_OUTPUT: file('output'),
          ...empty,
          ...{ PROFILE: 'smoke', MIN_GRADE: 'C', VERSION: version },
          ...given,
        },
      },
    );
    const [summary, output] = ['summary', 'output'].map((name) => readFileSync(file(name), 'utf8'));
    const outputs = Object.fromEntries(
      output!
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=')),
    );
    return { status, stdout, stderr, summary: summary!, outputs };
  }

  test('fails as the command does, with a summary, annotations and reports', () => {
    const { status, stdout, summary, outputs } = ran({ CANDIDATE: file('it is mine.mjs') });
    expect(status).toBe(1);
    expect(outputs['exit-code']).toBe('1');
    expect(summary).toMatch(/^### ✗ mine 1: does not conform/);
    expect(stdout).toMatch(/^::error title=relu\/value\/size::/m);
    expect(parseXml(readFileSync(outputs.junit!, 'utf8')).name).toBe('testsuites');
    expect(readFileSync(outputs.html!, 'utf8')).toContain('<!doctype html>');
    expect(readFileSync(outputs.jsonl!, 'utf8')).toContain('"type":"footer"');
  });
  test('runs a command as a shell would, and each option counts', () => {
    writeFileSync(file('program.mjs'), PROGRAM);
    const { status, stderr, summary } = ran({
      COMMAND: `"${process.execPath}" '${file('program.mjs')}' $((1 + 1))`,
      ...{ OP: 'relu', SHARD: '1/9', MIN_GRADE: 'E' },
    });
    expect(summary).toContain('2 1: ');
    expect(stderr).toContain('gate E · shard 1/9');
    expect(status).toBe(0);
  });
  test('says so where there is no report', () => {
    const { status, summary, outputs } = ran({ CANDIDATE: 'none', OP: '$(touch owned)' });
    expect([status, outputs['exit-code']]).toEqual([2, '2']);
    expect(summary).toContain('exit code 2 before there was a report');
    expect(readdirSync(file('.'))).not.toContain('owned');
  });
});

const HELLO = (
  name: string,
) => `{ protocol: 1, impl: { name: ${name}, version: '1', language: 'JavaScript' },
  dtypes: ['f32'], dialect: 'spec', policy: { ftz: 'none', signed_zero: 'ignore', deterministic: true },
  ops: { relu: { grad: [] } } }`;
const MODULE = `export default { hello: () => (${HELLO("'mine'")}),
  run: ({ in: { input } }) => ({ out: { ...input, data: input.data.map((x) => (x > 0 ? 3 * x : 0)) } }) };`;
/** Its name is its first argument. It answers with its input, read as numbers that are not negative. */
const PROGRAM = `import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const { cmd, id, in: { input } = {} } = JSON.parse(line);
  if (cmd === 'bye') process.exit();
  if (cmd === 'hello') { console.log(JSON.stringify(${HELLO('process.argv[2]')})); continue; }
  const bytes = Buffer.from(input.b64, 'base64');
  for (let at = 0; at < bytes.length; at += 4) if (bytes.readFloatLE(at) < 0) bytes.writeFloatLE(0, at);
  console.log(JSON.stringify({ id, out: { ...input, b64: bytes.toString('base64') } }));
}
`;
