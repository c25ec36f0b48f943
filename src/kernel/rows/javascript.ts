/**
 * # A row kernel read as JavaScript
 *
 * A function of the number of rows, the length of one, and the arrays; plan.ts says what it does.
 * Sums have four lanes as in WebAssembly.
 */
import { compile, type Origin } from '../compile.ts';
import { code, type Expression } from '../expression.ts';
import { type Namer, namer, type Places, statements } from '../number.ts';
import { argumentsOf, keptName, keptOf, operandsOf, type RowKernel } from './language.ts';
import { planOf, type Step } from './plan.ts';

export type Arrays = readonly (Float32Array | Float64Array | Int32Array)[];
export type RowFunction = (rows: number, length: number, ...arrays: Arrays) => void;

/** undefined where none can be had. */
export const rowFunction = (kernel: RowKernel, origin: Origin): RowFunction | undefined =>
  compile(rowSource(kernel), origin);

interface Writer {
  readonly fresh: Namer;
  /** The names of values of the row. */
  readonly names: Map<Expression, string>;
  readonly kept: readonly Expression[];
  /** How arrays are read at element `i` or row `r`. */
  readonly element: (name: string) => string;
  readonly columns: ReadonlySet<Expression>;
  readonly inputs: ReadonlySet<Expression>;
}

export function rowSource(kernel: RowKernel): string {
  const columns = new Set(kernel.columns);
  const shared = new Set([...columns].map((e) => e.name));
  const writer: Writer = {
    fresh: namer(),
    names: new Map(),
    kept: keptOf(kernel),
    element: (name) => (shared.has(name) ? `${name}[i]` : `${name}[start + i]`),
    columns,
    inputs: new Set(kernel.inputs),
  };
  const names = argumentsOf(kernel).map(({ name }) => name);
  const body = planOf(kernel).flatMap((step) => stepLines(writer, step));
  return [
    `return (rows, n, ${names.join(', ')}) => {`,
    'for (let r = 0; r < rows; r++) {',
    ...['const start = r * n;', ...body, '}', '};'],
  ].join('\n');
}

function stepLines(writer: Writer, step: Step): readonly string[] {
  switch (step.kind) {
    case 'value':
      return rowValue(writer, step.of, (value) => `const ${named(writer, step.of)} = ${value};`);
    case 'choice':
      return choice(writer, step.of, step.inside);
    case 'pass':
      return pass(writer, step);
    case 'write':
      return rowValue(writer, step.of, (value) => `${step.result}[r] = ${value};`);
    case 'patch': {
      const place = `${step.result}[start + ${step.index.name}[r]]`;
      return rowValue(writer, step.of, (value) => `${place} = ${value};`);
    }
  }
}

function named({ fresh, names }: Writer, e: Expression): string {
  const name = fresh();
  names.set(e, name);
  return name;
}

function rowValue(writer: Writer, e: Expression, use: (value: string) => string): string[] {
  const { lines, values } = statements([e], writer.names, writer.fresh, rowPlaces(writer));
  return [...lines, use(values[0]!)];
}

const rowPlaces = ({ columns }: Writer): Places => ({
  read(e) {
    if (e.kind === 'input') return `${e.name}[r]`;
    if (e.kind !== 'at') return undefined;
    const [x, index] = e.of as [Expression, Expression];
    return `${x.name}[${columns.has(x) ? '' : 'start + '}${index.name}[r]]`;
  },
  keep() {
    throw new TypeError('a value of the row needs not be kept');
  },
});

function choice(writer: Writer, e: Expression, inside: readonly Step[]): readonly string[] {
  const [a, b, yes, no] = operandsOf(e) as [Expression, Expression, Expression, Expression];
  const result = writer.fresh();
  const within = { ...writer, names: new Map(writer.names) };
  const answer = (value: string) => `${result} = ${value};`;
  const test = statements([a, b], writer.names, writer.fresh, rowPlaces(writer));
  const then = inside.flatMap((step) => stepLines(within, step));
  const lines = [
    ...[`let ${result};`, ...test.lines, `if (${test.values[0]} < ${test.values[1]}) {`],
    ...[...then, ...rowValue(within, yes, answer), '} else {'],
    ...[...rowValue(writer, no, answer), '}'],
  ];
  writer.names.set(e, result);
  return lines;
}

/** A loop over the row: statements for element i, and what is done with the values of `bodies`. */
function loop(
  writer: Writer,
  bodies: readonly Expression[],
  stored: ReadonlySet<Expression>,
  use: (value: string, body: number) => string,
): readonly string[] {
  const { inputs, columns, kept } = writer;
  const place = (e: Expression) => `${keptName(kept.indexOf(e))}[i]`;
  const places: Places = {
    read: (e) =>
      inputs.has(e) || columns.has(e)
        ? writer.element(e.name)
        : stored.has(e)
          ? place(e)
          : undefined,
    keep: place,
  };
  const { lines, values } = statements(bodies.map(code), writer.names, writer.fresh, places);
  return ['for (let i = 0; i < n; i++) {', ...lines, ...values.map(use), '}'];
}

function pass(writer: Writer, step: Extract<Step, { kind: 'pass' }>): readonly string[] {
  const reductions = step.reductions.map((e) => ({ e, name: writer.fresh() }));
  const results = Object.entries(step.results);
  const bodies = [...step.reductions.map((e) => e.of[0]!), ...results.map(([, body]) => body)];
  const lines = loop(writer, bodies, step.stored, (value, i) => {
    const reduction = reductions[i];
    if (!reduction) return `${results[i - reductions.length]![0]}[start + i] = ${value};`;
    const { e, name } = reduction;
    if (e.kind === 'sum') return `${name}[i & 3] += ${value};`;
    return `${name} = ${name} < ${value} ? ${value} : ${name};`;
  });
  const clear = reductions.map(({ e, name }) =>
    e.kind === 'sum' ? `const ${name} = [0, 0, 0, 0];` : `let ${name} = -Infinity;`,
  );
  const total = (s: string) => `(${s}[0] + ${s}[2]) + (${s}[1] + ${s}[3])`;
  const finish = reductions.map(
    ({ e, name }) =>
      `const ${named(writer, e)} = ${e.kind === 'sum' ? total(name) : `${name} + 0`};`,
  );
  return [...clear, ...lines, ...finish];
}
