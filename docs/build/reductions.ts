/**
 * # What a mean divides by
 *
 * The definition is asked: for a few small cases, with weights and without, with samples to ignore
 * and without. The one among a few descriptions that gives its divisor in all of them is the one.
 */
import { divisorOf } from '../../properties/subject.ts';
import { formsOf } from '../../spec/input.ts';
import { lift } from '../../spec/lift.ts';
import type { Loss, Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { sizeOf, type Tensors } from '../../spec/tensor.ts';
import type { Words } from '../words/en.ts';
import { example, type Size, two } from './example.ts';
import { code, paragraphs, table } from './markdown.ts';

type Name = keyof Words['denominators'];
interface Asked {
  readonly tensors: Tensors;
  readonly settings: { readonly [name: string]: number | string | boolean };
}

/** Two axes, so that the first of them is not all. */
const SIZE: Size = { ...two, whole: [2, 3] };

const DIVISORS: { readonly [name in Name]: (a: Asked, op: Op) => number | undefined } = {
  terms: ({ tensors, settings }, op) =>
    sizeOf(lift(op, tensors, { ...settings, reduction: 'none' }).shape),
  counted: ({ tensors: { target }, settings }) =>
    target && Array.from(target.data).filter((y) => y !== settings.ignoreIndex).length,
  targetWeights: ({ tensors: { target, weight }, settings }) =>
    target &&
    Array.from(target.data)
      .filter((y) => y !== settings.ignoreIndex)
      .reduce((sum, y) => sum + (weight ? weight.data[y]! : 1), 0),
  elementWeights: ({ tensors: { input, weight } }) =>
    weight ? Array.from(weight.data).reduce((a, b) => a + b, 0) : input?.data.length,
  firstAxis: ({ tensors }) => Object.values(tensors)[0]!.shape[0],
  elements: ({ tensors }) => Object.values(tensors)[0]!.data.length,
};

/** Which of the descriptions it is. Throws where none is. */
export function divisorName(op: Loss, reduction: string, reals: boolean): Name {
  const cases = casesOf(op, reduction, reals);
  const due = cases.map((asked) => divisorOf(op, asked));
  const found = (Object.keys(DIVISORS) as Name[]).find((name) =>
    cases.every((asked, i) => DIVISORS[name](asked, op) === due[i]),
  );
  if (!found) throw new Error(`${op.id}: ${reduction} divides by ${due.join(', ')}`);
  return found;
}

function casesOf(op: Op, reduction: string, reals: boolean): readonly Asked[] {
  const settings = { ...settle(op), reduction } as Asked['settings'];
  const asked = [false, true].map((all) => ({
    settings,
    tensors: example(op, SIZE, { reals, all }),
  }));
  return 'ignoreIndex' in op.params && !reals ? [...asked, ...asked.map(ignoringOne)] : asked;
}

const ignoringOne = ({ tensors, settings }: Asked): Asked => {
  const target = tensors.target!;
  const data = Array.from(target.data, (y, i) => (i === 0 ? Number(settings.ignoreIndex) : y));
  return { settings, tensors: { ...tensors, target: { ...target, data } } };
};

export function reductions(op: Loss, w: Words): string {
  const { reduction } = op.params;
  const names = reduction?.kind === 'choice' ? reduction.values : [];
  const forms = op.inputs.target ? formsOf(op.inputs.target) : [];
  const rows = names.map((name) => [code(name), described(op, name, forms.length > 1, w)]);
  return paragraphs(table([w.reduction, w.isDivided], rows), w.measuredFor);
}

function described(op: Loss, name: string, isEither: boolean, w: Words): string {
  if (name === 'none') return w.notSummed;
  if (name === 'sum') return w.nothing;
  const by = (reals: boolean) => w.denominators[divisorName(op, name, reals)];
  const share = name === 'mean' && hasParts(op) ? `; ${w.share}` : '';
  if (!isEither) return by(false) + share;
  return `${w.ofClasses}: ${by(false)}<br>${w.ofDistributions}: ${by(true)}`;
}

/** Whether the sum of the terms over the divisor is not the mean. */
const hasParts = (op: Loss): boolean => /\bparts\b/.test(String(op.term));
