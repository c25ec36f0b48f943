/**
 * # A kernel read as JavaScript
 *
 * The source is a list of `const`s, one per subexpression, so V8 compiles it like hand-written
 * code.
 */
import { code, type Expression } from './expression.ts';
import { twoTo256th } from './table.ts';

/** 1.5·2⁵²: adding and subtracting it rounds to an integer. */
export const TO_INTEGER = 6755399441055744;

/** 2ᵏ at index k + 1023, for −1023 < k < 1024. */
const powers = new Float64Array(2048);
for (let i = 1023, p = 1; i < 2047; i++, p *= 2) powers[i] = p;
for (let i = 1023, p = 1; i > 0; i--, p /= 2) powers[i] = p;

const float = new Float64Array(1);
/** Little-endian: the sign and the exponent are in the second word. */
const word = new Uint32Array(float.buffer);

const runtime = {
  powers,
  twoTo256ths: (k: number) => twoTo256th[k & 255]! * powers[(k >> 8) + 1023]!,
  exponent(x: number) {
    float[0] = x;
    return (word[1]! >>> 20) - 1023;
  },
  mantissa(x: number) {
    float[0] = x;
    word[1] = (word[1]! & 0xfffff) | 0x3ff00000;
    return float[0];
  },
  withSignOf: (x: number, y: number) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

const patterns: Partial<Record<Expression['kind'], (...of: string[]) => string>> = {
  plus: (a, b) => `${a} + ${b}`,
  minus: (a, b) => `${a} - ${b}`,
  times: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
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

/** A function of the input `x`. */
export function numberFunction(root: Expression, x: Expression): (x: number) => number {
  const lines: string[] = [];
  const names = new Map<Expression, string>([[x, 'x']]);
  const name = (expression: Expression): string => {
    const e = code(expression);
    if (e.kind === 'constant') return Object.is(e.value, -0) ? '(-0)' : `(${e.value})`;
    const known = names.get(e);
    if (known) return known;
    const pattern = patterns[e.kind];
    if (!pattern) throw new TypeError(`${e.kind} has no JavaScript reading`);
    const line = pattern(...e.of.map(name));
    const fresh = `t${names.size}`;
    lines.push(`const ${fresh} = ${line};`);
    names.set(e, fresh);
    return fresh;
  };
  const result = name(root);
  const body = `return (x) => { ${lines.join('\n')}\nreturn ${result}; }`;
  return Function(...Object.keys(runtime), body)(...Object.values(runtime));
}
