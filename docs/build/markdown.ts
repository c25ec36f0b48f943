/** # Markdown that holds any text */

/** Text in which nothing is markup, neither for Markdown nor for Vue. */
export const plain = (text: string): string =>
  text.replaceAll(/[&<>|\\*_`~[\]{}$]/g, (c) => `&#${c.codePointAt(0)};`).replaceAll(/\s+/g, ' ');

/** In the letters of a machine. */
export const code = (text: string): string => (text === '' ? '' : `<code>${plain(text)}</code>`);

export const link = (text: string, to: string): string => `[${text}](${to})`;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return rows.length === 0
    ? ''
    : [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');

export const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text}\n\`\`\``;

export const folded = (summary: string, content: string, language?: string): string =>
  `<details${language === undefined ? '' : ` lang="${language}"`}><summary>${summary}</summary>\n\n${content}\n\n</details>`;

/** A template with {0}, {1} … filled in. */
export const fill = (template: string, ...parts: readonly (string | number)[]): string =>
  template.replaceAll(/\{(\d)\}/g, (_, i) => String(parts[Number(i)]));

/** What there is of it, with empty lines between. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

/** A front matter of texts. */
export const matter = (fields: { readonly [name: string]: unknown }): string =>
  `---\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')}---`;

export const MADE = '<!-- Made by `npm run docs` from the definitions: do not edit. -->';
