/** # The report for people: a row for each operator, then every finding that is not listed */
import { looksLike } from '../../properties/hypotheses.ts';
import type { Finding, LawResult } from '../../properties/law.ts';
import { requestOf } from '../../properties/subject.ts';
import { digitsOf } from '../digits.ts';
import { EXIT } from '../failure.ts';
import { operators } from '../operators.ts';
import { showShard } from '../plan.ts';
import { table } from '../table.ts';
import type { Colors } from '../terminal.ts';
import { excusedBy } from '../verdict.ts';
import { encodeHex, encodeRequest } from '../wire/codec.ts';
import { dialectText } from './dialect.ts';
import { numberText } from './number.ts';
import { failuresOf, type Run } from './record.ts';
import { type Graded, type Row, summarize, wordFor } from './summary.ts';

export { numberText };

export function text(run: Run, colors: Colors): string {
  const { hello, plan, results, standings, verdict } = run;
  const { impl, env = {} } = hello;
  const head = [
    `${impl.name} ${impl.version} (${impl.language})`,
    `seed ${plan.seed}`,
    `gate ${plan.minGrade}`,
    ...(plan.shard ? [`shard ${showShard(plan.shard)}`] : []),
    ...Object.entries(env).map(([key, value]) => `${key} ${value}`),
  ];
  const listed = excusedBy(standings);
  const findings = failuresOf(run).map(({ result, finding }) =>
    findingText(result, finding, colors),
  );
  const known = standings.map((s) => [s.standing, s.check, s.reason]);
  const says = (verdict.exitCode === EXIT.conforms ? colors.green : colors.red)(verdict.says);
  return [
    `${head.join(' · ')}\n\n${rowsText(summarize(results), listed, colors)}`,
    ...findings,
    dialectText(run),
    ...(known.length > 0 ? [`baseline\n${table(known)}`] : []),
    `${impl.name}: ${says}\n`,
  ].join('\n');
}

/** Of the table of operators. */
export const HEAD = [
  ...['operator', 'value', 'largest observed', 'gradient', 'largest observed'],
  ...['laws', 'numbers'],
] as const;

export const cellsOf = (row: Row): readonly string[] => [
  row.op,
  ...gradeCells(row.value),
  ...gradeCells(row.gradient),
  String(row.laws),
  row.compared.toLocaleString('en') + (row.undecided ? ` (${row.undecided} undecided)` : ''),
];

export function rowsText(
  rows: readonly Row[],
  listed: ReadonlySet<string>,
  colors: Colors,
): string {
  const lines = rows.map((row) => [statusOf(row, listed, colors), ...cellsOf(row)]);
  return table([['', ...HEAD], ...lines]);
}

function statusOf(row: Row, listed: ReadonlySet<string>, colors: Colors): string {
  const word = wordFor(row, listed);
  if (word === 'FAIL') return colors.red(word);
  return word === 'PASS' ? colors.green(word) : colors.yellow(word);
}

const gradeCells = (g: Graded | undefined): readonly string[] =>
  g ? [g.grade, `${ulpsText(g.ulps)} in ${g.region}`] : ['–', '–'];

export function ulpsText(ulps: number): string {
  if (!Number.isFinite(ulps)) return 'another kind';
  return `${ulps >= 1e4 ? ulps.toExponential(1) : ulps.toPrecision(3)} ulp`;
}

/** The clause, the case in bits and digits, what came and what was due, and how to see it again. */
export function findingText(result: LawResult, finding: Finding, colors: Colors): string {
  const op = operators.get(result.op)!;
  const request = requestOf(op, finding.question);
  const clause = Object.entries(op.clauses).find(([, [law]]) => law === result.law);
  const lines = [
    `${colors.red('FAIL')} ${colors.bold(`${result.op}/${result.law}/${finding.name}`)}  ${finding.says}`,
    ...(clause ? [`clause   ${clause[0]}: ${clause[1][1]}`] : []),
    ...Object.entries(finding.question.tensors).flatMap(([name, t]) =>
      t ? [`${name.padEnd(8)} ${tensorText(t)}`] : [],
    ),
    ...settingsLine(result.op, finding),
    ...numberLines(result, finding),
    ...lastLines(finding.stderr),
    `replay   ${JSON.stringify(encodeRequest(request, encodeHex))}`,
  ];
  return `${lines.join('\n       ')}\n`;
}

const lastLines = (stderr = ''): readonly string[] =>
  stderr === '' ? [] : [`stderr   ${stderr.trimEnd().split('\n').slice(-8).join('\n         ')}`];

function settingsLine(id: string, { question }: Finding): readonly string[] {
  const { params } = operators.get(id)!;
  const set = Object.entries(question.settings).filter(([name, v]) => v !== params[name]?.default);
  return set.length > 0 ? [`with     ${set.map(([n, v]) => `${n} = ${v}`).join(', ')}`] : [];
}

function numberLines({ op: id }: LawResult, finding: Finding): readonly string[] {
  const { got, want, index, due, ulps, grade, gate } = finding;
  if (got === undefined || want === undefined || index === undefined) return [];
  const op = operators.get(id)!;
  const exact = digitsOf({ ...requestOf(op, finding.question), want: [want] })[want]?.[index];
  const like = looksLike(op, finding.question, want, index, got);
  const size = finding.question.tensors[Object.keys(op.inputs)[0]!]!.data.length;
  const where = size > 1 || index > 0 ? ` at ${want}[${index}]` : want === 'out' ? '' : ` ${want}`;
  return [
    `got      ${numberText(got)}${where}`,
    `exact    ${exact}${due === undefined ? '' : `, nearest ${numberText(due)}`}`,
    ...(ulps === undefined
      ? []
      : [`error    ${ulpsText(ulps)}: grade ${grade}, should be ${gate} or better`]),
    ...(like ? [`like     ${like}`] : []),
  ];
}

function tensorText({
  shape,
  data,
  dtype,
}: {
  shape: readonly number[];
  data: ArrayLike<number>;
  dtype: string;
}): string {
  const LONGEST = 12;
  const some = Array.from(data).slice(0, LONGEST);
  const text = some.map((x) => (dtype === 'f32' ? numberText(x) : String(x)));
  const more = data.length > LONGEST ? `, … ${data.length} in all` : '';
  return `${dtype} [${shape}]  ${text.join(', ')}${more}`;
}
