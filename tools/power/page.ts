/** # docs/power.md: a pure function of the tables */
import { cell, table } from '../results/markdown.ts';
import { bugs } from './bugs.ts';
import { distributions } from './inputs.ts';
import { type Rule, rules } from './rules.ts';
import { type Table, tableOf } from './table.ts';

export const PAGE = 'docs/power.md';

export const pageOf = (tables: readonly Table[], rules: readonly Rule[]): string =>
  `${[opening(tables, rules), sources(rules), ...tables.map((each) => section(each, rules))].join('\n\n')}\n`;

export const allTables = (): readonly Table[] =>
  distributions.map((inputs) => tableOf(bugs, rules, inputs));

const count = (tables: readonly Table[]): number => tables[0]!.rows.length;

const opening = (tables: readonly Table[], rules: readonly Rule[]): string => `\
<!-- Made by \`npm run power\` from tools/power: do not edit. -->

# What a test suite can see

A suite sees as much as its tolerance lets through and its inputs touch. Here are ${count(tables)} mistakes that are
often made in float32, each as code in [tools/power/bugs.ts](../tools/power/bugs.ts). Every one is shown
${tables.length} sets of inputs, and its answers are judged by ${rules.length} rules: those of well-known suites and ours. A mistake is
*caught* by a rule that rejects at least one answer; otherwise all its answers are accepted.

The right results are those of the oracle, certified, and every rule accepts them all. So this compares
rules and inputs, not whole suites: their own inputs, and whether they test an operator at all, are
another matter. "0 below -87" is a mistake unless a candidate declares that it flushes small results to 0.

${table(titles(rules), tables.map(totalsOf))}

Of ${count(tables)} mistakes. A tolerance that is an absolute number does not see small results, where most of these mistakes are;
and inputs near 0 do not reach them, however strict the rule.`;

export const titles = (rules: readonly Rule[]): readonly string[] => [
  'inputs',
  ...rules.map(({ name }) => name),
];
export const totalsOf = ({ inputs, totals }: Table): readonly string[] => [
  inputs.name,
  ...totals.map(String),
];

const sources = (rules: readonly Rule[]): string => `\
## The rules

${table(
  ['', 'accepted', 'source'],
  rules.map(({ name, accepted, source }) => [name, cell(accepted), source]),
)}`;

const section = ({ inputs, rows, totals }: Table, rules: readonly Rule[]): string => `\
## ${inputs.name[0]!.toUpperCase()}${inputs.name.slice(1)}

${inputs.how[0]!.toUpperCase()}${inputs.how.slice(1)}.

${table(
  ['operator', 'mistake', ...rules.map(({ name }) => name)],
  [
    ...rows.map(({ bug, isCaught }) => [
      bug.op,
      `\`${bug.name.replaceAll('|', '\\|')}\``,
      ...isCaught.map((yes) => (yes ? '**caught**' : 'accepted')),
    ]),
    ['', `caught of ${rows.length}`, ...totals.map(String)],
  ],
)}`;
