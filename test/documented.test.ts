/** # What is documented exists: commands, their options, scripts */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { touchstone } from './conformance/terminal.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !/(?:^|\/)node_modules\//.test(name))
    .map((name) => join(folder, name))
    .sort();

/** A command line as somebody would type it: what to run, and the options that it is given. */
interface Typed {
  readonly line: string;
  readonly what: 'touchstone' | 'npm run';
  readonly name: string;
  readonly args: readonly string[];
}

/** In blocks of shell, and between backticks in running text. */
function typedIn(text: string): readonly Typed[] {
  const blocks = [...text.matchAll(/^```(?:sh|bash|shell)\n([\s\S]*?)^```/gm)].map((m) => m[1]!);
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map((m) => m[1]!);
  const lines = [...blocks.flatMap((b) => b.replaceAll('\\\n', ' ').split('\n')), ...spans];
  return lines.flatMap((line) =>
    line
      .replace(/\s[#<>].*$/, '')
      .split(/&&|\|(?!\|)/)
      .flatMap(typed),
  );
}

function typed(part: string): readonly Typed[] {
  const line = part.trim();
  const match = /^(?:npx )?(touchstone|npm run) ([a-z][a-z-]*)(?=\s|$)(.*)$/.exec(line);
  if (!match) return [];
  const [, what, name, rest] = match as unknown as [string, Typed['what'], string, string];
  return [{ line, what, name, args: rest.trim().split(/\s+/).filter(Boolean) }];
}

const isOption = (word: string): boolean => /^--[a-z]/.test(word);

/** What a command line has that does not exist. */
async function missing({ what, name, args }: Typed): Promise<readonly string[]> {
  return what === 'npm run' ? missingInScript(name, args) : missingInCommand(name, args);
}

function missingInScript(name: string, args: readonly string[]): readonly string[] {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { [name: string]: string } };
  const script = scripts[name];
  if (script === undefined) return [`npm run ${name}`];
  const source = [...script.matchAll(/dist\/(\S+)\.js/g)].flatMap(([, path]) =>
    path!.endsWith('/main') ? filesIn(dirname(path!), '.ts') : [`${path}.ts`],
  );
  const text = source.map(read).join('\n');
  return args
    .filter(isOption)
    .map((option) => option.split('=')[0]!)
    .filter((option) => !new RegExp(`['"]${option}[ '"]`).test(text));
}

async function missingInCommand(name: string, args: readonly string[]): Promise<readonly string[]> {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  // The options of eval are those of its operator.
  const help = name === 'eval' ? [name, ...own.slice(0, 1), '--help'] : [name, '--help'];
  const { code, out } = await touchstone(help);
  // Of what is unknown there is help too: that of the whole.
  if (code !== 0 || !out.includes(`touchstone ${name}`)) return [`touchstone ${help.join(' ')}`];
  return own
    .filter(isOption)
    .map((option) => option.split('=')[0]!)
    .filter((option) => !new RegExp(`${option}(?![a-z-])`).test(out));
}

const pages = [...filesIn('.', '.md'), ...filesIn('docs', '.md')];
const everything = new Map(
  pages.flatMap((path) => typedIn(read(path)).map((one) => [one.line, one] as const)),
);

describe('what is documented exists', () => {
  test('in all pages together there is something to look for', () => {
    const names = [...everything.values()].map(({ what, name }) => `${what} ${name}`);
    for (const due of ['touchstone check', 'touchstone replay', 'npm run bench'])
      expect(names).toContain(due);
  });
  test('commands, options and scripts', async () => {
    const found: string[] = [];
    for (const one of everything.values())
      for (const what of await missing(one)) found.push(`${one.line}: ${what}`);
    expect(found).toEqual([]);
  });
  test.each([
    ['npx touchstone chek fast', ['touchstone chek --help']],
    ['touchstone check fast --min-grad C', ['--min-grad']],
    ['touchstone check fast --op relu', []],
    ['touchstone check -- python x.py --anything', []],
    ['npm run bench -- --rouding', ['--rouding']],
    ['npm run bench -- --rounding', []],
    ['npm run benchmark', ['npm run benchmark']],
  ])('%s', async (line, due) => {
    const [one] = typed(line);
    const found = await missing(one!);
    expect(found).toHaveLength(due.length);
    for (const [i, text] of due.entries()) expect(found[i]).toContain(text);
  });
  test('commands are read from shell and from text, not from output', () => {
    const text =
      'Run `npx touchstone list`.\n\n```sh\nnpm ci && npm run check # judges\n```\n\n```text\ntouchstone 0.1.0\ntouchstone nothing\n```\n';
    expect(typedIn(text).map(({ line }) => line)).toEqual(['npm run check', 'npx touchstone list']);
  });
});
