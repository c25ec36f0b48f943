/** # Pages that were written for readers of the repository, as pages of the site */
import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

export function literal(md: MarkdownRenderer): void {
  braces(md);
  md.core.ruler.push('outside', ({ tokens, env }) => {
    for (const { children } of tokens) unlink(children ?? [], env?.relativePath ?? '');
  });
}

const DATA = /^(?:zh\/)?(?:results|operators|laws|rosetta)\b/;

/** Two braces in a row are braces: as entities, which Vue reads after its own expressions. */
function braces(md: MarkdownRenderer): void {
  const { render } = md;
  md.render = (src, env) => {
    const html = render.call(md, src, env);
    return DATA.test(env?.relativePath ?? '') ? html.replaceAll('{{', '&#123;&#123;') : html;
  };
}

type Tokens = NonNullable<ReturnType<MarkdownRenderer['parse']>[number]['children']>;

/** What lies outside of docs/ is no page: the text of the link stays. */
function unlink(tokens: Tokens, page: string): void {
  let isInside = false;
  for (const token of tokens) {
    const target = token.attrGet('href') ?? '';
    const path = posix.join(posix.dirname(page), target);
    if (token.type === 'link_open' && target.startsWith('.') && path.startsWith('../')) {
      Object.assign(token, { type: 'span_open', tag: 'span', attrs: null });
      isInside = true;
    } else if (token.type === 'link_close' && isInside) {
      Object.assign(token, { type: 'span_close', tag: 'span' });
      isInside = false;
    }
  }
}
