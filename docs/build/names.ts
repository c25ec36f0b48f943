/** # What frameworks call it, on the page of an operator and in one table of all */
import type { Dialect, Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import type { Facts } from './facts.ts';
import { code, fill, link, MADE, matter, paragraphs, plain, table } from './markdown.ts';

interface Call {
  readonly framework: string;
  readonly name: string;
  readonly op: string;
  readonly params: { readonly [name: string]: number | string | boolean };
}

const dialectsOf = (op: Op): readonly (readonly [string, Dialect])[] =>
  Object.entries(op.dialects) as [string, Dialect][];

/** Every call that is this operator, with the parameters that it stands for. */
export const callsOf = (op: Op): readonly Call[] =>
  dialectsOf(op).flatMap(([framework, { name, defaults = {}, also = {} }]) => [
    { framework, name, op: op.id, params: defaults },
    ...Object.entries(also).map(([other, params]) => ({
      framework,
      name: other,
      op: op.id,
      params,
    })),
  ]);

const setting = ([name, value]: [string, unknown]): string => code(`${name} = ${value}`);

export function names(op: Op, w: Words): string {
  const rows = dialectsOf(op).flatMap(([framework, { name, also = {}, defaults, lacks, note }]) => [
    [framework, code(name), remarks({ defaults, lacks, note }, w)],
    ...Object.entries(also).map(([other, params]) => [
      '',
      code(other),
      Object.entries(params).map(setting).join(', '),
    ]),
  ]);
  return rows.length === 0 ? w.noNames : table([w.framework, w.name, w.standsFor], rows);
}

type Remarks = { readonly [K in 'defaults' | 'lacks' | 'note']: Dialect[K] | undefined };

const remarks = ({ defaults = {}, lacks = [], note }: Remarks, w: Words): string =>
  [
    ...Object.entries(defaults).map((entry) => fill(w.usual, setting(entry))),
    ...(lacks.length > 0 ? [fill(w.lacks, lacks.map(code).join(', '))] : []),
    ...(note === undefined ? [] : [`<span lang="en">${plain(note)}</span>`]),
  ].join('; ');

export function rosettaPage({ ops }: Facts, w: Words): string {
  const calls = ops.flatMap(callsOf);
  const page = (id: string) => link(code(id), `${w.base}/operators/${id}`);
  const sorted = [...calls].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const there = sorted.map(({ framework, name, op, params }) => [
    ...[breakable(name), framework, page(op)],
    Object.entries(params).map(setting).join(', '),
  ]);
  const back = ops.map((op) => [
    page(op.id),
    callsOf(op)
      .map(({ framework, name, params }) =>
        `${framework} ${breakable(name)} ${settings(params)}`.trim(),
      )
      .join('<br>'),
  ]);
  return `${paragraphs(
    matter({ title: w.rosetta, editLink: false, aside: false }),
    MADE,
    `# ${w.rosetta}`,
    w.rosettaNote,
    `<FilterRows label=${JSON.stringify(w.filter)}>`,
    `## ${w.byCall} {#calls}`,
    table([w.call, w.framework, w.operator, w.standsFor], there),
    `## ${w.byOperator} {#operators}`,
    table(
      [w.operator, w.call],
      back.filter(([, text]) => text !== ''),
    ),
    '</FilterRows>',
  )}\n`;
}

const settings = (params: Call['params']): string => {
  const all = Object.entries(params).map(setting);
  return all.length > 0 ? `(${all.join(', ')})` : '';
};
const keyOf = ({ name, framework }: Call): string =>
  `${(/([A-Za-z]\w*)\W*$/.exec(name)?.[1] ?? name).toLowerCase()} ${framework} ${name}`;

/** Long names may be broken at their joints. */
const breakable = (name: string): string => code(name).replaceAll(/\.(?=\w)|&#95;/g, '$&<wbr>');
