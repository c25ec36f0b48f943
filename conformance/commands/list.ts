/** # touchstone list: operators, their inputs and parameters, their clauses */
import { isDifferentiable } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { describeParam } from '../../spec/param.ts';
import { describeInput } from '../arguments.ts';
import { EXIT } from '../failure.ts';
import { operators } from '../operators.ts';
import { differentiable } from '../reference.ts';
import { table } from '../table.ts';
import type { Colors, Terminal } from '../terminal.ts';
import { encodeSetting } from '../wire/codec.ts';

/** Returns the exit code. */
export async function list({ json }: { readonly json?: boolean }, terminal: Terminal) {
  const all = [...operators.values()];
  const of = (kind: Op['kind']) => all.filter((op) => op.kind === kind);
  await terminal.print(
    json
      ? `${JSON.stringify(all.map(inJson), spelt)}\n`
      : GROUPS.map(([title, kind]) => group(title, of(kind), terminal.colors)).join('\n'),
  );
  return EXIT.conforms;
}

const GROUPS: readonly (readonly [title: string, kind: Op['kind']])[] = [
  ['activations of single elements', 'elementwise'],
  ['activations of rows', 'rowwise'],
  ['losses', 'loss'],
];

const group = (title: string, members: readonly Op[], colors: Colors): string =>
  [`${members.length} ${title}\n`, ...members.map((op) => inWords(op, colors))].join('\n');

function inWords(op: Op, colors: Colors): string {
  const clauses = Object.keys(op.clauses).join(' ');
  return `${colors.bold(op.id)}\n${table([...inputRows(op), ...paramRows(op), ['clauses', clauses]])}`;
}

/** Name, what it holds, whether it has a gradient. */
export const inputRows = (op: Op): readonly string[][] =>
  Object.entries(op.inputs).map(([name, input]) => [
    name,
    describeInput(input) + (isDifferentiable(input) ? '; has a gradient' : ''),
  ]);

/** Name, default and legal values. */
export const paramRows = (op: Op): readonly string[][] =>
  Object.entries(op.params).map(([name, param]) => [
    name,
    `${defaultOf(param)}; ${describeParam(param)}`,
  ]);

const defaultOf = (param: Op['params'][string]): string =>
  param.kind === 'number' && param.like !== undefined ? `as ${param.like}` : String(param.default);

const inJson = (op: Op) => ({
  id: op.id,
  kind: op.kind,
  inputs: op.inputs,
  gradients: differentiable(op),
  params: op.params,
  clauses: Object.fromEntries(
    Object.entries(op.clauses).map(([id, [law, sentence]]) => [id, { law, sentence }]),
  ),
});

/** JSON has no infinities. */
const spelt = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? encodeSetting(value) : value;
