/** # What the axes, rows, labels and weights of a row operator or a loss reach */
import { bind, flat, type Lengths, positions, seen, viewOf, words } from '../../spec/axes.ts';
import { formsOf, type Input, type Reals } from '../../spec/input.ts';
import type { Loss, Rowwise } from '../../spec/op.ts';
import { isInteger } from '../../spec/tensor.ts';
import { type Case, rangeOf } from '../inputs.ts';
import { movedOf } from '../simplify.ts';
import { sizesWithin, sizing } from './sizes.ts';

type RowOp = Rowwise | Loss;

export const NO_TERMS = 'no terms';
export const ONE_TERM = 'one term';
export const SEVERAL_TERMS = 'several terms';
export const TIES = 'ties for the largest of a row';
export const SATURATED = 'a row with a gap > 104';
export const IGNORED = ['none ignored', 'some ignored', 'all ignored'] as const;

export function rowsReached(op: RowOp, asked: Case): readonly string[] {
  const { lengths } = bind(op.id, op.inputs, asked.tensors, movedOf(asked));
  return [
    ...[...lengths].flatMap(([word, found]) => lengthReached(word, found)),
    termsReached(words(op.over).flatMap((word) => lengths.get(word) ?? [])),
    ...rowsOf(op, asked, lengths).flatMap(rowReached),
    ...ignoredReached(asked),
    ...Object.entries(op.inputs).flatMap(([name, input]) => numbersReached(name, input, asked)),
  ];
}

// Axes -------------------------------------------------------------------------------------------

function lengthReached(word: string, found: readonly number[]): readonly string[] {
  if (word === '*') return [further(found.length)];
  const name = word.replace('?', '');
  if (found.length === 0) return [`without ${name}`];
  return [found[0]! > 2 ? `${name} > 2` : `${name} = ${found[0]}`];
}
const further = (count: number): string => `* of ${count} axes`;

function termsReached(shape: readonly number[]): string {
  const count = shape.reduce((a, b) => a * b, 1);
  return count === 0 ? NO_TERMS : count === 1 ? ONE_TERM : SEVERAL_TERMS;
}

/** One, two and many along every axis; axes that may be missing with and without. */
export const lengthsDue = (op: RowOp): readonly string[] =>
  [...new Set(allForms(op).flatMap((form) => words(form.axes)))]
    .filter((word) => !word.startsWith('2'))
    .flatMap((word) => {
      if (word === '*') return [0, 1, 2].map(further);
      const name = word.replace('?', '');
      const some = [`${name} = 1`, `${name} = 2`, `${name} > 2`];
      return word.endsWith('?') ? [`without ${name}`, ...some] : some;
    });

const allForms = ({ inputs }: RowOp) => Object.values(inputs).flatMap(formsOf);

// Rows -------------------------------------------------------------------------------------------

/** The vectors of the first input that the formula sees, if it sees vectors. */
function rowsOf(op: RowOp, asked: Case, lengths: Lengths): readonly (readonly number[])[] {
  if (!hasRows(op)) return [];
  const [name] = Object.keys(op.inputs) as [string];
  const { shape, data } = asked.tensors[name]!;
  const { axes } = formsOf(op.inputs[name]!)[0]!;
  const placesAt = seen(axes, op.over, lengths, viewOf(shape, movedOf(asked)));
  return positions(op.over, lengths).map((position) =>
    flat(placesAt(position)).map((place) => data[place]!),
  );
}

export const hasRows = ({ inputs, over }: RowOp): boolean =>
  words(formsOf(Object.values(inputs)[0]!)[0]!.axes).some((word) => !words(over).includes(word));

/** e^−104 is less than half of the smallest float32. */
const GONE = 104;

function rowReached(row: readonly number[]): readonly string[] {
  const finite = row.filter(Number.isFinite);
  if (finite.length < 2) return [];
  const most = Math.max(...finite);
  const isTie = finite.filter((x) => x === most).length > 1;
  const isWide = most - Math.min(...finite) > GONE;
  return [...(isTie ? [TIES] : []), ...(isWide ? [SATURATED] : [])];
}

/** Whether rows may have such a gap at all. */
export function mayBeWide({ inputs }: RowOp): boolean {
  const [min, max] = rangeOf(formsOf(Object.values(inputs)[0]!)[0] as Reals);
  return max - min > GONE;
}

// Labels, weights and numbers --------------------------------------------------------------------

function ignoredReached({ tensors, settings }: Case): readonly string[] {
  const { target } = tensors;
  if (settings.ignoreIndex === undefined || !target || !isInteger(target.dtype)) return [];
  const labels = Array.from(target.data);
  const ignored = labels.filter((y) => y === settings.ignoreIndex).length;
  if (labels.length === 0) return [];
  return [IGNORED[ignored === 0 ? 0 : ignored < labels.length ? 1 : 2]];
}

/** What terms are multiplied by. */
export const isWeight = (input: Input): boolean =>
  input.of === 'reals' && input.absent === 1 && input.differentiable === false;

const someZero = (name: string): string => `some ${name} 0`;
const allZero = (name: string): string => `every ${name} 0`;
export const zerosDue = (name: string): readonly string[] => [someZero(name), allZero(name)];

function numbersReached(name: string, input: Input, { tensors }: Case): readonly string[] {
  const t = tensors[name];
  if (!t || isInteger(t.dtype)) return [];
  const data = Array.from(t.data);
  if (!isWeight(input)) return formed(input) ? [...new Set(data.map(sizing(name)))] : [];
  const zeros = data.filter((x) => x === 0).length;
  if (zeros === 0) return [];
  return [zeros < data.length ? someZero(name) : allZero(name)];
}

/** As real numbers with a gradient. */
const formed = (input: Input): Reals | undefined =>
  formsOf(input).find((form): form is Reals => form.of === 'reals' && form.differentiable === true);

/** Of an input that is meant to hold labels, other numbers are legal but no region. */
const free = (input: Input): Reals | undefined => {
  const form = formed(input);
  return form?.labels ? undefined : form;
};

/** How large the numbers of every input with a gradient must have been, where it may be so large. */
export const sizesDue = ({ inputs }: RowOp): readonly string[] =>
  Object.entries(inputs).flatMap(([name, input]) => {
    const form = free(input);
    return form ? sizesWithin(name, rangeOf(form)) : [];
  });

/** ±∞, NaN and −0 in every such input, where they are legal. */
export const specialsDue = ({ inputs }: RowOp): readonly string[] =>
  Object.entries(inputs).flatMap(([name, input]) => {
    const form = free(input);
    if (!form) return [];
    const [min, max] = rangeOf(form);
    const legal = [-Infinity, Infinity].filter((x) => x === min || x === max);
    const zero = min <= 0 && max >= 0 ? [-0] : [];
    return [...legal, ...(legal.length === 2 ? [NaN] : []), ...zero].map(sizing(name));
  });
