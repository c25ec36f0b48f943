/** # Reports of many forms: well-formed and short, whatever they have to say */
import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { badge } from '../../conformance/report/badge.ts';
import { github } from '../../conformance/report/github.ts';
import { html } from '../../conformance/report/html.ts';
import { jsonl } from '../../conformance/report/jsonl.ts';
import { junit } from '../../conformance/report/junit.ts';
import { KINDS } from '../../conformance/report/kinds.ts';
import { markdown } from '../../conformance/report/markdown.ts';
import { readRun } from '../../conformance/report/read.ts';
import type { Run } from '../../conformance/report/record.ts';
import { findingText } from '../../conformance/report/text.ts';
import { interrupted, type Stood, verdictOf } from '../../conformance/verdict.ts';
import type { Hello } from '../../properties/candidate.ts';
import type { Finding, LawResult } from '../../properties/law.ts';
import { tensor } from '../../spec/tensor.ts';
import { type Element, parseXml } from './xml.ts';

/** What breaks a careless report. */
const NASTY =
  '</script><script>alert(1)</script><!-- ]]> --> & "quoted" \'too\' | `ticks` ```` **bold** [x](javascript:y) %0A ::error::\n\r\x00\x1b[31m\ud800 é ∞';
const plain = createColors(false);

const question = (size: number) => ({
  ...{ settings: {}, want: ['out' as const] },
  tensors: { input: tensor([size], new Array<number>(size).fill(1.5)) },
});
const finding = (name: string, more: Partial<Finding> = {}): Finding => ({
  ...{ name, says: `it is ${NASTY}`, question: question(1), want: 'out', index: 0 },
  ...{ got: 1, due: 1.5, ulps: 4194304, grade: 'F', gate: 'C' },
  ...more,
});
const result = (op: string, law: string, findings: readonly Finding[] = []): LawResult => ({
  ...{ op, law, status: findings.length > 0 ? 'fail' : 'pass', questions: 3, compared: 1234 },
  ...{ skipped: 0, undecided: 1, reasons: [], findings },
  grades: {
    value: { 'x > 0': { grade: findings.length > 0 ? 'F' : 'S', ulps: Infinity, count: 3 } },
  },
});
const stood = (entry: number, check: string, standing: Stood['standing']): Stood => ({
  ...{ entry, check, standing, reason: `because ${NASTY}` },
});

async function runOf(
  results: readonly LawResult[],
  standings: readonly Stood[] = [],
): Promise<Run> {
  const fastHello = (await fast('1').hello()) as Hello;
  const impl = { name: NASTY, version: '1', language: 'C' };
  const ops = ['relu', 'tanh', 'sigmoid'].map((id) => operators.get(id)!);
  return {
    suite: '0.1.0',
    hello: { ...fastHello, impl, env: { os: NASTY } },
    plan: { ops, runs: 3, seed: 7, minGrade: 'C' },
    ...{ results, standings, verdict: verdictOf(results, standings) },
  };
}
const nasty = () =>
  runOf(
    [
      result('relu', 'value', [finding('size'), finding('zero')]),
      result('relu', 'edges'),
      { ...result('relu', 'gradient'), status: 'unsupported', compared: 0, reasons: [NASTY] },
      result('tanh', 'range', [finding('outside')]),
      result('tanh', 'value', [finding('size'), finding('nan')]),
    ],
    [
      stood(0, 'tanh/range/outside', 'fails as listed'),
      stood(1, 'tanh/value/size', 'expired'),
      stood(2, 'tanh/odd/uneven', 'stale'),
      stood(3, 'sigmoid/value/zero', 'worse than listed'),
    ],
  );
const sound = () => runOf([result('relu', 'value'), result('tanh', 'value')]);
const verdict = async () => (await sound()).verdict;
const many = (n: number, size = 1) =>
  runOf([
    result(
      'relu',
      'value',
      Array.from({ length: n }, (_place, i) => {
        const { got: _, ...rest } = finding(`fault ${i}`, { question: question(size) });
        return rest;
      }),
    ),
  ]);

test.each(Object.keys(KINDS) as (keyof typeof KINDS)[])(
  '%s is a function of what the JSON Lines hold',
  async (kind) => {
    for (const run of [await nasty(), await sound(), await many(12)])
      expect(KINDS[kind](readRun('a', jsonl(run)))).toBe(KINDS[kind](run));
  },
);

describe('junit', () => {
  const cases = (suite: Element): readonly Element[] =>
    suite.children.filter((e) => e.name === 'testcase');
  const suites = async (run: Promise<Run>): Promise<readonly Element[]> =>
    parseXml(junit(await run)).children;

  test('a suite for each operator, a case for each law', async () => {
    const [relu, tanh, baseline, ...more] = await suites(nasty());
    expect(more).toEqual([]);
    expect(relu!.attributes).toEqual({
      name: 'relu',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '1',
    });
    expect(tanh!.attributes).toMatchObject({
      name: 'tanh',
      tests: '2',
      failures: '1',
      skipped: '1',
    });
    expect(cases(relu!).map((c) => c.attributes.name)).toEqual(['value', 'edges', 'gradient']);
    expect(new Set(cases(relu!).map((c) => c.attributes.classname))).toEqual(new Set(['relu']));
    expect(baseline!.attributes).toMatchObject({ name: 'baseline', failures: '3' });
  });
  test('the failure is what the terminal shows', async () => {
    const run = await nasty();
    const [value] = cases((await suites(nasty()))[0]!);
    const [failure] = value!.children;
    expect(failure!.attributes.message).toContain('size: it is </script>');
    expect(failure!.attributes.message).toContain('and 1 other failure');
    const [size] = run.results[0]!.findings;
    const [first] = findingText(run.results[0]!, size!, plain).split('\n       clause');
    expect(failure!.text).toContain(first!.slice(0, 40));
    for (const line of [
      'input    f32 [1]  1.5 (3fc00000)',
      'got      1 (3f800000)',
      'exact    1.5',
      'replay   {',
    ])
      expect(failure!.text).toContain(`\n${line}`);
    expect(failure!.text).toContain('FAIL relu/value/zero');
  });
  test('skipped: what is known, and what is not supported', async () => {
    const [relu, tanh] = await suites(nasty());
    expect(cases(relu!)[2]!.children[0]).toMatchObject({ name: 'skipped' });
    expect(cases(relu!)[2]!.children[0]!.attributes.message).toMatch(/^not supported; <\/script>/);
    expect(cases(tanh!)[0]!.children[0]!.attributes.message).toMatch(
      /^known: tanh\/range\/outside: because/,
    );
    // One of its two faults is excused, the other is not.
    expect(cases(tanh!)[1]!.children[0]!.attributes.message).toMatch(/^nan: /);
    expect(cases(tanh!)[1]!.children[0]!.text).not.toContain('FAIL tanh/value/size');
  });
  test('has seed and version, and no time', async () => {
    const [relu] = await suites(nasty());
    const properties = relu!.children[0]!.children.map(({ attributes: a }) => [a.name, a.value]);
    expect(properties).toContainEqual(['seed', '7']);
    expect(properties).toContainEqual(['touchstone', '0.1.0']);
    expect(junit(await nasty())).not.toMatch(/\btime(stamp)?=/);
  });
  test('fails where nothing was executed, or not all', async () => {
    for (const run of [
      await runOf([]),
      { ...(await sound()), verdict: interrupted(await verdict()) },
    ])
      expect(parseXml(junit(run)).attributes.failures).toBe('1');
  });
  test('counts add up', async () => {
    const root = parseXml(junit(await nasty()));
    expect(root.attributes).toEqual({
      name: 'touchstone',
      tests: '8',
      failures: '5',
      errors: '0',
      skipped: '2',
    });
  });
  test.each([
    '<a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a x=1/>',
    '<a x="<"/>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a>\x1b</a>',
    '<a/><b/>',
    '<a x="1" x="2"/>',
    '<a>\ud800</a>',
    '</a>',
    'text',
    '<a <b/>',
  ])('what reads it refuses %o', (text) => expect(() => parseXml(text)).toThrow(SyntaxError));
});

describe('markdown', () => {
  const LIMIT = 2 ** 20;
  test('the verdict in one line, then the grades', async () => {
    const [title, , settings, , head, rule, ...rest] = markdown(await sound()).split('\n');
    expect(title).toMatch(/^### ✓ .*: conforms$/);
    expect(settings).toContain('seed 7');
    expect(head).toMatch(/^\| {2}\| operator \| value \|/);
    const cells = (line: string) => line.split(/(?<!\\)\|/).length;
    for (const row of [rule!, rest[0]!, rest[1]!]) expect(cells(row)).toBe(cells(head!));
    expect(rest[0]).toContain('| PASS | relu | S |');
  });
  test('nothing of it is read as Markdown or HTML', async () => {
    const text = markdown(await nasty());
    const fenced = text.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    expect(fenced).not.toMatch(/<(?!\/?(details|summary)>)/);
    expect(text).toMatch(/^### ✗ .*$/m);
    expect(text.match(/^`{5}text$/gm)!.length).toBe(3);
  });
  test('at most ten failures, folded', async () => {
    const text = markdown(await many(25));
    expect(text).toContain('25 failures:');
    expect(text.match(/<details>/g)).toHaveLength(10);
    expect(text.match(/<\/details>/g)).toHaveLength(10);
    expect(text).toContain('… and 15 more');
  });
  test('is shown whole, however long the inputs are', async () => {
    const run = await many(12, 50_000);
    expect(Buffer.byteLength(jsonl(run))).toBeGreaterThan(3 * LIMIT);
    const text = markdown(run);
    expect(Buffer.byteLength(text)).toBeLessThan(LIMIT);
    expect(text.match(/<details>/g)).toHaveLength(10);
  });
});

describe('html', () => {
  /** As XML, with what HTML alone may leave open. */
  const parsed = (page: string): Element =>
    parseXml(
      page
        .replace('<!doctype html>\n', '')
        .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
        .replaceAll(/<meta ([^>]*)>/g, '<meta $1/>'),
    );
  const all = (e: Element): readonly Element[] => [e, ...e.children.flatMap(all)];

  test('is well-formed, and only what it means to be', async () => {
    for (const run of [await nasty(), await sound()]) {
      const elements = all(parsed(html(run)));
      const names = new Set(elements.map(({ name }) => name));
      for (const name of ['img', 'link', 'iframe', 'script', 'form', 'object', 'base'])
        expect(names.has(name)).toBe(false);
      const attributes = new Set(elements.flatMap((e) => Object.keys(e.attributes)));
      for (const name of attributes) expect(name).not.toMatch(/^on|^src|^style|^action/);
    }
    expect(html(await nasty()).match(/<script>/g)).toHaveLength(1);
  });
  test('asks nobody for anything', async () => {
    const page = html(await nasty());
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll(/<pre>[\s\S]*?<\/pre>/g, '')).not.toMatch(
      /https?:|url\(|@import|\bfetch\b|\/\/\w/,
    );
    const links = all(parsed(page)).flatMap(({ attributes: { href } }) =>
      href === undefined ? [] : [href],
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/^#/);
  });
  test('links lead to a place, and a place is there once', async () => {
    const elements = all(parsed(html(await nasty())));
    const ids = elements.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
    expect(ids.sort()).toEqual(['relu', 'tanh']);
    for (const { attributes } of elements)
      if (attributes.href) expect(ids).toContain(attributes.href.slice(1));
  });
  test('every failure with bits, digits and replay line', async () => {
    const texts = all(parsed(html(await nasty())))
      .filter((e) => e.name === 'pre')
      .map((e) => e.text);
    expect(texts).toHaveLength(5);
    for (const text of texts)
      expect(text).toMatch(/\(3fc00000\)[\s\S]*exact {4}\d[\s\S]*replay {3}\{"cmd":"run"/);
  });
  test('light and dark', async () => {
    const page = html(await sound());
    expect(page).toContain('color-scheme: light dark');
    expect(page).toContain('prefers-color-scheme: dark');
  });
  test('the script sorts, and is one', async () => {
    const [, script] = /<script>([\s\S]*)<\/script>/.exec(html(await nasty()))!;
    const order = sortedBy(script!, ['b', 'a', 'c'], [['2', '10', '1']]);
    expect(order).toEqual([
      ['c', 'b', 'a'],
      ['a', 'b', 'c'],
    ]);
  });
});

/** The order of rows after one and two clicks on the second header, in a page of stand-ins. */
function sortedBy(
  script: string,
  names: readonly string[],
  [keys]: readonly (readonly string[])[],
) {
  const rows = names.map((name, i) => ({
    name,
    cells: [
      { textContent: name, dataset: {} },
      { textContent: '', dataset: { key: keys![i] } },
    ],
  }));
  const body = { rows, append: (...sorted: typeof rows) => Object.assign(body, { rows: sorted }) };
  const heads = [1, 2].map(() => ({
    ariaSort: null,
    textContent: 'x',
    replaceChildren(button: { onclick(): void }) {
      Object.assign(this, { button });
    },
    button: { onclick: () => {} },
  }));
  const document = {
    querySelectorAll: () => heads,
    querySelector: () => body,
    createElement: () => ({}),
  };
  new Function('document', script)(document);
  return [1, 2].map(() => {
    heads[1]!.button.onclick();
    return body.rows.map(({ name }) => name);
  });
}

describe('github', () => {
  const LINE = /^::error title=[^:,\n\r]*::[^\n\r]*$/;
  test('one line for each failure and each entry that is out of date', async () => {
    const lines = github(await nasty())
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(LINE);
    expect(lines[0]).toContain('%0Areplay   {');
    expect(lines[0]).toContain('%250A');
    expect(lines.join('\n')).toContain('title=stale%3A tanh/odd/uneven::');
  });
  test('ten at most', async () => {
    const lines = async (n: number) =>
      github(await many(n))
        .trimEnd()
        .split('\n');
    expect(await lines(10)).toHaveLength(10);
    expect((await lines(10))[9]).toContain('fault 9');
    expect(await lines(25)).toHaveLength(10);
    expect((await lines(25))[9]).toBe('::error title=touchstone::16 more; the report has them all');
  });
  test('none where all is well; one where nothing was executed', async () => {
    expect(github(await sound())).toBe('');
    expect(github(await runOf([]))).toContain('::nothing was executed\n');
  });
});

test('badge: how many operators have which grade', async () => {
  const told = async (run: Promise<Run>) => JSON.parse(badge(await run));
  expect(await told(sound())).toEqual({
    ...{ schemaVersion: 1, label: 'touchstone', message: 'S 2', color: 'brightgreen' },
  });
  expect(await told(nasty())).toMatchObject({ message: 'F 2', color: 'red' });
  expect(await told(runOf([]))).toMatchObject({ message: 'nothing was executed', color: 'red' });
  const known = [stood(0, 'relu/value/size', 'fails as listed')];
  expect(await told(runOf([result('relu', 'value', [finding('size')])], known))).toMatchObject({
    color: 'yellow',
  });
});
