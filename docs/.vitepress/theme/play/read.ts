/** # Numbers as people type and paste them */
import { sizeOf } from '../../../../spec/tensor.ts';

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/**
 * A number; a row; rows on lines of their own; or nested brackets, as Python prints lists, arrays and
 * tensors. Throws a TypeError that begins with `where`.
 */
export function readNumbers(where: string, text: string): Numbers {
  const bare = text
    .replaceAll('−', '-')
    .replaceAll('∞', 'inf')
    .replace(/^\s*[a-z.]+\(/i, '')
    .replace(/(?:,\s*\w+=[^)]*)*\)\s*$/, '');
  return bare.includes('[') ? ofBrackets(where, bare) : ofLines(where, bare);
}

function ofLines(where: string, text: string): Numbers {
  const lines = text.split(/[\n;]/).filter((line) => line.trim() !== '');
  const rows = lines.map((line) => {
    const data = wordsIn(line).map((word) => numberOf(where, word));
    return { shape: data.length === 1 ? [] : [data.length], data };
  });
  if (rows.length === 0) throw new TypeError(`${where} holds no number`);
  return rows.length === 1 ? rows[0]! : stacked(where, rows);
}

function ofBrackets(where: string, text: string): Numbers {
  const tokens = text.match(/[[\]]|[^\s,[\]]+/g) ?? [];
  let at = 0;
  const part = (): Numbers => {
    const token = tokens[at++];
    if (token === undefined) throw new TypeError(`${where} lacks a closing bracket`);
    if (token !== '[') return { shape: [], data: [numberOf(where, token)] };
    const parts: Numbers[] = [];
    while (tokens[at] !== ']') parts.push(part());
    at++;
    return stacked(where, parts);
  };
  const whole = part();
  if (at < tokens.length) throw new TypeError(`${where} goes on after its last bracket`);
  return whole;
}

function stacked(where: string, parts: readonly Numbers[]): Numbers {
  const [first] = parts;
  const odd = parts.find(({ shape }) => String(shape) !== String(first!.shape));
  if (odd) throw new TypeError(`${where} is ragged: there is [${first!.shape}] and [${odd.shape}]`);
  return {
    shape: [parts.length, ...(first?.shape ?? [])],
    data: parts.flatMap(({ data }) => data),
  };
}

const wordsIn = (line: string): readonly string[] => line.match(/[^\s,]+/g) ?? [];

function numberOf(where: string, word: string): number {
  if (/^[+-]?inf(?:inity)?$/i.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(word)) return NaN;
  const x = Number(word);
  if (Number.isNaN(x)) throw new TypeError(`${where} holds ${word}, which is no number`);
  return x;
}

/** Which element it is: an index along each axis. */
export function indexOf(shape: readonly number[], at: number): string {
  const place = shape.map((length, i) => Math.floor(at / sizeOf(shape.slice(i + 1))) % length);
  return place.length === 0 ? '' : `[${place.join(', ')}]`;
}
