/** # What several reports say in the same words */
import { createColors } from 'picocolors';
import { EXIT } from '../failure.ts';
import { showShard } from '../plan.ts';
import type { Found, Run } from './record.ts';
import { findingText } from './text.ts';

const plain = createColors(false);

/** A failure as the terminal shows it, without colours and without the margin. */
export const failureText = ({ result, finding }: Found): string =>
  findingText(result, finding, plain)
    .trimEnd()
    .replaceAll(/\n {7}/g, '\n');

/** One line: who, and whether it conforms. */
export const verdictLine = ({ hello: { impl }, verdict }: Run): string =>
  `${impl.name} ${impl.version}: ${verdict.says}`;

/** A sign that can be seen at once, also without colours. */
export const signOf = ({ verdict: { exitCode } }: Run): string =>
  exitCode === EXIT.conforms ? '✓' : '✗';

/** What is needed to run it again. */
export const settingsOf = ({
  suite,
  hello,
  plan,
}: Run): readonly (readonly [name: string, value: string])[] => [
  ['touchstone', suite],
  ['candidate', `${hello.impl.name} ${hello.impl.version} (${hello.impl.language})`],
  ['seed', String(plan.seed)],
  ['questions', String(plan.runs)],
  ['gate', plan.minGrade],
  ...(plan.shard ? [['shard', showShard(plan.shard)] as const] : []),
  ...Object.entries(hello.env ?? {}),
];

/** `1 failure`, `2 failures` */
export const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** The five characters that mean something in HTML and XML. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** What neither XML nor HTML may hold, not even escaped, as a question mark in a diamond. */
export const legible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  text.replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
