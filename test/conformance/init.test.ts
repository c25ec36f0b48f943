/** # Skeletons conform as they are written, and what is there already stays */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skeletons, templates } from '../../conformance/commands/init.ts';
import { type Ran, touchstone } from './terminal.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(root, { recursive: true }));

/** What a language needs beyond Node. */
const TOOLS: { readonly [lang: string]: string } = {
  python: 'python3',
  rust: 'cargo',
  c: 'cc',
  cpp: 'c++',
};
const isInstalled = (tool: string): boolean =>
  spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;

async function written(lang: string, name: string): Promise<string> {
  const dir = join(root, name);
  const { code, err } = await touchstone(['init', '--lang', lang, '--dir', dir]);
  expect([code, err]).toEqual([0, '']);
  return dir;
}

/** The commands that `init` prints, except that modules of TypeScript run here as they are. */
function judged(lang: string, dir: string): Promise<Ran> {
  const { build, candidate } = skeletons.get(lang)!;
  for (const command of lang === 'ts' ? [] : build) {
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: dir, encoding: 'utf8' });
    expect([status, stderr.replaceAll(/^ *(Compiling|Finished).*\n/gm, '')]).toEqual([0, '']);
  }
  const words = (lang === 'ts' ? './adapter.mts' : candidate).split(' ');
  const placed = words.map((word) => (existsSync(join(dir, word)) ? join(dir, word) : word));
  return touchstone(['check', '--profile', 'smoke', '--op', 'sigmoid', ...placed]);
}

describe('skeletons', () => {
  test.for([...skeletons.keys()])('of %s conform at once', async (lang, { skip }) => {
    const tool = TOOLS[lang];
    if (tool && !isInstalled(tool)) {
      console.warn(`the skeleton of ${lang} was NOT RUN: there is no ${tool}`);
      skip(`not run: there is no ${tool}`);
    }
    const { code, out, err } = await judged(lang, await written(lang, lang));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/PASS {2}sigmoid +S .* S .* ulp/);
    expect(out).toContain('my-adapter: conforms');
  });

  test('fail when something is wrong with them', async () => {
    for (const [from, to, check] of [
      ['x >= 0 ?', 'x < 0 ?', 'FAIL sigmoid/value/'],
      ['name of Object.keys(params)', 'name of []', 'FAIL sigmoid/errors/an unknown parameter'],
      ['want) {', 'want.slice(0, 0)) {', 'FAIL sigmoid/value/malformed'],
    ] as const) {
      const dir = await written('js', check.replaceAll('/', '-'));
      const path = join(dir, 'adapter.mjs');
      const text = await readFile(path, 'utf8');
      expect(text).toContain(from);
      await writeFile(path, text.replace(from, to));
      const { code, out } = await judged('js', dir);
      expect(code).toBe(1);
      expect(out).toContain(check);
    }
  });

  test('are short, and need no packages', () => {
    const files = readdirSync(templates, { recursive: true, encoding: 'utf8' })
      .map((file) => join(templates, file))
      .filter((path) => statSync(path).isFile());
    expect(files).toHaveLength(6);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      expect(text.split('\n').length).toBeLessThan(/\.(c|rs)$/.test(path) ? 200 : 110);
      expect(text).not.toContain('[dependencies]');
    }
  });

  test('are in the package', async () => {
    const { files } = JSON.parse(await readFile(join(templates, '../../package.json'), 'utf8'));
    expect(files).toContain('conformance/templates');
  });
});

describe('init', () => {
  test('says what it wrote and what comes next', async () => {
    const dir = join(root, "it's new");
    const { out } = await touchstone(['init', '--lang', 'c', '--dir', dir]);
    expect(out).toBe(
      `wrote ${join(dir, 'adapter.c')}\n\nnext:\n` +
        `  cd '${dir.replace("'", "'\\''")}'\n` +
        '  cc -O2 adapter.c -lm -o adapter\n' +
        '  npx touchstone check --profile smoke --op sigmoid -- ./adapter\n',
    );
  });

  test('writes all files or none, and never over another', async () => {
    const dir = join(root, 'taken');
    await mkdir(join(dir, 'src'), { recursive: true });
    await writeFile(join(dir, 'src/main.rs'), 'mine');
    const { code, out, err } = await touchstone(['init', '--lang', 'rust', '--dir', dir]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`nothing was written: ${join(dir, 'src/main.rs')} is there already`);
    expect(readdirSync(dir)).toEqual(['src']);
    expect(await readFile(join(dir, 'src/main.rs'), 'utf8')).toBe('mine');
  });

  test('leaves no folder behind where it cannot write', async () => {
    await writeFile(join(root, 'a file'), '');
    const dir = join(root, 'a file', 'below');
    const { code, err } = await touchstone(['init', '--lang', 'python', '--dir', dir]);
    expect(code).toBe(2);
    expect(err).toContain('nothing was written');
  });

  test.each([
    [['--lang', 'pyton'], 'did you mean python?'],
    [['--lang', 'constructor'], 'there is python, rust, c, cpp, js, ts'],
    [[], "required option '--lang <language>'"],
  ])('%o is a mistake', async (args, says) => {
    const { code, out, err } = await touchstone(['init', '--dir', join(root, 'no'), ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
    expect(existsSync(join(root, 'no'))).toBe(false);
  });
});
