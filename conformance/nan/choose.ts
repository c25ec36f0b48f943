/** # Which textbook is meant: what was said, and the rest guessed */
import type { Tensors } from '../../spec/tensor.ts';
import { nearest } from '../operators.ts';
import { guess } from './guess.ts';
import type { Textbook } from './textbook.ts';
import { textbooks } from './textbooks.ts';

export interface Said {
  readonly op?: string | undefined;
  readonly from?: string | undefined;
  readonly as?: string | undefined;
}
export interface Chosen {
  readonly textbook: Textbook;
  /** How it was guessed; absent where nothing was. */
  readonly why?: string;
}

/** Names that are shorter than ours. */
const SHORT: { readonly [name: string]: string } = {
  bce: 'binary-cross-entropy',
  bcewithlogits: 'binary-cross-entropy-with-logits',
  ce: 'cross-entropy',
  sce: 'symmetric-cross-entropy',
  focal: 'sigmoid-focal-loss',
  nll: 'nll-loss',
  kl: 'kl-div',
};
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/loss$/, '');
const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** Throws a TypeError that says what there is. */
export function choose(batch: Tensors, { op, from, as }: Said): Chosen {
  const named = as === undefined ? textbooks : [textbookNamed(as)];
  const ofOp = op === undefined ? named : only(named, 'op', opNamed(op));
  const some = from === undefined ? ofOp : only(ofOp, 'from', from);
  const kinds = unique(some.map((textbook) => `${textbook.op} of ${textbook.from}`));
  if (kinds.length === 1) return { textbook: some[0]! };
  const guessed = guess(batch);
  const best = guessed && fitting(some, guessed.op, guessed.from);
  if (best) return { textbook: best, why: guessed.why };
  if (op !== undefined) return { textbook: some[0]!, why: 'that is most usual' };
  const shapes = Object.entries(batch).map(([name, t]) => `${name} ${t!.dtype} [${t!.shape}]`);
  throw new TypeError(
    `no loss fits ${shapes.join(', ')}; say --op: ${unique(some.map((book) => book.op)).join(', ')}`,
  );
}

/** Both alike, or where the operator was said and is another one, what the batch holds. */
const fitting = (some: readonly Textbook[], op: string, from: string): Textbook | undefined =>
  some.find((textbook) => textbook.op === op && textbook.from === from) ??
  (unique(some.map((textbook) => textbook.op)).length === 1
    ? some.find((textbook) => textbook.from === from)
    : undefined);

function textbookNamed(id: string): Textbook {
  const found = textbooks.find((textbook) => textbook.id === id);
  if (found) return found;
  throw new TypeError(`--as is ${id}; there is ${textbooks.map((book) => book.id).join(', ')}`);
}

function opNamed(name: string): string {
  const known = unique(textbooks.map(({ op }) => op));
  const found = SHORT[plain(name)] ?? known.find((op) => plain(op) === plain(name));
  if (found) return found;
  const near = nearest(name, known);
  const hint = near ? `did you mean ${near}?` : `there is ${known.join(', ')}`;
  throw new TypeError(`--op is ${name}, of which no textbook is known; ${hint}`);
}

function only(some: readonly Textbook[], field: 'op' | 'from', value: string) {
  const found = some.filter((textbook) => textbook[field] === value);
  if (found.length > 0) return found;
  const known = unique(some.map((textbook) => textbook[field])).join(', ');
  throw new TypeError(`--${field} is ${value} but should be one of ${known}`);
}
