/**
 * # The rules of the house
 *
 * Which folder may import which, what may not be called where, and what must not be forgotten. Each
 * rule is shown to notice a violation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as spec from '../spec/index.ts';
import * as src from '../src/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (...folders: readonly string[]): readonly string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        [folder, ...name.split(sep)].join('/'),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !/\/(?:node_modules|dist|cache)\//.test(path))
    .sort();

/** Without comments, so that they may speak of what code may not do. */
const code = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');

// Imports ----------------------------------------------------------------------------------------

const FOLDERS = [
  'spec',
  'src',
  'properties',
  'conformance',
  'golden',
  'tools',
  'docs',
  'test',
] as const;
type Folder = (typeof FOLDERS)[number];
/** Besides itself. */
const may: { readonly [folder in Folder]: readonly string[] } = {
  spec: ['decimal.js'],
  src: [],
  properties: ['spec', 'fast-check', 'decimal.js'],
  conformance: [
    'spec',
    'properties',
    ...['commander', 'decimal.js', 'fast-check', 'picocolors', 'zod', 'touchstone/package.json'],
    ...['onnxruntime-node', 'protobufjs', 'node:'],
  ],
  golden: [
    'spec',
    'properties',
    'conformance',
    'src',
    'fast-check',
    'decimal.js',
    'vitest',
    'node:',
  ],
  tools: [
    ...['spec', 'properties', 'conformance', 'src', 'node:', 'commander', 'tinybench'],
    ...['onnxruntime-node', 'onnxruntime-web'],
    ...['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'],
  ],
  docs: ['spec', 'properties', 'conformance', 'tools', 'picocolors', 'node:'],
  test: [
    'spec',
    'properties',
    'conformance',
    'src',
    'golden',
    'tools',
    'docs',
    ...['fast-check', 'decimal.js', 'vitest', 'vitest/config', 'touchstone/vitest', 'node:'],
    'gmp-wasm',
    'picocolors',
    'commander',
    'zod',
    'onnxruntime-node',
    'protobufjs',
  ],
};
/** The one file that may know `src`. */
const FAST = 'conformance/adapters/fast.ts';
/** The files that may import what is an implementation under test, or what runs tests or builds the site. */
const own: { readonly [path: string]: readonly string[] } = {
  'conformance/vitest.ts': ['vitest'],
  'tools/rate.ts': ['gmp-wasm'],
  'test/stryker/stryker.ts': ['@stryker-mutator/core'],
  'docs/.vitepress/config.ts': ['vitepress'],
  'docs/.vitepress/literal.ts': ['vitepress'],
  'docs/.vitepress/math.ts': ['vitepress', 'katex'],
  'docs/.vitepress/theme/index.ts': [
    ...['vue', 'vitepress', 'vitepress/theme-without-fonts', 'katex/dist/katex.min.css'],
  ],
  'conformance/adapters/tfjs.ts': ['core', 'layers', 'backend-cpu', 'backend-wasm'].map(
    (name) => `@tensorflow/tfjs-${name}`,
  ),
};

/** `import …`, `export … from`, `import(…)`, `import type`, and `require(…)` of whatever was made by createRequire. */
const importsOf = (text: string): readonly string[] =>
  [
    ...code(text).matchAll(
      /(?:\b(?:import|export)\b[^;'"`]*?\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\)?\s*\(\s*|\bcreateRequire\([^)]*\)\s*\(\s*)(['"`])([^'"`]+)\1/g,
    ),
  ]
    .map((match) => match[2]!)
    .filter((from) => !from.includes('${'));

/** What a file imports that its folder may not. */
function strangers(path: string, text: string): readonly string[] {
  const [folder] = path.split('/') as [Folder];
  return importsOf(text).filter((from) => {
    const known = [...may[folder], ...(own[path] ?? [])];
    if (!from.startsWith('.')) return !known.some((name) => isOf(name, from));
    const [target] = relative(root, join(root, dirname(path), from)).split('/');
    if (target === folder) return false;
    return !(may[folder].includes(target!) || (path === FAST && target === 'src'));
  });
}
const isOf = (name: string, from: string): boolean =>
  name.endsWith(':') ? from.startsWith(name) : from === name;

describe('imports', () => {
  test.each(FOLDERS)('of %s go where they may', (folder) => {
    const files = filesIn(folder);
    expect(files.length).toBeGreaterThan(5);
    const found = files.flatMap((path) => strangers(path, read(path)).map((x) => `${path}: ${x}`));
    expect(found).toEqual([]);
  });
  test('are seen in all their forms', () => {
    const text = `
      import a from './a.ts';
      import { b, type B } from "./b.ts";
      import type { C } from './c.ts';
      import * as d from './d.ts';
      import './e.ts';
      export { f } from './f.ts';
      export * from './g.ts';
      const h = await import('./h.ts');
      type I = import('./i.ts').I;
      import {
        j,
      } from './j.ts';
      const k = createRequire(import.meta.url)('./k.json');
      const l = require('./l.ts');
      // import x from './comment.ts';
      /* import y from './comment.ts'; */
      const url = import.meta.url;
    `;
    expect(importsOf(text).map((path) => path[2])).toEqual([...'abcdefghijkl']);
  });
  test.each<readonly [string, string, boolean]>([
    ['spec/losses/planted.ts', '../../src/index.ts', false],
    ['spec/planted.ts', '../properties/floats.ts', false],
    ['spec/planted.ts', 'fast-check', false],
    ['spec/planted.ts', 'node:fs', false],
    ['spec/oracle/planted.ts', '../exact.ts', true],
    ['src/planted.ts', '../spec/format.ts', false],
    ['src/math/planted.ts', 'decimal.js', false],
    ['src/math/planted.ts', '../kernel/number.ts', true],
    ['properties/planted.ts', '../src/index.ts', false],
    ['properties/laws/planted.ts', '../../conformance/run.ts', false],
    ['properties/laws/planted.ts', '../../spec/op.ts', true],
    ['conformance/planted.ts', '../src/index.ts', false],
    ['conformance/adapters/planted.ts', '../../src/index.ts', false],
    ['conformance/adapters/fast.ts', '../../src/index.ts', true],
    ['conformance/adapters/fast.ts', '../../golden/root.ts', false],
    ['conformance/planted.ts', '../test/planted.ts', false],
    ['conformance/planted.ts', 'vitest', false],
    ['conformance/vitest.ts', 'vitest', true],
    ['conformance/planted.ts', '@tensorflow/tfjs-core', false],
    ['golden/planted.ts', '../test/planted.ts', false],
    ['golden/planted.ts', '../src/index.ts', true],
    ['test/planted.ts', '../golden/root.ts', true],
    ['test/planted.ts', 'left-pad', false],
  ])('%s from %s: %s', (path, from, isFine) => {
    expect(strangers(path, `import { x } from '${from}';`)).toEqual(isFine ? [] : [from]);
    expect(strangers(path, `type X = import('${from}').X;`)).toEqual(isFine ? [] : [from]);
  });
  test('every folder of source is one of those', () => {
    const others = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^\.|^dist$|^node_modules$/.test(entry.name))
      .map(({ name }) => name)
      .filter((name) => ![...FOLDERS, 'tools', 'docs'].includes(name) && filesIn(name).length > 0);
    expect(others).toEqual([]);
  });
  test('the compiler is told the same', () => {
    for (const folder of FOLDERS) {
      const { references = [] } = JSON.parse(read(`${folder}/tsconfig.json`)) as {
        references?: readonly { path: string }[];
      };
      const told = references.map(({ path }) => path.replace('../', '')).sort();
      const due = may[folder].filter((name) => (FOLDERS as readonly string[]).includes(name));
      // Only one file of it may use it, which is what the compiler cannot be told.
      expect(told).toEqual([...due, ...(folder === 'conformance' ? ['src'] : [])].sort());
    }
  });
});

// Engines ----------------------------------------------------------------------------------------

/** Functions that differ from engine to engine, and what differs from run to run. */
const UNSTEADY =
  /\bMath\s*(?:\.|\[['"`])\s*(?:a?(?:sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot|random)\b|\bDate\b|\bperformance\b/;
const unsteady = (text: string): readonly string[] =>
  code(text)
    .split('\n')
    .filter((line) => UNSTEADY.test(line));

/** A file and all that it imports. */
function reached(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const from of importsOf(read(path)))
    if (from.startsWith('.'))
      reached(
        relative(root, join(root, dirname(path), from))
          .split(sep)
          .join('/'),
        seen,
      );
  return seen;
}

describe('the same bits on every engine', () => {
  const shipped = [...reached('src/index.ts')];
  const generation = ['floats', 'inputs', 'simplify'].map((name) => `properties/${name}.ts`);
  const unsteadyIn = (paths: readonly string[]) =>
    paths.flatMap((path) => unsteady(read(path)).map((line) => `${path}: ${line.trim()}`));

  test('operators call nothing that differs', () => {
    expect(shipped.length).toBeGreaterThan(30);
    expect(unsteadyIn(shipped)).toEqual([]);
  });
  test('neither does the generation of inputs', () => expect(unsteadyIn(generation)).toEqual([]));
  test('the rest of src, which measures errors and computes no result, may take a log2', () => {
    const rest = filesIn('src').filter((path) => !shipped.includes(path));
    expect(
      unsteadyIn(rest).filter((line) => UNSTEADY.test(line.replaceAll('Math.log2(', ''))),
    ).toEqual([]);
  });
  test('such a call is noticed', () => {
    for (const name of ['exp', 'log', 'log1p', 'expm1', 'tanh', 'pow', 'random', 'sinh', 'atan2'])
      expect(unsteady(`const y = Math.${name}(x);`)).toHaveLength(1);
    expect(unsteady(`const y = Math['exp'](x);`)).toHaveLength(1);
    expect(unsteady('const y = performance.now();')).toHaveLength(1);
    expect(unsteady('const y = Date.now();')).toHaveLength(1);
    expect(
      unsteady('// Math.exp differs\nconst y = Math.sqrt(x) + Math.fround(x) + Math.max(x);'),
    ).toEqual([]);
  });
});

describe('in a browser', () => {
  const NAN = ['find', 'causes', 'posed', 'choose', 'textbooks'];
  const foreign = (paths: Iterable<string>): readonly string[] =>
    [...paths].filter(
      (path) =>
        /\bBuffer\b|\bprocess\b/.test(code(read(path))) ||
        importsOf(read(path)).some((from) => isOf('node:', from) || from === 'commander'),
    );
  test('nan needs no Node.js but for its files', () => {
    const paths = new Set(NAN.flatMap((name) => [...reached(`conformance/nan/${name}.ts`)]));
    expect(paths.size).toBeGreaterThan(100);
    expect(foreign(paths)).toEqual([]);
  });
  test('what needs it is noticed', () => {
    expect(foreign(reached('conformance/nan/files.ts'))).toContain('conformance/nan/npz.ts');
  });
});

// What is forgotten ------------------------------------------------------------------------------

const camel = (id: string): string => id.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());

/** What an operator lacks in one of the folders. */
function forgotten(
  folder: string,
  ids: readonly string[],
  files: readonly string[],
  exported: readonly string[],
): readonly string[] {
  return ids.flatMap((id) => [
    ...(files.some((path) => new RegExp(`^${folder}/(activations|losses)/${id}\\.ts$`).test(path))
      ? []
      : [`${folder}: there is no file ${id}.ts`]),
    ...(exported.includes(camel(id)) ? [] : [`${folder}: index.ts does not export ${camel(id)}`]),
  ]);
}
const idsOf = (files: readonly string[]): readonly string[] =>
  files.flatMap((path) => /\/(?:activations|losses)\/([^/]+)\.ts$/.exec(path)?.[1] ?? []).sort();

describe('operators', () => {
  const ids = Object.values(spec).map(({ id }) => id);
  test('each has a file of its name, and is exported, in spec and in src', () => {
    expect(forgotten('spec', ids, filesIn('spec'), Object.keys(spec))).toEqual([]);
    expect(forgotten('src', ids, filesIn('src'), Object.keys(src))).toEqual([]);
  });
  test('what has a file is an operator', () => {
    expect(idsOf(filesIn('spec'))).toEqual([...ids].sort());
    expect(idsOf(filesIn('src'))).toEqual([...ids].sort());
    expect(Object.keys(spec).sort()).toEqual(ids.map(camel).sort());
    expect(
      Object.values(src)
        .flatMap((op) => ('id' in op ? [op.id] : []))
        .sort(),
    ).toEqual([...ids].sort());
  });
  test('no two names differ by a hyphen only', () => {
    expect(new Set(ids.map((id) => id.replaceAll('-', ''))).size).toBe(ids.length);
  });
  test('one that was forgotten is named', () => {
    expect(forgotten('src', ['hard-swish'], filesIn('src'), Object.keys(src))).toEqual([
      'src: there is no file hard-swish.ts',
      'src: index.ts does not export hardSwish',
    ]);
  });
  test('each speaks first of itself', () => {
    const silent = [...filesIn('spec'), ...filesIn('src')]
      .filter((path) => idsOf([path]).length > 0)
      .filter((path) => !/^\/\*\*\n \* # \S/.test(read(path)));
    expect(silent).toEqual([]);
  });
});

// Packages and tests -----------------------------------------------------------------------------

describe('packages', () => {
  const pinned = (version: string): boolean => /^\d+\.\d+\.\d+$/.test(version);
  const { dependencies, devDependencies, peerDependencies, scripts } = JSON.parse(
    read('package.json'),
  );
  test('are pinned to one version', () => {
    // Whose suite it is has a vitest already, and not ours.
    const { vitest: _, ...peers } = peerDependencies;
    const all = { ...dependencies, ...devDependencies, ...peers };
    expect(Object.keys(all).length).toBeGreaterThan(8);
    expect(Object.entries(all).filter(([, version]) => !pinned(version as string))).toEqual([]);
    for (const loose of ['^1.2.3', '~1.2.3', '1.2', 'latest', '>=1.2.3', '1.x'])
      expect(pinned(loose)).toBe(false);
  });
  test('run no scripts when they are installed', () => {
    const lines = read('.npmrc').split('\n');
    expect(lines).toContain('ignore-scripts=true');
    expect(lines).toContain('save-exact=true');
    expect(lines.some((line) => /registry|token|:_auth/i.test(line))).toBe(false);
    expect(Object.keys(scripts).filter((name) => /install|prepare|^(pre|post)/.test(name))).toEqual(
      [],
    );
  });
  test('what is imported is declared', () => {
    const declared = { ...dependencies, ...peerDependencies };
    const used = filesIn('spec', 'src', 'properties', 'conformance').flatMap((path) =>
      importsOf(read(path)).filter((from) => /^[a-z@]/.test(from) && !from.startsWith('node:')),
    );
    const names = new Set(used.filter((from) => !from.startsWith('touchstone/')));
    expect([...names].filter((name) => !Object.hasOwn(declared, name))).toEqual([]);
  });
});

/** What they need lies outside of the project: where it is missing, the run says so. */
const OUTSIDE = ['golden/node-tests.test.ts', 'test/conformance/adapters-python.test.ts'];

describe('tests', () => {
  const left = (text: string): readonly string[] =>
    code(text).match(
      /\.(?:only|skip|todo|fails|skipIf|runIf)\s*[(.]|\b(?:xit|xtest|fit|xdescribe|fdescribe)\s*\(/g,
    ) ?? [];
  test('none is left out, and none runs alone', () => {
    const files = filesIn('test', 'golden').filter((path) => path.endsWith('.test.ts'));
    expect(files.length).toBeGreaterThan(20);
    const found = files
      .filter((path) => path !== 'test/house.test.ts' && !OUTSIDE.includes(path))
      .flatMap((path) => left(read(path)).map((what) => `${path}: ${what}`));
    expect(found).toEqual([]);
    for (const text of ['test.only(', 'describe.skip(', 'it.todo(', 'test.skip.each(', 'xit('])
      expect(left(text)).toHaveLength(1);
  });
  test('none looks at the clock', () => {
    const clock = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bMath\.random\b/;
    const found = filesIn('test', 'golden').filter(
      (path) => path !== 'test/house.test.ts' && clock.test(code(read(path))),
    );
    expect(found).toEqual([]);
    expect(clock.test('performance.now()')).toBe(true);
  });
  test('every test file is where vitest looks, and every folder of source has some', () => {
    const stray = filesIn(...FOLDERS).filter(
      (path) => path.endsWith('.test.ts') && !/^(test|golden)\//.test(path),
    );
    expect(stray).toEqual([]);
    for (const folder of ['spec', 'src', 'properties', 'conformance'])
      expect(filesIn(`test/${folder}`).some((path) => path.endsWith('.test.ts'))).toBe(true);
  });
});
