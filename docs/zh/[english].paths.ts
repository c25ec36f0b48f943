/** # Pages that are there in English only, so that a change of language leads somewhere */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '..');

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name.slice(0, -'.md'.length)}`);

const titleOf = (page: string): string =>
  /^# (.*)$/m.exec(readFileSync(join(docs, `${page}.md`), 'utf8'))?.[1] ?? page;

const english = ['', 'results/']
  .flatMap(pagesIn)
  .filter((page) => !existsSync(join(docs, 'zh', `${page}.md`)));

export default {
  paths: () =>
    english.map((page) => {
      const path = page.replace(/README$/, 'index');
      return { params: { english: path, title: titleOf(page), link: path.replace(/index$/, '') } };
    }),
};
