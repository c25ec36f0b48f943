/** # Formulas: fences of `math`, and `$…$` in running text, become KaTeX with MathML */
import katex from 'katex';
import type { MarkdownRenderer } from 'vitepress';

const rendered = (tex: string, displayMode: boolean): string =>
  katex
    .renderToString(tex, {
      displayMode,
      output: 'htmlAndMathml',
      strict: 'error',
      throwOnError: true,
    })
    .replaceAll('{{', '&#123;&#123;');

export function math(md: MarkdownRenderer): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, at, ...rest) => {
    const { info, content } = tokens[at]!;
    if (info.trim() !== 'math') return fence!(tokens, at, ...rest);
    return `<div class="formula" tabindex="0">${rendered(content, true)}</div>\n`;
  };
  md.inline.ruler.after('backticks', 'math', (state, silent) => {
    const [whole, tex] =
      /^\$([^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)/.exec(state.src.slice(state.pos)) ?? [];
    if (whole === undefined) return false;
    if (!silent) state.push('math', '', 0).content = tex!;
    state.pos += whole.length;
    return true;
  });
  md.renderer.rules.math = (tokens, at) => rendered(tokens[at]!.content, false);
}
