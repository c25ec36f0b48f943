/**
 * # A kernel read as JavaScript
 *
 * The source is a list of `const`s, one per subexpression, so V8 compiles it like hand-written
 * code.
 */
import { compile, type Origin } from './compile.ts';
import { code, type Expression, localsOf } from './expression.ts';
import type { Kernel, Numbers } from './kernel.ts';
import { indexOf, strideOf } from './local.ts';

/** 1.5·2⁵²: adding and subtracting it rounds to an integer. */
export const TO_INTEGER = 6755399441055744;

const patterns: Partial<Record<Expression['kind'], (...of: string[]) => string>> = {
  plus: (a, b) => `${a} + ${b}`,
  minus: (a, b) => `${a} - ${b}`,
  times: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
  sqrt: (a) => `Math.sqrt(${a})`,
  negate: (a) => `-${a}`,
  abs: (a) => `Math.abs(${a})`,
  min: (a, b) => `${b} < ${a} ? ${b} : ${a}`,
  max: (a, b) => `${a} < ${b} ? ${b} : ${a}`,
  less: (a, b, yes, no) => `${a} < ${b} ? ${yes} : ${no}`,
  nearest: (a) => `${a} + ${TO_INTEGER} - ${TO_INTEGER}`,
  scaled: (p, k) => `${p} * powers[${k} + 1023]`,
  twoTo256ths: (k) => `twoTo256ths(${k})`,
  exponent: (a) => `exponent(${a})`,
  mantissa: (a) => `mantissa(${a})`,
  withSignOf: (a, b) => `withSignOf(${a}, ${b})`,
};

/** Where values are that are not computed, and where those go that are kept. */
export interface Places {
  readonly read: (e: Expression) => string | undefined;
  readonly keep: (e: Expression) => string;
}
const nowhere: Places = {
  read: () => undefined,
  keep(e) {
    throw new TypeError(`${e.kind} has no place to be kept`);
  },
};

/** Gives names to values; the same name is never given twice. */
export type Namer = () => string;
export function namer(): Namer {
  let count = 0;
  return () => `t${count++}`;
}

/** The statements that compute `roots`, and their values after them. `names` has what is known. */
export function statements(
  roots: readonly Expression[],
  names: ReadonlyMap<Expression, string>,
  fresh: Namer,
  places: Places = nowhere,
): { readonly lines: readonly string[]; readonly values: readonly string[] } {
  const lines: string[] = [];
  const known = new Map(names);
  const name = (expression: Expression): string => {
    const e = code(expression);
    if (e.kind === 'constant') return Object.is(e.value, -0) ? '(-0)' : `(${e.value})`;
    const found = known.get(e);
    if (found) return found;
    const line = places.read(e) ?? operation(e, places, name);
    const own = fresh();
    lines.push(`const ${own} = ${line};`);
    known.set(e, own);
    return own;
  };
  const values = roots.map(name);
  return { lines, values };
}

function operation(e: Expression, { keep }: Places, name: (e: Expression) => string): string {
  if (e.kind === 'kept') return `${keep(e)} = ${name(e.of[0]!)}`;
  if (e.kind === 'coefficient') return tabulated(e, name(e.of[0]!));
  const pattern = patterns[e.kind];
  if (!pattern) throw new TypeError(`${e.kind} has no JavaScript reading`);
  return pattern(...e.of.map(name));
}

const tableName = ({ around, degree }: Expression): string => `${around!.name}${degree}`;

function tabulated(e: Expression, k: string): string {
  const first = indexOf(e.around!, e.degree, 0, e.power);
  return `${tableName(e)}[${k} * ${strideOf(e.degree)} + ${first}]`;
}

/** Statements that fetch the tables that formulas use. */
function fetches(roots: readonly Expression[]): string {
  const tables = new Map(localsOf(roots).map((e) => [tableName(e), e]));
  const fetch = ([own, e]: [string, Expression]) =>
    `const ${own} = table('${e.around!.name}', ${e.degree});\n`;
  return [...tables].map(fetch).join('');
}

export function numberSource(root: Expression, x: Expression): string {
  const { lines, values } = statements([root], new Map([[x, 'x']]), namer());
  return `${fetches([root])}return (x) => {\n${lines.join('\n')}\nreturn ${values[0]};\n};`;
}

/** A function of the input `x`; undefined where none can be had. */
export const numberFunction = (
  root: Expression,
  x: Expression,
  origin?: Origin,
): ((x: number) => number) | undefined => compile(numberSource(root, x), origin);

/** The value; what its error is relative to goes to `scale`, if it is not the value itself. */
export type Reader = (x: number, scale: Float64Array) => number;

/** The precise formula of a kernel, as a function of its parameters if there are any. */
export function kernelSource({ x, parameters, precise, scale }: Kernel): string {
  const inputs = parameters.map((parameter, i) => [parameter, `p${i}`] as const);
  const roots = scale ? [precise, scale.precise] : [precise];
  const { lines, values } = statements(roots, new Map([[x, 'x'], ...inputs]), namer());
  const given = inputs.length > 0 ? `(${inputs.map(([, name]) => name).join(', ')}) => ` : '';
  const [value, size] = values;
  const body = [...lines, ...(scale ? [`scale[0] = ${size};`] : []), `return ${value};`];
  return `${fetches(roots)}return ${given}(x${scale ? ', scale' : ''}) => {\n${body.join('\n')}\n};`;
}

/** Reads the precise formula; undefined where no function can be had. */
export function kernelFunction(
  kernel: Kernel,
  origin?: Origin,
): ((numbers: Numbers) => Reader) | undefined {
  type Built = Reader & ((...numbers: Numbers) => Reader);
  const built = compile<Built>(kernelSource(kernel), origin);
  return built && ((numbers) => (kernel.parameters.length > 0 ? built(...numbers) : built));
}
