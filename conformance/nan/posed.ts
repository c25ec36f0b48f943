/** # A question as a page or a command poses it: lists of numbers */
import type { Tensor, Tensors } from '../../spec/tensor.ts';
import { FORMATS, type FormatName } from '../formats.ts';
import type { Question } from './report.ts';
import type { Settings } from './textbook.ts';
import { textbooks } from './textbooks.ts';

type Nested = number | readonly Nested[];

export interface Posed {
  /** Lists as they are pasted; a target of whole numbers holds classes. */
  readonly batch: { readonly [name: string]: Nested };
  readonly textbook: string;
  readonly format?: FormatName;
  readonly settings?: Settings;
}

export function questionOf({
  batch,
  textbook: id,
  format = 'f32',
  settings = {},
}: Posed): Question {
  const textbook = textbooks.find((one) => one.id === id);
  if (!textbook) throw new TypeError(`there is no textbook ${id}`);
  const tensors: Tensors = Object.fromEntries(
    Object.entries(batch).map(([name, nested]) => [name, tensorOf(name, nested)]),
  );
  return { textbook, batch: tensors, format: FORMATS[format], settings };
}

function tensorOf(name: string, nested: Nested): Tensor {
  const shape: number[] = [];
  for (let part = nested; typeof part !== 'number'; part = part[0] ?? 0) shape.push(part.length);
  const data = numbersIn(nested);
  const isWhole = name === 'target' && data.every(Number.isInteger);
  return { dtype: isWhole ? 'i64' : 'f32', shape, data };
}

const numbersIn = (nested: Nested): readonly number[] =>
  typeof nested === 'number' ? [nested] : nested.flatMap(numbersIn);

/** The command that asks it, in a shell. */
export function commandOf({ batch, textbook, format, settings = {} }: Posed): readonly string[] {
  const tensors = Object.entries(batch).flatMap(([name, nested]) => {
    const json = written(nested);
    return name === 'input' || name === 'target'
      ? [`--${name}`, json]
      : ['--tensor', `${name}=${json}`];
  });
  const sets = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  return ['nan', ...tensors, '--as', textbook, ...(format ? ['--format', format] : []), ...sets];
}

const written = (nested: Nested): string =>
  typeof nested === 'number' ? String(nested) : `[${nested.map(written).join(', ')}]`;
