/** # The guides: what is computed in them is as it is computed, and no other number stands in them */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causes } from '../../conformance/nan/causes.ts';
import { examplesIn, filled } from '../../docs/build/examples.ts';
import { guides } from '../../docs/build/guides.ts';
import { withCauses } from '../../docs/build/nan.ts';
import { causesEn, causesToldInChinese, causesZh } from '../../docs/words/causes.ts';
import { float32 } from '../../spec/format.ts';
import { touchstone } from '../conformance/terminal.ts';

const committed = (path: string): string => readFileSync(`docs/${path}`, 'utf8');
const made = await guides('docs', committed, touchstone);
const names = readdirSync('docs/guides').sort();
const pages = names.flatMap((name) => [`guides/${name}`, `zh/guides/${name}`]);

describe('what is computed', () => {
  test.each(pages)('%s is committed as it is made', (path) => {
    expect(committed(path)).toBe(made.get(path));
  });
  test('both languages have the same pages, with the same examples', () => {
    expect(readdirSync('docs/zh/guides').sort()).toEqual(names);
    for (const name of names)
      expect(examplesIn(committed(`zh/guides/${name}`))).toEqual(
        examplesIn(committed(`guides/${name}`)),
      );
  });
  test('an output that was typed is noticed', async () => {
    const example = (output: string) =>
      `\`\`\`sh\nnpx touchstone eval relu --input 3 | grep -A 1 '^out'\n\`\`\`\n\n\`\`\`text\n${output}\`\`\`\n`;
    const right = 'out  f32 []\n  40400000  3  3\n';
    expect(await filled(example('out  f32 []\n  40400000  4  4\n'), touchstone)).toBe(
      example(right),
    );
    await expect(filled(example('').replace('^out', 'none'), touchstone)).rejects.toThrow(
      'prints nothing',
    );
  });
  test('a cause that has changed changes the page', () => {
    const page = committed('guides/nan.md');
    const [first, ...others] = causes;
    const changed = [{ ...first!, batch: { input: [[130, 3, -5]], target: [1] } }, ...others];
    const again = withCauses(page, causesEn, existsSync('docs/playground.md'), changed);
    expect(again).not.toBe(page);
    expect(again).toContain('[[130, 3, -5]]');
  });
});

/** A number as text: a sign, digits, and a power of ten. */
const NUMBER = /(?<![\w.^])[-−]?\d+(?:[,.]\d+)*(?:e[-+−]?\d+)?(?![\w])/g;
/** What a page says in its own words. */
const proseOf = (page: string): string =>
  page
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!-- causes[\s\S]*end of causes -->/, '')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .replaceAll(/\{#[^}]*\}/g, '')
    .replaceAll(/https?:\S+|arXiv:\S+|[A-Z]+\d*-\d+|opset \d+/g, '')
    .replaceAll(/^\s*\d+\. /gm, '');
const numbersIn = (text: string): readonly string[] => text.match(NUMBER) ?? [];
const plainNumber = (text: string): number => Number(text.replaceAll(',', '').replaceAll('−', '-'));

/** What the code says: digits of the certificates, and of float32. */
const stated = [
  ...numbersIn(/PRECISIONS = \[(.*)\]/.exec(readFileSync('spec/oracle/enclose.ts', 'utf8'))![1]!),
  String(float32.precision),
];

/** Whole numbers that anybody can check, and years. */
const isSmall = (text: string): boolean =>
  /^[-−]?\d+$/.test(text) && (Math.abs(plainNumber(text)) <= 20 || /^(?:19|20)\d\d$/.test(text));
const digitsOf = (text: string): number =>
  text.replace(/e.*/, '').replaceAll(/\D/g, '').replace(/^0+/, '').length;

/** Numbers of the prose that no example has: neither as they are, nor before they were rounded. */
function unfounded(page: string): readonly string[] {
  const blocks = [...page.matchAll(/^```(?:sh|text|js|ts)\n[\s\S]*?^```$/gm)].map(([text]) => text);
  const block = /<!-- causes[\s\S]*end of causes -->/.exec(page)?.[0] ?? '';
  const known = [...numbersIn([...blocks, block].join('\n')), ...stated].map(plainNumber);
  return numbersIn(proseOf(page)).filter((text) => {
    const [x, digits] = [Math.abs(plainNumber(text)), Math.max(1, digitsOf(text))];
    return !isSmall(text) && !known.some((y) => Number(Math.abs(y).toPrecision(digits)) === x);
  });
}

describe('numbers', () => {
  test.each(pages)('%s has none that no example has', (path) => {
    expect(unfounded(committed(path))).toEqual([]);
  });
  const PAGE =
    '```sh\nnpx touchstone eval x --input 17\n```\n\n```text\n0.6931472  0.69314718056\n```\n';
  test.each([
    ['ln 2 is 0.693', []],
    ['ln 2 is 0.693147', []],
    ['ln 2 is −0.6931472', []],
    ['ln 2 is 0.694', ['0.694']],
    ['ln 2 is 0.69315', []],
    ['ln 2 is 0.69314', ['0.69314']],
    ['in `2.5` and [CE-7](/x#ce-77) since 2019, 1,000 times 3', ['2.5', '1,000']],
    ['float32 has 2^32, 2³² of 4e-5', ['4e-5']],
  ])('%s: %j', (text, due) => {
    expect(unfounded(`${PAGE}\n${text}\n`)).toEqual(due);
  });
  test('one that was planted is found', () => {
    const page = committed('guides/nan.md').replace('88.7229', '89.7229');
    expect(unfounded(page)).toEqual(['89.7229']);
  });
});

/** Anchors of a page: those that are written, and those of headings. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/(?: id="|\{#)([^"}]+)["}]/g)].map(([, id]) => id!));
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((\/[^)]*|#[^)]*)\)/g)].map(([, to]) => to!);
const fileOf = (path: string): string | undefined =>
  [`docs${path}.md`, `docs${path}index.md`, `docs${path}README.md`].find((name) =>
    existsSync(name),
  );

function broken(text: string): readonly string[] {
  return linksOf(text).filter((to) => {
    const [path = '', anchor] = to.split('#');
    const file = path === '' ? '' : fileOf(path);
    if (file === undefined) return true;
    const target = file === '' ? text : readFileSync(file, 'utf8');
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
}

describe('links', () => {
  test.each(pages)('%s leads to pages and anchors that are there', (path) => {
    expect(broken(committed(path))).toEqual([]);
  });
  test('of a page in Chinese stay there, where there is such a page', () => {
    for (const name of names)
      for (const to of linksOf(committed(`zh/guides/${name}`)).filter((to) => to.startsWith('/')))
        expect([to, to.startsWith('/zh/') || fileOf(`/zh${to.split('#')[0]}`)]).toEqual([
          to,
          to.startsWith('/zh/') || undefined,
        ]);
  });
  test('one that leads nowhere is noticed', () => {
    const text = '[a](/nowhere) [b](#c) [d](/operators/cross-entropy#ce-7) [e](/operators/relu#no)';
    expect(broken(text)).toEqual(['/nowhere', '#c', '/operators/relu#no']);
  });
});

describe('causes in Chinese', () => {
  const ids = causes.map(({ id }) => id);
  test('every one has a title and advice, and nothing else has', () => {
    expect(Object.keys(causesToldInChinese)).toEqual(ids);
    for (const { id, born } of causes)
      expect(causesToldInChinese[id]![1] !== undefined).toBe(!!born);
    expect(Object.keys(causesZh.groups)).toEqual(Object.keys(causesEn.groups));
    expect(Object.keys(causesEn.groups).filter((id) => !ids.includes(id))).toEqual([]);
  });
  test('titles have the numbers of the English ones', () => {
    const numbers = (text: string) => (text.match(/\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).sort();
    for (const { id, title } of causes)
      expect([id, numbers(causesToldInChinese[id]![0])]).toEqual([id, numbers(title)]);
  });
});
