/**
 * # What the sweeps wrote, as a page and as hard inputs
 *
 *     node dist/tools/proofs.js
 *
 * Reads every result of `touchstone sweep` in docs/proofs, and writes docs/sweeps.md, and the inputs that
 * `touchstone vectors` asks, in conformance/vectors/hard-inputs.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { operators } from '../conformance/operators.ts';
import { readResult } from '../conformance/sweep/report.ts';
import { BINS, type Result } from '../conformance/sweep/result.ts';
import { writeWhole } from '../conformance/whole.ts';

const FOLDER = 'docs/proofs';
const number = (n: number): string => n.toLocaleString('en');

const called = ({ plan }: Result): string => {
  const params = Object.entries(plan.params).map(([name, value]) => `${name} = ${value}`);
  return `${plan.op}${params.length > 0 ? ` (${params.join(', ')})` : ''}`;
};
const byName = (a: Result, b: Result): number =>
  called(a).localeCompare(called(b), 'en') || (a.plan.of > b.plan.of ? -1 : 1);

function ours(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { plan, histogram, escalated, hardest, planHash } = result;
    const hard = hardest[0]
      ? `\`${hardest[0].input}\`, ${hardest[0].distance.toExponential(2)} ulp`
      : '–';
    return `| ${called(result)} | ${plan.of} | ${number(histogram.right)} | ${number(escalated)} | ${hard} | \`${planHash}\` |`;
  });
  const inputs = results.reduce((sum, result) => sum + result.inputs, 0);
  const wrong = results.reduce((sum, { inputs, histogram }) => sum + inputs - histogram.right, 0);
  return `${results.length} functions, ${number(inputs)} results, ${wrong} wrong.

| operator | of | right | told by the oracle | hardest input, and its distance from the middle between two floats | plan |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Of a wrong answer. One that is not off by anything is a zero with the other sign. */
const sizeOf = ({ ulps }: { readonly ulps: number }): string =>
  ulps === 0 ? 'the sign of 0' : `${ulps.toPrecision(4)} ulp`;

function others(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { plan, inputs, histogram, largest, anotherKind } = result;
    const share = ((100 * histogram.right) / inputs).toFixed(2);
    const worse = BINS.filter(
      (bin) => !['right', '1', '2', '4', 'another kind'].includes(bin),
    ).reduce((sum, bin) => sum + histogram[bin], 0);
    const most = largest ? `${sizeOf(largest)} at \`${largest.input}\`` : '–';
    const strange = anotherKind
      ? `${number(histogram['another kind'])}, the first at \`${anotherKind}\``
      : '–';
    return `| ${plan.candidate} | ${called(result)} | ${plan.of} | ${plan.format} | ${most} | ${share} % | ${number(worse)} | ${strange} |`;
  });
  return rows.length === 0
    ? 'None was swept.\n'
    : `| implementation | operator | of | format | largest error of all inputs | correctly rounded | inputs beyond 4 ulp | of another kind |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Values in float32: an operator a line, an implementation a column. */
function sideBySide(results: readonly Result[]): string {
  const values = results.filter(({ plan }) => plan.format === 'f32' && plan.of === 'value');
  const columns = [...new Set(values.map(({ plan }) => plan.candidate))].sort();
  const rows = [...new Set(values.map(called))].map((name) => {
    const cells = columns.map((candidate) => {
      const result = values.find((r) => called(r) === name && r.plan.candidate === candidate);
      if (!result) return '';
      const { largest, anotherKind } = result;
      return `${largest ? sizeOf(largest) : '0'}${anotherKind ? ' †' : ''}`;
    });
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  return rows.length === 0
    ? ''
    : `The largest errors of values in float32, of all 2³² inputs. 0: whatever is a number is correctly rounded,
*the sign of 0*: but for that. †: beside it ±∞ or NaN where a number is due, or a number where one of them is.

| operator | ${columns.join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${rows.join('\n')}

`;
}

/** At its defaults; of gelu both. */
function notSwept(results: readonly Result[]): string {
  const swept = new Set(results.map(({ plan: { op, of } }) => `${op} ${of}`));
  const due = [...operators.values()]
    .filter(({ kind }) => kind === 'elementwise')
    .flatMap(({ id }) => ['value', 'derivative'].map((of) => `${id} ${of}`));
  const missing = due.filter((name) => !swept.has(name));
  return missing.length === 0 ? '' : `\nNot swept: ${missing.join(', ')}.\n`;
}

const isOurs = ({ plan }: Result): boolean => plan.candidate.startsWith('fast ');

/** In the order of their names, whatever theirs was. */
export function pageOf(results: readonly Result[]): string {
  const sorted = results.toSorted(byName);
  const theirs = sorted.filter((result) => !isOurs(result));
  return `# Every float32

Written by \`npm run sweeps\` from what the sweeps wrote, in \`docs/proofs\`. Each function was judged at all 2³² inputs;
[how to sweep](sweeping.md) says how to do it again, here or on many machines.

## Ours

${ours(sorted.filter(isOurs))}${notSwept(sorted.filter(isOurs))}
## Others

Not samples: the largest error there is, at an input that has it, and in ulp of its format. In f16 there are 65,536
inputs. *Of another kind* is ±∞ or NaN where something else is due, or a number where one of them is; that has
no error in ulp. They choose their kernels by the CPU: these are of x86-64 with AVX2 and without AVX-512.

${sideBySide(theirs)}${others(theirs)}`;
}

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

/** As a module; exact results do not depend on who was swept. */
export function moduleOf(results: readonly Result[]): string {
  const entries = results
    .filter((result) => isOurs(result) && result.hardest.length > 0)
    .toSorted(byName)
    .map(({ plan, hardest }) => {
      const params = Object.entries(plan.params).map(([name, x]) => `${name}: ${literal(x)}`);
      const inputs = hardest.map(({ input }) => input.slice(2)).join(' ');
      return `  {
    op: '${plan.op}',
    params: ${params.length > 0 ? `{ ${params.join(', ')} }` : '{}'},
    of: '${plan.of}',
    inputs: '${inputs}',
  },`;
    });
  return `/**
 * # Hard inputs, written by \`npm run sweeps\`
 *
 * Of all 2³² inputs of a function those whose exact results come nearest to the middle between two
 * float32, the nearest first, as bits.
 */
export interface HardInputs {
  readonly op: string;
  readonly params: { readonly [name: string]: number | string | boolean };
  readonly of: 'value' | 'derivative';
  readonly inputs: string;
}

export const hardInputs: readonly HardInputs[] = [
${entries.join('\n')}
];
`;
}

async function main(): Promise<void> {
  const results = readdirSync(FOLDER).map((name) =>
    readResult('proofs', name, readFileSync(`${FOLDER}/${name}`, 'utf8')),
  );
  await writeWhole('docs/sweeps.md', pageOf(results));
  await writeWhole('conformance/vectors/hard-inputs.ts', moduleOf(results));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
