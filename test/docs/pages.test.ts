/** # The pages of the site are those that the definitions give today */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Facts, facts } from '../../docs/build/facts.ts';
import { float32Code } from '../../docs/build/float32.ts';
import { languages, pages } from '../../docs/build/pages.ts';
import { divisorName } from '../../docs/build/reductions.ts';
import { crossEntropy, klDiv, l1Loss, mseLoss, sigmoid } from '../../spec/index.ts';
import type { Loss, Op } from '../../spec/op.ts';

const all = facts('.');
const made = pages(all);
const committed = (path: string): string => readFileSync(`docs/${path}`, 'utf8');

/** Pages that are not what they should be. */
const stale = (
  due: ReadonlyMap<string, string>,
  read: (path: string) => string,
): readonly string[] => [...due].flatMap(([path, text]) => (read(path) === text ? [] : [path]));

describe('generated pages', () => {
  test('are committed as they are made', () => {
    expect(made.size).toBe(2 * (all.ops.length + 3));
    expect(stale(made, committed)).toEqual([]);
  });
  test('there is none that nothing makes', () => {
    const files = ['operators', 'zh/operators'].flatMap((folder) =>
      readdirSync(`docs/${folder}`).map((name) => `${folder}/${name}`),
    );
    expect(files.filter((path) => !made.has(path))).toEqual([]);
  });
  test('one that was edited is noticed', () => {
    const edited = (path: string) =>
      path === 'operators/sigmoid.md' ? `${committed(path)} ` : committed(path);
    expect(stale(made, edited)).toEqual(['operators/sigmoid.md']);
  });
  test('a definition that has changed changes its pages', () => {
    const clauses = { ...sigmoid.clauses, 'SIG-1': ['range', 'Another sentence.'] as const };
    const changed = { ...sigmoid, clauses } as unknown as Op;
    const again = pages(all, [changed]);
    expect(stale(again, committed)).toEqual(['operators/sigmoid.md', 'zh/operators/sigmoid.md']);
  });
});

/** Anchors of a page: those that are written, and those of headings. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/(?: id="|\{#)([^"}]+)["}]/g)].map(([, id]) => id!));
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((\/[^)]*|#[^)]*)\)/g)].map(([, to]) => to!);

/** Links to generated pages that lead nowhere. */
function broken(due: ReadonlyMap<string, string>): readonly string[] {
  return [...due].flatMap(([from, text]) =>
    linksOf(text)
      .filter((to) => !to.startsWith('/results/'))
      .filter((to) => {
        const [path = '', anchor] = to.split('#');
        const target = path === '' ? text : due.get(`${path.slice(1)}.md`);
        return target === undefined || (anchor !== undefined && !anchorsOf(target).has(anchor));
      })
      .map((to) => `${from}: ${to}`),
  );
}

describe('links', () => {
  test('lead to pages and anchors that are there', () => {
    expect([...made.values()].flatMap(linksOf).length).toBeGreaterThan(2000);
    expect(broken(made)).toEqual([]);
  });
  test('one that leads nowhere is noticed', () => {
    const planted = new Map([['a.md', '[b](/b) [c](#c) <a id="d"></a>[d](#d) [a](/a#c)']]);
    expect(broken(planted)).toEqual(['a.md: /b', 'a.md: #c', 'a.md: /a#c']);
  });
  test('every clause has its anchor, in every language', () => {
    for (const op of all.ops)
      for (const folder of ['operators', 'zh/operators']) {
        const anchors = anchorsOf(made.get(`${folder}/${op.id}.md`)!);
        const missing = Object.keys(op.clauses).filter((id) => !anchors.has(id.toLowerCase()));
        expect(missing).toEqual([]);
      }
  });
});

describe('languages', () => {
  const missing = ({ ops }: Facts, known: object) =>
    ops.map(({ id }) => id).filter((id) => !Object.hasOwn(known, id));
  test('each has a name and a sentence for every operator, and for nothing else', () => {
    for (const { operators } of languages) {
      expect(missing(all, operators)).toEqual([]);
      expect(Object.keys(operators)).toHaveLength(all.ops.length);
      for (const texts of Object.values(operators)) expect(texts.every(Boolean)).toBe(true);
    }
  });
  test('a forgotten one is named', () => {
    const { celu: _, ...others } = languages[0]!.operators;
    expect(missing(all, others)).toEqual(['celu']);
  });
  test('Chinese sentences are Chinese', () => {
    const { operators } = languages[1]!;
    const foreign = Object.entries(operators).filter(([, [, text]]) => !/[一-鿿]/.test(text));
    expect(foreign).toEqual([]);
  });
});

describe('what is computed', () => {
  test('the divisors of means', () => {
    expect(divisorName(crossEntropy as unknown as Loss, 'mean', false)).toBe('targetWeights');
    expect(divisorName(crossEntropy as unknown as Loss, 'mean', true)).toBe('terms');
    expect(divisorName(klDiv as unknown as Loss, 'batchmean', false)).toBe('firstAxis');
    expect(divisorName(l1Loss as unknown as Loss, 'mean', false)).toBe('elementWeights');
    const odd = {
      ...mseLoss,
      term: (row: never, p: never) => ({
        ...mseLoss.term(row, p),
        weight: mseLoss.term(row, p).value,
      }),
    };
    expect(() => divisorName(odd as unknown as Loss, 'mean', false)).toThrow(/divides by/);
  });
  test('code in float32 is rounded at every step', () => {
    expect(float32Code('1 / (1 + exp(-x))')(-89)).toBe(0);
    expect(float32Code('2 - 3 - x * 2')(1)).toBe(-3);
    expect(float32Code('1 + x')(2 ** -24)).toBe(1);
    expect(float32Code('erf(x)')(0.5)).toBe(Math.fround(0.5204998778130465));
    for (const text of ['1 +', 'f(x)', 'exp(x', 'x x'])
      expect(() => float32Code(text)).toThrow(SyntaxError);
  });
});
