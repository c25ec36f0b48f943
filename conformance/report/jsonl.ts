/**
 * # The report for machines: JSON Lines
 *
 * A header, a line for every law and operator, a footer; without the footer it was cut off. It is
 * written as a run goes on, and every other report can be made from it. JSON has no NaN, ∞ or −0:
 * they are spelt out as strings. Questions are `run` messages with their bits.
 */
import type { Finding, LawResult } from '../../properties/law.ts';
import { requestOf } from '../../properties/subject.ts';
import { checkName } from '../baseline.ts';
import { inForce, showDialect } from '../dialect.ts';
import { operators } from '../operators.ts';
import { encodeHex, encodeRequest } from '../wire/codec.ts';
import type { Run } from './record.ts';
import { summarize } from './summary.ts';

/** Of the format. A reader of one version reads no other. */
export const VERSION = 1;

/** What is known before anything is asked. */
export type Head = Pick<Run, 'suite' | 'hello' | 'plan'>;

export const headLine = (head: Head): string => written(headOf(head));
export const resultLine = (result: LawResult): string => written(resultOf(result));
export const footLine = (run: Run): string => written(footOf(run));

/** All lines at once. */
export const jsonl = (run: Run): string =>
  headLine(run) + run.results.map(resultLine).join('') + footLine(run);

/** The same in one object. */
export const json = (run: Run): string =>
  written({ ...headOf(run), results: run.results.map(resultOf), ...footOf(run) });

const written = (line: object): string => `${JSON.stringify(line, spelt)}\n`;

const headOf = ({ suite, hello, plan: { shard, ...plan } }: Head): object => ({
  ...{ type: 'header', version: VERSION, suite, hello },
  plan: { ...plan, ops: plan.ops.map(({ id }) => id) },
  dialect: showDialect(inForce(hello, plan)),
  ...(shard ? { shard } : {}),
});

const resultOf = (result: LawResult): object => ({
  type: 'result',
  ...result,
  findings: result.findings.map((finding) => shown(result.op, result.law, finding)),
  ...(result.dialects
    ? { dialects: result.dialects.map((one) => shown(result.op, result.law, one)) }
    : {}),
});

const footOf = ({
  results,
  baseline,
  standings,
  verdict,
  inferred,
  isInterrupted,
}: Run): object => ({
  type: 'footer',
  ...(isInterrupted ? { isInterrupted } : {}),
  summary: summarize(results),
  ...(baseline === undefined ? {} : { baseline }),
  ...{ standings, verdict },
  ...(inferred ? { inferred } : {}),
});

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
