/**
 * # Code in float32, as a textbook has it
 *
 * An expression of x, numbers, + − * /, and functions. Every operation is correctly rounded to
 * float32: what is lost is lost by the formula, and a real library may lose more.
 */
import { decimal } from '../../spec/arithmetic/decimal.ts';
import { erfc } from '../../spec/erfc.ts';
import { float32, round } from '../../spec/format.ts';
import { type Real, reading, real } from '../../spec/real.ts';

type Code = (x: number) => number;

const erf = (x: number): number => {
  if (!Number.isFinite(x)) return Math.sign(x);
  const exact = reading(decimal(60), () => real(1).minus(erfc(real(x)))) as Real & { x: never };
  return round(exact.x, float32);
};
const FUNCTIONS: { readonly [name: string]: (...x: number[]) => number } = {
  ...{ exp: Math.exp, log: Math.log, log1p: Math.log1p, expm1: Math.expm1, tanh: Math.tanh },
  ...{ abs: Math.abs, sqrt: Math.sqrt, max: Math.max, min: Math.min, cosh: Math.cosh, erf },
};

/** Throws a SyntaxError for what it cannot read. */
export function float32Code(text: string): Code {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e-?\d+)?|[a-z]\w*|\S/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;
  const need = (token: string): void => {
    if (!take(token)) throw new SyntaxError(`${text}: ${token} is missing before ${tokens[at]}`);
  };
  const sum = (): Code => {
    let left = product();
    for (;;) {
      const [a, isPlus] = [left, take('+')];
      if (!isPlus && !take('-')) return left;
      const b = product();
      left = isPlus ? (x) => Math.fround(a(x) + b(x)) : (x) => Math.fround(a(x) - b(x));
    }
  };
  const product = (): Code => {
    let left = factor();
    for (;;) {
      const [a, isTimes] = [left, take('*')];
      if (!isTimes && !take('/')) return left;
      const b = factor();
      left = isTimes ? (x) => Math.fround(a(x) * b(x)) : (x) => Math.fround(a(x) / b(x));
    }
  };
  const factor = (): Code => {
    if (take('-')) {
      const inner = factor();
      return (x) => -inner(x);
    }
    if (take('(')) {
      const inner = sum();
      need(')');
      return inner;
    }
    const token = tokens[at++] ?? '';
    if (/^\d/.test(token)) return () => Math.fround(Number(token));
    if (token === 'x') return (x) => x;
    return call(token);
  };
  const call = (name: string): Code => {
    const f = FUNCTIONS[name];
    if (!f) throw new SyntaxError(`${text}: there is no ${name}`);
    need('(');
    const args = [sum()];
    while (take(',')) args.push(sum());
    need(')');
    return (x) => Math.fround(f(...args.map((arg) => arg(x))));
  };
  const whole = sum();
  if (at < tokens.length) throw new SyntaxError(`${text}: cannot read ${tokens[at]}`);
  return whole;
}
