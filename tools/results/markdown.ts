/** # Markdown, as GitHub reads it */

export const MADE =
  '<!-- Made by `npm run results` from the .json files beside it: edit neither. -->';

/** Text that neither ends a cell nor begins a tag. */
export const cell = (text: string): string =>
  escaped(text).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: (column: number) => string = () => '---',
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => align(i))), ...rows.map(line)].join('\n');
}

export const fence = (language: string, lines: readonly string[]): string =>
  `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``;

export const folded = (summary: string, content: string): string =>
  `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
