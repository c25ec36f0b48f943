/** # Who computes something else: what was observed, and what is known to be another legal answer */
import { findClause } from '../../conformance/operators.ts';
import type { Dialect, Difference, Op } from '../../spec/op.ts';
import type { Graded, Ran } from '../../tools/results/record.ts';
import type { Words } from '../words/en.ts';
import type { Facts } from './facts.ts';
import { code, fill, link, list, paragraphs, plain, table } from './markdown.ts';
import { hex, written } from './values.ts';

export const ranOf = ({ records }: Facts): readonly Ran[] =>
  records.flatMap((record) => (record.state === 'run' ? [record] : []));

export function differences(op: Op, facts: Facts, w: Words): string {
  return paragraphs(
    `### ${w.observed} {#observed}`,
    observed(op, facts, w),
    `### ${w.dialects} {#dialects}`,
    legal(op, w),
  );
}

function observed(op: Op, facts: Facts, w: Words): string {
  const rows = ranOf(facts).flatMap((ran) => {
    const row = ran.rows.find((one) => one.op === op.id);
    if (!row) return [];
    const { failed, dialects, findings, value, gradient } = row;
    const clauses = [...new Set(findings.flatMap(({ clause }) => clause?.[0] ?? []))];
    const count =
      failed.length > 0 ? link(String(failed.length), `/results/${ran.peer}#${op.id}`) : '0';
    return [
      [
        `${plain(ran.peer)} <small>${plain(ran.impl.version)}</small>`,
        `**${value?.grade ?? '–'}** · **${gradient?.grade ?? '–'}**`,
        `${largest(value, w)} · ${largest(gradient, w)}`,
        [count, ...clauses.map((id) => clauseLink(id, op, w))].join(' '),
        String(dialects.length),
      ],
    ];
  });
  if (rows.length === 0) return w.notMeasured;
  const head = [
    w.implementation,
    `${w.value} · ${w.gradientWord}`,
    w.largest,
    w.failing,
    w.dialectAnswers,
  ];
  return paragraphs(w.observedNote, table(head, rows));
}

/** Identities may fail by a clause of another operator. */
function clauseLink(id: string, op: Op, w: Words): string {
  const owner = findClause(id)?.op.id ?? op.id;
  const page = owner === op.id ? '' : `${w.base}/operators/${owner}`;
  return link(id, `${page}#${id.toLowerCase()}`);
}

function largest(graded: Graded | undefined, w: Words): string {
  if (!graded) return '–';
  return graded.ulps === 'Infinity'
    ? w.otherKind
    : Number(graded.ulps.toPrecision(3)).toLocaleString('en');
}

function legal(op: Op, w: Words): string {
  const entries = Object.entries(op.dialects) as [string, Dialect][];
  const items = entries.flatMap(([framework, { differs = [] }]) =>
    differs.map((one) => `<span lang="en">${plain(one.where)}</span>: ${said(framework, one, w)}`),
  );
  return items.length === 0 ? w.noDialects : list(items);
}

function said(framework: string, { witness, since, until }: Difference, w: Words): string {
  const inputs = [
    ...Object.entries(witness.in).map(([name, value]) => `${name} = ${inline(value)}`),
    ...Object.entries(witness.params ?? {}).map(([name, value]) => `${name} = ${value}`),
  ];
  const of = witness.of === undefined || witness.of === 'out' ? '' : ` (${code(witness.of)})`;
  const versions = [
    ...(since === undefined ? [] : [fill(w.since, since)]),
    ...(until === undefined ? [] : [fill(w.until, until)]),
  ].map((text) => `, ${text}`);
  const answer = fill(w.answers, framework, inBits(witness.theirs), inBits(witness.spec));
  return `${answer}${of}, ${fill(w.forInputs, code(inputs.join(', ')))}${versions.join('')}`;
}

const inBits = (x: number): string =>
  `${code(written(x))} <small>${code(hex(Math.fround(x)))}</small>`;
const inline = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(inline).join(', ')}]` : String(value);
