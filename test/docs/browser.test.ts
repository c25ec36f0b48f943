/** # The built site in a real browser, which has no network but this machine */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operators } from '../../conformance/operators.ts';
import { operatorsEn } from '../../docs/words/operators.en.ts';
import { operatorsZh } from '../../docs/words/operators.zh.ts';
import { type Browser, type Context, findChromium, launch, type Page } from './chromium.ts';
import { fileFor, type Served, serve } from './served.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const DIST = join(DOCS, '.vitepress/dist');
const ELSEWHERE = 'http://127.0.0.2:9/picture.png';
const PLANTED = `<!doctype html><link rel="icon" href="data:,"><img src="${ELSEWHERE}">
  <script>setTimeout(() => { throw new Error('planted') });</script>`;

let browser: Browser;
let site: Served;
/** Desktop and light. */
let context: Context;

beforeAll(async () => {
  browser = await launch(DOCS);
  await build();
  site = await serve(DIST, { '/planted': PLANTED });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Pages as they are committed: what they should be is another test. */
function build(): Promise<void> {
  const args = ['node_modules/vitepress/bin/vitepress.js', 'build', '.'];
  const { TOUCHSTONE_BASE: _, ...env } = process.env;
  const vitepress = spawn(process.execPath, args, { cwd: DOCS, env });
  let said = '';
  for (const stream of [vitepress.stdout, vitepress.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  return new Promise((done, fail) => {
    vitepress.on('error', fail);
    vitepress.on('exit', (code) => (code === 0 ? done() : fail(new Error(said))));
  });
}

interface Watched {
  readonly page: Page;
  /** Errors in the console, and requests to other hosts. */
  readonly problems: string[];
}

async function watched(where: Context = context): Promise<Watched> {
  const page = await where.newPage();
  const problems: string[] = [];
  page.on('console', (message: { type(): string; text(): string }) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', ({ message }: Error) => problems.push(message));
  page.on('request', (request: { url(): string }) => {
    const url = request.url();
    if (!url.startsWith(site.origin) && !url.startsWith('data:')) problems.push(url);
  });
  return { page, problems };
}

/** Until its scripts are at work. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${site.origin}${path}`, { waitUntil: 'load' });
  await page.waitForFunction(
    () => (document.querySelector('#app') as { __vue_app__?: unknown } | null)?.__vue_app__,
    undefined,
  );
}

const seenOn = (page: Page) =>
  page.evaluate(() => ({
    title: document
      .querySelector('h1')
      ?.textContent?.replace(/\u200b/g, '')
      .trim(),
    formulas: document.querySelectorAll('.formula .katex-html').length,
    plots: document.querySelectorAll('figure svg.chart path').length,
    width: document.documentElement.scrollWidth,
  }));

describe('pages of operators', () => {
  test('all 86 render, in English', async () => {
    const { page, problems } = await watched();
    expect(operators.size).toBe(86);
    for (const id of operators.keys()) {
      await open(page, `/operators/${id}`);
      const seen = await seenOn(page);
      expect(seen.title, id).toBe(operatorsEn[id]![0]);
      expect(seen.formulas, id).toBeGreaterThan(0);
      expect(seen.plots, id).toBeGreaterThan(1);
      expect(seen.width, id).toBeLessThanOrEqual(1280);
      expect(problems, id).toEqual([]);
    }
    await page.close();
  });
  test('some in Chinese, on a phone in the dark', async () => {
    const phone = await browser.newContext({
      ...{ viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    });
    const { page, problems } = await watched(phone);
    for (const id of ['sigmoid', 'cross-entropy', 'ctc-loss', 'softmax', 'gelu', 'dice-loss']) {
      await open(page, `/zh/operators/${id}`);
      const seen = await seenOn(page);
      expect(seen.title, id).toBe(operatorsZh[id]![0]);
      expect(Math.min(seen.formulas, seen.plots), id).toBeGreaterThan(0);
      expect(seen.width, id).toBeLessThanOrEqual(390);
    }
    expect(problems).toEqual([]);
    await phone.close();
  });
  test('an error and a picture from elsewhere are noticed', async () => {
    const { page, problems } = await watched();
    await page.goto(`${site.origin}/planted`, { waitUntil: 'networkidle' });
    expect(problems).toContain('planted');
    expect(problems).toContain(ELSEWHERE);
    await page.close();
  });
});

// The playground ---------------------------------------------------------------------------------

/** The cells of a row of the table of results. */
const rowOf = (page: Page, title: string) =>
  page.evaluate(
    (wanted) =>
      [...document.querySelectorAll('[data-of="out"] tbody tr')]
        .find((row) => row.querySelector('th')?.textContent?.includes(wanted))
        ?.querySelector('td')
        ?.textContent?.trim()
        .replaceAll(/\s+/g, ' '),
    title,
  );
const hasAnswer = (page: Page, text: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('.play .summary')?.textContent?.includes(wanted),
    text,
  );
const play = async (
  page: Page,
  said: { readonly [name: string]: string },
  path = '/playground',
) => {
  await page.goto('about:blank');
  await open(page, `${path}#${new URLSearchParams(said)}`);
};

describe('the playground', () => {
  const LN2 = '0.69314718055994530942';
  test.each([
    ['binary-cross-entropy', '0.5', '1'],
    ['binary-cross-entropy-with-logits', '0', '1'],
    ['cross-entropy', '0, 0', '0'],
  ])('gives ln 2 for p = ½: %s', async (op, input, target) => {
    const { page, problems } = await watched();
    await play(page, { op, input, target });
    await hasAnswer(page, LN2);
    expect(await rowOf(page, 'definition')).toBe(LN2);
    expect(await rowOf(page, 'nearest')).toBe('0.6931472 3f317218');
    expect(await rowOf(page, 'Our kernel')).toMatch(/^0\.6931472 0\.\d+ ulp$/);
    expect(problems).toEqual([]);
    await page.close();
  });
  test('finds where log(softmax) is lost', async () => {
    const { page, problems } = await watched();
    await play(page, { op: 'cross-entropy', input: '120, 3, -5', target: '1' });
    await hasAnswer(page, '117');
    expect(await rowOf(page, 'definition')).toBe('117');
    expect(await rowOf(page, 'Our kernel')).toBe('117 0 ulp');
    const births = await page.evaluate(() =>
      [...document.querySelectorAll('.births article')].map((one) => [
        one.querySelector('h4')!.textContent,
        one.querySelector('.born')!.textContent,
        [...one.querySelectorAll('tbody tr:last-child :is(th, td)')].map((x) =>
          x.textContent?.trim(),
        ),
      ]),
    );
    expect(births).toEqual([
      [
        'log(softmax(z)) with e^z as it is, then NLL',
        '∞ is born at e[0] = exp(input)',
        ['e[0]', 'exp(input)', '∞', '1.3041808783936322797e+52'],
      ],
      [
        'log(softmax(z)) with the largest logit subtracted, then NLL',
        '−∞ is born at l[1] = log(p)',
        ['l[1]', 'log(p)', '−∞', '−117'],
      ],
    ]);
    expect(problems).toEqual([]);
    await page.close();
  });
  test('computes a batch with weights, smoothing and a format', async () => {
    const { page, problems } = await watched();
    await play(page, {
      ...{ op: 'cross-entropy', input: '12 3 -5\n0 1 2', target: '0, 2', weight: '1, 2, 4' },
      ...{ labelSmoothing: '0.1', reduction: 'sum', format: 'f16' },
    });
    // The sum of w (0.9 [c = y] + 0.1 / 3) (logsumexp − x) over both rows and all classes.
    const due = [
      [[12, 3, -5], 0],
      [[0, 1, 2], 2],
    ].map(([row, y]) => {
      const x = row as number[];
      const whole = Math.log(x.reduce((sum, z) => sum + Math.exp(z), 0));
      const share = (c: number) => [1, 2, 4][c]! * ((c === y ? 0.9 : 0) + 0.1 / 3);
      return x.reduce((sum, z, c) => sum + share(c) * (whole - z), 0);
    });
    await hasAnswer(page, 'Exactly');
    const exact = Number(await rowOf(page, 'definition'));
    expect(exact).toBeCloseTo(due[0]! + due[1]!, 12);
    expect(await rowOf(page, 'nearest float16')).toMatch(/ [0-9a-f]{4}$/);
    expect(problems).toEqual([]);
    await page.close();
  });
  test('takes every operator', async () => {
    const { page, problems } = await watched();
    await play(page, { op: 'sigmoid' });
    for (const id of operators.keys()) {
      await page.selectOption('[name="op"]', id);
      await page.waitForFunction(
        (op) => location.hash.startsWith(`#op=${op}&`) && document.querySelector('.play .exact'),
        id,
      );
      expect(await page.evaluate(() => document.querySelector('.summary .lost')), id).toBeNull();
      expect(await page.evaluate(() => document.querySelectorAll('.play td.note').length), id).toBe(
        0,
      );
    }
    expect(problems).toEqual([]);
    await page.close();
  });
  test('without a network: follows what is typed, says it aloud, and keeps it in the address', async () => {
    const alone = await browser.newContext();
    const { page } = await watched(alone);
    await play(page, { op: 'sigmoid', input: '0' });
    await hasAnswer(page, '0.5');
    await alone.setOffline(true);
    await page.fill('[name="input"]', 'tensor([-89., inf], dtype=float32)');
    await hasAnswer(page, '2 results');
    expect(
      await page.evaluate(() => document.querySelector('.summary')!.getAttribute('role')),
    ).toBe('status');
    expect(new URL(page.url()).hash).toBe(
      `#${new URLSearchParams({ op: 'sigmoid', input: 'tensor([-89., inf], dtype=float32)' })}`,
    );
    await page.fill('[name="input"]', '1, two');
    await hasAnswer(page, 'sigmoid: input holds two, which is no number');
    await alone.close();
  });
  test('is at hand for the keyboard alone, and every control has a name', async () => {
    const { page } = await watched();
    await play(page, { op: 'cross-entropy', input: '0, 0', target: '0' });
    await hasAnswer(page, 'Exactly');
    await page.evaluate(() => document.querySelector<HTMLElement>('.play .examples a')!.focus());
    const reached: string[] = [];
    for (let i = 0; i < 40 && reached.at(-1) !== 'BUTTON'; i++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement;
        const label =
          at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent;
        return label?.trim() ? at.name || at.tagName : `${at.name} has no name`;
      });
      reached.push(name);
    }
    expect(reached.filter((name) => /^[a-z]/.test(name))).toEqual([
      ...['op', 'format', 'input', 'target', 'weight'],
      ...['ignoreIndex', 'labelSmoothing', 'reduction'],
    ]);
    expect(reached.at(-1)).toBe('BUTTON');
    await page.evaluate(() => document.querySelector<HTMLElement>('[name="input"]')!.focus());
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1, 1, 1');
    await hasAnswer(page, '1.0986122886681096914');
    await page.close();
  });
  test('speaks Chinese', async () => {
    const { page, problems } = await watched();
    await play(page, { op: 'binary-cross-entropy', input: '0.5', target: '0' }, '/zh/playground');
    await hasAnswer(page, `精确值为 ${LN2}`);
    expect(problems).toEqual([]);
    await page.close();
  });
});

// Links and weight -------------------------------------------------------------------------------

const htmlIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );

/** Links and pictures of pages that lead nowhere, and those that would be loaded from elsewhere. */
function broken(folder: string): readonly string[] {
  const pages = new Map(htmlIn(folder).map((name) => [join(folder, name), '']));
  for (const file of pages.keys()) pages.set(file, readFileSync(file, 'utf8'));
  const anchors = new Map(
    [...pages].map(([file, html]) => [
      file,
      new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)),
    ]),
  );
  const found = new Set<string>();
  for (const [file, html] of pages)
    for (const [, tag, address] of html.matchAll(/<(\w+)\b[^>]*?\s(?:href|src)="([^"]*)"/g)) {
      const here = `/${file.slice(folder.length + 1)}`;
      const url = new URL(address!.replaceAll('&amp;', '&'), `http://site${here}`);
      if (url.host !== 'site') {
        if (tag !== 'a' && url.protocol !== 'data:') found.add(`${here}: ${address}`);
        continue;
      }
      const target = fileFor(folder, url.pathname);
      const anchor = decodeURIComponent(url.hash.slice(1));
      const isThere = target !== undefined && (anchor === '' || isPage(target, anchor, anchors));
      if (!isThere) found.add(`${here}: ${address}`);
    }
  return [...found];
}
/** What the playground is asked is no anchor. */
const isPage = (
  target: string,
  anchor: string,
  anchors: ReadonlyMap<string, ReadonlySet<string | undefined>>,
): boolean => anchors.get(target)?.has(anchor) === true || anchor.startsWith('op=');

describe('the site', () => {
  test('has links that lead to pages and anchors that are there', () => {
    expect(htmlIn(DIST).length).toBeGreaterThan(2 * operators.size);
    expect(broken(DIST)).toEqual([]);
  });
  test('one that leads nowhere is noticed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-'));
    writeFileSync(
      join(folder, 'a.html'),
      '<p id="b"><a href="/a#b">1</a><a href="#c">2</a><a href="./d">3</a><a href="https://e.example/">4</a><img src="https://f.example/">',
    );
    expect(broken(folder)).toEqual(['/a.html: #c', '/a.html: ./d', '/a.html: https://f.example/']);
  });
  test('begins with less than 200 kB, without the playground', async () => {
    const fresh = await browser.newContext();
    const { page, problems } = await watched(fresh);
    for (const path of ['/', '/operators/sigmoid']) {
      site.forget();
      await page.goto('about:blank');
      await page.goto(`${site.origin}${path}`, { waitUntil: 'networkidle' });
      const sent = [...site.sent];
      expect(sent.length).toBeGreaterThan(3);
      const names = sent.map(([name]) => name).join(' ');
      expect(names).not.toMatch(/Playground|localSearchIndex/);
      expect(sent.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(200_000);
    }
    expect(problems).toEqual([]);
    await fresh.close();
  });
});

describe('where there is no browser', () => {
  test('it is said how to get one', () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'touchstone-'));
    expect(() => findChromium(nowhere, { PATH: nowhere })).toThrow(/npm ci.*docs\//);
    expect(() => findChromium(nowhere, { TOUCHSTONE_CHROMIUM: join(nowhere, 'x') })).toThrow(
      /TOUCHSTONE_CHROMIUM is .* not there/,
    );
  });
});
