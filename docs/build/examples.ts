/**
 * # Examples: a command in a page, and what it prints
 *
 *     ```sh
 *     npx touchstone eval sigmoid --input 0 | grep -A 1 '^out'
 *     ```
 *
 *     ```text
 *     out  f32 []
 *       3f000000  0.5  0.5
 *     ```
 *
 * The second block is written by whoever runs the first; nobody types a number.
 */
import { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { main } from '../../conformance/main.ts';

/** Runs `touchstone …` and gives what it prints, and what it says beside. */
export type Run = (
  args: readonly string[],
) => Promise<{ readonly out: string; readonly err: string }>;

/** In this process, without colours. */
export const inMemory: Run = async (args) => {
  const [out, err]: [string[], string[]] = [[], []];
  await main(args, {
    input: Readable.from([]),
    colors: createColors(false),
    print: async (text) => void out.push(text),
    tell: (text) => void err.push(text),
  });
  return { out: out.join(''), err: err.join('') };
};

const EXAMPLE = /^```sh\n((?:npx touchstone .*\n)+)```\n\n```text\n([\s\S]*?)^```$/gm;

export interface Example {
  readonly commands: readonly string[];
  readonly output: string;
}
export const examplesIn = (page: string): readonly Example[] =>
  [...page.matchAll(EXAMPLE)].map(([, lines, output]) => ({
    commands: lines!.trimEnd().split('\n'),
    output: output!,
  }));

/** The page with the output of every example as it is. */
export async function filled(page: string, run: Run): Promise<string> {
  const outputs: string[] = [];
  for (const { commands } of examplesIn(page)) {
    const printed: string[] = [];
    for (const line of commands) printed.push(await printedBy(line, run));
    outputs.push(printed.join(''));
  }
  return page.replaceAll(
    EXAMPLE,
    (_, lines) => `\`\`\`sh\n${lines}\`\`\`\n\n\`\`\`text\n${outputs.shift()}\`\`\``,
  );
}

async function printedBy(line: string, run: Run): Promise<string> {
  const [command, ...filters] = splitAt('|', wordsOf(line));
  const isAll = command!.at(-1) === '2>&1';
  const { out, err } = await run(command!.slice(2, isAll ? -1 : undefined));
  const lines = (isAll ? out + err : out).trimEnd().split('\n');
  const kept = filters.reduce((some, words) => grep(some, words), lines);
  if (kept.join('') === '') throw new Error(`${line}: prints nothing`);
  return `${kept.join('\n')}\n`;
}

/** As a shell splits a line: quotes hold together, and nothing else is special. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, bare]) => quoted ?? bare!);

function splitAt(mark: string, words: readonly string[]): readonly (readonly string[])[] {
  const at = words.indexOf(mark);
  return at < 0 ? [words] : [words.slice(0, at), ...splitAt(mark, words.slice(at + 1))];
}

/** `grep -E pattern`, with `-A n` also n lines after each that matches. */
function grep(lines: readonly string[], words: readonly string[]): readonly string[] {
  const [name, ...rest] = words;
  const after = rest.indexOf('-A');
  const more = after < 0 ? 0 : Number(rest[after + 1]);
  const [pattern, ...others] = rest.filter(
    (word, i) => word !== '-E' && !(after >= 0 && (i === after || i === after + 1)),
  );
  if (name !== 'grep' || pattern === undefined || others.length > 0 || Number.isNaN(more))
    throw new Error(`${words.join(' ')}: not a filter of examples`);
  const matches = lines.map((line) => new RegExp(pattern).test(line));
  const isKept = lines.map((_, i) => matches.slice(Math.max(0, i - more), i + 1).includes(true));
  // As grep does between lines that do not follow each other.
  const isGap = (i: number): boolean => more > 0 && !isKept[i - 1] && isKept.indexOf(true) < i;
  return lines.flatMap((line, i) => (isKept[i] ? [...(isGap(i) ? ['--'] : []), line] : []));
}
