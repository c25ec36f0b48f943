/**
 * # The opening comment of a file
 *
 * A title, blocks of formulas, which are indented, and what there is to say between them.
 */

export interface Comment {
  readonly title: string;
  readonly parts: readonly Part[];
}
export type Part =
  | { readonly kind: 'formula'; readonly lines: readonly string[] }
  | { readonly kind: 'prose'; readonly text: string };

const INDENT = '    ';

/** Of a whole file; the title is empty where there is none. */
export function openingComment(source: string): Comment {
  const [, inside = ''] = /^\/\*\*(.*?)\*\//s.exec(source) ?? [];
  const lines = inside.split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd());
  const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? '';
  const body = lines
    .filter((line) => !line.startsWith('# '))
    .join('\n')
    .trim();
  return { title, parts: /\S/.test(body) ? partsOf(restoreIndent(lines, body)) : [] };
}

/** The first line of the body lost its indentation with the empty lines before it. */
const restoreIndent = (lines: readonly string[], body: string): string => {
  const [first = ''] = body.split('\n');
  return lines.includes(INDENT + first) ? INDENT + body : body;
};

function partsOf(body: string): readonly Part[] {
  const parts: Part[] = [];
  for (const block of body.split(/\n{2,}/)) {
    const lines = block.split('\n');
    if (!lines.every((line) => line.startsWith(INDENT))) {
      parts.push({ kind: 'prose', text: block });
      continue;
    }
    const formula = lines.map((line) => line.slice(INDENT.length));
    const last = parts.at(-1);
    if (last?.kind === 'formula')
      parts[parts.length - 1] = { ...last, lines: [...last.lines, ...formula] };
    else parts.push({ kind: 'formula', lines: formula });
  }
  return parts;
}
