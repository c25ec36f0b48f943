/**
 * # The site
 *
 * Nothing on it comes from elsewhere: fonts are those of the reader's system, those of formulas are
 * bundled, and the search runs in the page.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { literal } from './literal';
import { math } from './math';

const docs = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(docs, path), 'utf8');
type Item = DefaultTheme.SidebarItem;

const titleOf = (path: string): string =>
  /^title: "(.*)"$/m.exec(read(path))?.[1] ?? /^# (.*)$/m.exec(read(path))?.[1] ?? path;
/** A page that is there. */
const page = (path: string): readonly Item[] =>
  existsSync(join(docs, `${path}.md`)) ? [{ text: titleOf(`${path}.md`), link: `/${path}` }] : [];
/** Guides in the order in which they are read, then what is not among them. */
const FIRST = [
  'which-loss',
  'nan',
  'reductions',
  'label-noise',
  'float32-tails',
  'frequently-asked',
];
const rank = (name: string): number => {
  const at = FIRST.indexOf(name.slice(0, -3));
  return at < 0 ? FIRST.length : at;
};
const pagesIn = (folder: string): readonly Item[] =>
  existsSync(join(docs, folder))
    ? readdirSync(join(docs, folder))
        .filter((name) => name.endsWith('.md') && !/^(?:index|README)\.md$/.test(name))
        .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
        .flatMap((name) => page(`${folder}/${name.slice(0, -3)}`))
    : [];

/** The operators of one kind, in the order of the table of all. */
function operatorsOf(base: string, kind: string): Item[] {
  const [, table = ''] = read(`${base}operators/index.md`).split(`{#${kind}}`);
  const [rows = ''] = table.split('\n## ');
  return [...rows.matchAll(/^\| \[(.*?)\]\((.*?)\)/gm)].map(([, text, link]) => ({
    text: text!.replaceAll(/&#(\d+);/g, (_, n) => String.fromCodePoint(Number(n))),
    link: link!,
  }));
}

interface Labels {
  readonly guides: string;
  readonly reference: string;
  readonly tools: string;
  readonly results: string;
  readonly playground: string;
  readonly kinds: readonly (readonly [kind: string, text: string])[];
}
const en: Labels = {
  ...{ guides: 'Guides', reference: 'Reference', tools: 'Judging', results: 'Results' },
  playground: 'Playground',
  kinds: [
    ['elementwise', 'Single elements'],
    ['rowwise', 'Rows'],
    ['loss', 'Losses'],
  ],
};
const zh: Labels = {
  ...{ guides: '指南', reference: '参考', tools: '评判（英文）', results: '实测结果（英文）' },
  playground: '演练场',
  kinds: [
    ['elementwise', '逐元素激活函数'],
    ['rowwise', '按行的激活函数'],
    ['loss', '损失函数'],
  ],
};
const TOOLS = [
  'gate',
  'adapters',
  'vectors',
  'power',
  'blind-spots',
  'mutants',
  'stryker',
  'ledger',
  'speed',
];

function sidebar(base: string, labels: Labels): Item[] {
  const group = (text: string, items: readonly Item[], collapsed = false): Item[] =>
    items.length > 0 ? [{ text, collapsed, items: [...items] }] : [];
  return [
    ...group(labels.guides, [...pagesIn(`${base}guides`), ...page(`${base}playground`)]),
    ...group(
      labels.reference,
      ['operators/index', 'rosetta', 'laws'].flatMap((p) => page(base + p)),
    ),
    ...labels.kinds.flatMap(([kind, text]) => group(text, operatorsOf(base, kind), true)),
    ...group(labels.tools, TOOLS.flatMap(page), true),
    ...group(labels.results, pagesIn('results'), true),
  ];
}

function nav(base: string, labels: Labels): DefaultTheme.NavItem[] {
  const [first] = pagesIn(`${base}guides`);
  const item = (text: string | undefined, path: string) =>
    page(path).map(({ text: title, link }) => ({ text: text ?? title!, link: link! }));
  return [
    ...(first ? [{ text: labels.guides, link: first.link! }] : []),
    ...item(labels.playground, `${base}playground`),
    ...item(undefined, `${base}operators/index`),
    ...item(undefined, `${base}rosetta`),
    { text: labels.results, link: '/results/' },
  ];
}

/** A tokeniser for languages without spaces between words: their letters one by one. */
const tokenize = (text: string): string[] =>
  text.toLowerCase().match(/[\u3400-\u9fff]|[^\s\u3400-\u9fff!-/:-@[-`{-~]+/g) ?? [];

const zhSearch = {
  translations: {
    button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
    modal: {
      ...{ displayDetails: '显示详情', resetButtonTitle: '清除', backButtonTitle: '返回' },
      noResultsText: '没有结果：',
      footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
    },
  },
};
const zhTheme: DefaultTheme.Config = {
  nav: nav('zh/', zh),
  sidebar: sidebar('zh/', zh),
  ...{ outline: { label: '本页目录' }, docFooter: { prev: '上一页', next: '下一页' } },
  ...{ darkModeSwitchLabel: '外观', lightModeSwitchTitle: '浅色', darkModeSwitchTitle: '深色' },
  ...{ sidebarMenuLabel: '目录', returnToTopLabel: '回到顶部', langMenuLabel: '语言' },
  skipToContentLabel: '跳到正文',
};

const base = process.env.TOUCHSTONE_BASE ?? '/';

export default defineConfig({
  base,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  title: 'Touchstone',
  description: 'What every loss and activation is, to the last bit',
  srcExclude: ['schema/**', 'node_modules/**'],
  rewrites: { 'results/README.md': 'results/index.md' },
  cleanUrls: true,
  // A sidebar of a hundred links would load them all.
  router: { prefetchLinks: false },
  lastUpdated: false,
  markdown: {
    headers: false,
    config(md) {
      math(md);
      literal(md);
    },
  },
  locales: {
    root: { label: 'English', lang: 'en' },
    zh: {
      ...{ label: '简体中文', lang: 'zh-CN', title: 'Touchstone 试金石' },
      description: '每个损失函数与激活函数究竟是什么，精确到最后一位',
      themeConfig: zhTheme,
    },
  },
  themeConfig: {
    nav: nav('', en),
    sidebar: sidebar('', en),
    search: {
      provider: 'local',
      options: {
        locales: { zh: zhSearch },
        miniSearch: { options: { tokenize } },
        // Findings are found by the page of their operator.
        _render: (src, env, md) =>
          /^results\/./.test(env.relativePath) ? '' : md.render(src, env),
      },
    },
  },
});
