/**
 * # The report for machines: JSON Lines
 *
 * A header, a line for every law and operator, a footer; without the footer it was cut off. JSON has
 * no NaN, ∞ or −0: they are spelt out as strings. Questions are `run` messages with their bits.
 */
import type { Finding } from '../../properties/law.ts';
import { requestOf } from '../../properties/subject.ts';
import { checkName } from '../baseline.ts';
import { inForce, showDialect } from '../dialect.ts';
import { operators } from '../operators.ts';
import { encodeHex, encodeRequest } from '../wire/codec.ts';
import type { Run } from './record.ts';
import { summarize } from './summary.ts';

export const jsonl = (run: Run): string =>
  linesOf(run)
    .map((line) => `${JSON.stringify(line, spelt)}\n`)
    .join('');

/** The same in one object. */
export const json = (run: Run): string => {
  const [header, ...rest] = linesOf(run);
  return `${JSON.stringify({ ...header, results: rest.slice(0, -1), ...rest.at(-1) }, spelt)}\n`;
};

function linesOf({ hello, plan, results, standings, verdict, inferred }: Run): readonly object[] {
  const { seed, runs, minGrade } = plan;
  const ops = plan.ops.map(({ id }) => id);
  return [
    {
      ...{ type: 'header', version: 1, hello, plan: { ops, runs, seed, minGrade } },
      dialect: showDialect(inForce(hello, plan)),
    },
    ...results.map((result) => ({
      type: 'result',
      ...result,
      findings: result.findings.map((finding) => shown(result.op, result.law, finding)),
      ...(result.dialects
        ? { dialects: result.dialects.map((d) => shown(result.op, result.law, d)) }
        : {}),
    })),
    { type: 'footer', summary: summarize(results), standings, verdict, inferred },
  ];
}

const shown = (op: string, law: string, { question, ...finding }: Finding): object => ({
  check: checkName(op, law, finding.name),
  ...finding,
  case: encodeRequest(requestOf(operators.get(op)!, question), encodeHex),
});

const spelt = (_: string, value: unknown): unknown => {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
};
