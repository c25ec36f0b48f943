/**
 * # touchstone explain: one operator or one clause, in the terminal
 *
 * The opening comment of a definition is its formula and what surprises. It is read from the file
 * itself, which is published with its comments; all the rest is derived from the definition.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Format, float32, float64, roundNumber, toBits } from '../../spec/format.ts';
import type { Dialect, Difference, Elementwise, Op } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';
import { settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import { shortest } from '../digits.ts';
import { EXIT, failure } from '../failure.ts';
import { type Found, findClause, operators, suggestion } from '../operators.ts';
import { table } from '../table.ts';
import type { Colors, Terminal } from '../terminal.ts';
import { turnsOf } from '../turns.ts';
import { inputRows, paramRows } from './list.ts';

/** Returns the exit code. */
export async function explain(name: string, { print, colors }: Terminal): Promise<number> {
  const op = operators.get(name);
  const clause = op ? undefined : findClause(name);
  if (!op && !clause) throw failure(EXIT.usage, unknown(name));
  await print(op ? explainOperator(op, colors) : explainClause(clause!, colors));
  return EXIT.conforms;
}

function unknown(name: string): string {
  const clauses = [...operators.values()].flatMap((op) => Object.keys(op.clauses));
  const isClause = /\d$/.test(name);
  const known = isClause ? clauses : [...operators.keys()];
  return `${name}: there is no such operator or clause${suggestion(name, known)}`;
}

function explainClause({ op, id, clause: [law, sentence] }: Found, colors: Colors): string {
  const others = Object.keys(op.clauses).filter((other) => other !== id);
  return [
    `${colors.bold(id)}  ${op.id}\n\n  ${sentence}\n\n`,
    table([
      ['tested by', law],
      ['more of this operator', others.join(' ') || 'none'],
      ['all about it', `touchstone explain ${op.id}`],
    ]),
  ].join('');
}

function explainOperator(op: Op, colors: Colors): string {
  const section = (title: string, body: string) =>
    body === '' ? '' : `\n${colors.bold(title)}\n${body}`;
  const clauses = Object.entries(op.clauses).map(([id, [law, text]]) => [id, text, `(${law})`]);
  return [
    opening(op, colors),
    section('Inputs', table(inputRows(op))),
    section('Result', `  ${resultOf(op)}\n`),
    section('Parameters', table(paramRows(op))),
    op.kind === 'elementwise' ? section('Special values', table(valueRows(op))) : '',
    op.kind === 'elementwise' ? section('Kinks', table(kinkRows(op))) : '',
    op.kind === 'elementwise' ? section('Course', table(courseRows(op))) : '',
    section('Elsewhere', table(dialectRows(op))),
    section('Clauses', table(clauses)),
    section('Sources', op.sources.map((source) => `  ${source}\n`).join('')),
  ].join('');
}

function resultOf(op: Op): string {
  if (op.kind === 'elementwise') return '[*], the shape of the input';
  if (op.kind === 'rowwise') return `[${op.output}]`;
  const { reduction } = op.params;
  const others = reduction?.kind === 'choice' ? reduction.values.filter((r) => r !== 'none') : [];
  return `[${op.over}] under none; a number under ${others.join(', ')}`;
}

/** Title and opening comment of the file that defines it; the id where the file is not there. */
function opening({ id, kind }: Op, colors: Colors): string {
  const folder = kind === 'loss' ? 'losses' : 'activations';
  const file = `../../spec/${folder}/${id}${extname(import.meta.url)}`;
  const [title, ...rest] = commentIn(new URL(file, import.meta.url)) ?? [id];
  const text = rest.map((line) => `  ${line}`.trimEnd()).join('\n');
  return `${colors.bold(title)}  ${colors.dim(id)}\n${text}\n`;
}

function commentIn(file: URL): readonly [string, ...string[]] | undefined {
  try {
    const [, comment = ''] = /^\/\*\*(.*?)\*\//s.exec(readFileSync(file, 'utf8')) ?? [];
    const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, ''));
    const [first, ...rest] = lines.join('\n').trim().split('\n');
    return first ? [first.replace(/^# /, ''), ...rest] : undefined;
  } catch {
    return undefined;
  }
}

/** Edges, kinks and ones: value and slope at the default parameters, as the oracle has them. */
function valueRows(op: Elementwise): readonly string[][] {
  const kinks = op.kinks(settle(op)).map(({ at }) => at);
  const inside = [-1, 1, ...kinks.filter((at) => at !== 0)];
  const below = inside.filter((x) => x < 0).sort((a, b) => a - b);
  const above = inside.filter((x) => x > 0).sort((a, b) => a - b);
  const all = [...new Set([-Infinity, ...below, -0, ...above, Infinity, NaN])].flatMap((x) =>
    x === 0 ? [-0, 0] : [Math.fround(x)],
  );
  const tensors = { input: tensor([all.length], all) };
  const values = evaluate(op, tensors).cells;
  const slopes = gradient(op, tensors).cells;
  const rows = all.map((x, i) => [x, values[i]!.value, slopes[i]!.value].map(written));
  return [['x', 'f(x)', 'f′(x)'], ...rows];
}

const written = (x: number): string =>
  Number.isFinite(x) ? shortest(x, float32) : String(x).replace('Infinity', '∞');

/** Where it lies, whether it falls, and where it turns, for each of the choices that there are. */
function courseRows(op: Elementwise): readonly string[][] {
  const usual = settle(op);
  const [low, high] = op.range(usual).map(String);
  const sides = [low, high].map((end) => end!.replace('Infinity', '∞'));
  return [
    ['range', `from ${sides[0]} to ${sides[1]}`],
    ...(op.isOdd ? [['odd', 'f(−x) = −f(x)']] : []),
    ...(op.isIncreasing(usual) ? [['monotone', 'never decreases']] : turnRows(op)),
  ];
}

function turnRows(op: Elementwise): readonly string[][] {
  const choices = Object.entries(op.params).flatMap(([name, param]) =>
    param.kind === 'choice' ? param.values.slice(1).map((value) => ({ [name]: value })) : [],
  );
  return [{}, ...choices].flatMap((params) =>
    turnsOf(op, settle(op, params as never)).map(({ kind, x, y }) => [
      kind,
      `f(${x}) = ${y}${Object.values(params).map((value) => `, ${value}`)}`,
    ]),
  );
}

function kinkRows(op: Elementwise): readonly string[][] {
  return op
    .kinks(settle(op))
    .map(({ at, left, right, torch }) => [
      `x = ${at}`,
      `slopes from ${Number(left)} to ${Number(right)} are subgradients; the answer is ${Number(torch)}`,
    ]);
}

/** Who has it, under what name, and how it differs there. */
function dialectRows(op: Op): readonly string[][] {
  const entries = Object.entries(op.dialects) as [string, Dialect][];
  return entries.flatMap(([framework, dialect]) => [
    [framework, dialect.name],
    ...departures(op, dialect).map((text) => ['', text]),
  ]);
}

const departures = (
  op: Op,
  { also = {}, defaults = {}, lacks = [], differs = [], note }: Dialect,
) => [
  ...Object.entries(also).map(([name, params]) => `also ${name}${standingFor(params)}`),
  ...Object.entries(defaults).map(([name, value]) => `default ${name} = ${value}`),
  ...(lacks.length > 0 ? [`lacks ${lacks.join(', ')}`] : []),
  ...(note === undefined ? [] : [note]),
  ...differs.map((one) => difference(op, one)),
];

const standingFor = (params: object): string => {
  const pairs = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  return pairs.length > 0 ? `, which is ${pairs.join(', ')}` : '';
};

function difference(op: Op, { where, witness, since, until }: Difference): string {
  const { spec, theirs } = witness;
  const format = Object.is(Math.fround(spec), Math.fround(theirs)) ? float64 : float32;
  const inputs = Object.entries(witness.in).map(
    ([name, value]) =>
      `${name} ${typeof value === 'number' && op.inputs[name]?.of === 'reals' ? inBits(value, format) : inline(value)}`,
  );
  const params = Object.entries(witness.params ?? {}).map(([name, value]) => `${name} = ${value}`);
  const of = witness.of === undefined || witness.of === 'out' ? '' : ` in ${witness.of}`;
  const place = witness.element === undefined ? '' : ` at ${witness.element}`;
  const [got, due] = [theirs, spec].map((x) => inBits(x, format));
  const versions = [since && `since ${since}, `, until && `up to ${until}, `];
  const when = versions.filter(Boolean).join('');
  return `${when}${where}: ${got} instead of ${due}${of}${place}, for ${[...inputs, ...params].join(', ')}`;
}

/** A number of a witness, and the bits of the float next to it. */
const inBits = (x: number, format: Format): string => {
  const bits = toBits(roundNumber(x, format), format);
  const hex = bits.toString(16).padStart(format.bits / 4, '0');
  return `${Object.is(x, -0) ? '-0' : x} (${hex})`;
};

const inline = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(inline).join(', ')}]` : String(value);
