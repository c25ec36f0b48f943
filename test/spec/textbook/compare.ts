/** # Comparing the oracle with the textbook: the floats, as MPFR rounds them */
import fc from 'fast-check';
import { expect } from 'vitest';
import { floats } from '../../../properties/floats.ts';
import { type Case, cases } from '../../../properties/inputs.ts';
import { type Format, float64, fromBits, roundNumber, toBits } from '../../../spec/format.ts';
import type { Op } from '../../../spec/op.ts';
import { type Answer, evaluate, gradient, Uncertified } from '../../../spec/oracle/index.ts';
import { tensor } from '../../../spec/tensor.ts';
import { seed } from '../../seed.ts';
import { isExact, mpfr, nearest, nearestTwo, read } from '../mpfr.ts';
import type { Given, Row, Truth } from './book.ts';
import { textbook } from './index.ts';

export interface Tally {
  /** Floats compared. */
  compared: number;
  /** Where MPFR is at a tie and cannot tell what breaks it: either neighbour is accepted. */
  ties: number;
  /** Cases that the oracle refuses to answer. */
  refused: number;
}
export const nothing = (): Tally => ({ compared: 0, ties: 0, refused: 0 });

/** The float nearest to a truth, or the two that it may be. */
export function roundings(
  truth: () => Truth,
  pick: (t: Truth) => Row,
  format: Format,
  bits: number,
) {
  return mpfr(bits, () => {
    const [all, exact] = isExact(() => pick(truth()));
    return all.map((x) => {
      const at = nearest(x, format);
      return exact ? [at, at] : nearestTwo(x, format);
    });
  });
}

/** Zeros are compared without their sign: that of a sum that cancels is noise. */
export const same = (a: number, b: number): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b));

function compare(
  what: string,
  answer: () => Answer,
  truth: () => Truth,
  pick: (t: Truth) => Row,
  format: Format,
  tally: Tally,
): void {
  let cells: Answer['cells'];
  try {
    ({ cells } = answer());
  } catch (reason) {
    if (!(reason instanceof Uncertified)) throw reason;
    tally.refused++;
    return;
  }
  const bits = format === float64 ? 2600 : 500;
  let due = roundings(truth, pick, format, bits);
  if (due.some(([a, b]) => !same(a!, b!))) due = roundings(truth, pick, format, 8 * bits);
  if (due.length !== cells.length)
    throw new Error(`${what}: ${cells.length} elements, not ${due.length}`);
  for (const [i, [a, b]] of due.entries()) {
    const { value } = cells[i]!;
    tally.compared++;
    if (!same(a!, b!)) tally.ties++;
    if (!same(value, a!) && !same(value, b!))
      throw new Error(`${what}: element ${i} is ${value}, MPFR says ${a}`);
  }
}

export const used = (p: Case['settings'], op: Op): Given => ({
  ...Object.fromEntries(Object.entries(op.params).map(([name, param]) => [name, param.default])),
  ...p,
});

export function compareValues(
  op: Op,
  c: Case,
  format: Format,
  tally: Tally,
  book = textbook[op.id]!,
) {
  const { tensors, settings } = c;
  const truth = () => book(tensors, used(settings, op), () => read(1));
  compare(
    op.id,
    () => evaluate(op, tensors, settings, format),
    truth,
    (t) => t.out,
    format,
    tally,
  );
}

export function compareGradients(
  op: Op,
  c: Case,
  format: Format,
  tally: Tally,
  book = textbook[op.id]!,
) {
  const { tensors, settings } = c;
  const { shape, cells } = evaluate(op, tensors, settings, format);
  // Cotangents of both signs; a sixth of them is no power of two, at which a spoilt slope is a tie.
  const cotangent = tensor(
    shape,
    cells.map((_, i) => (i % 2 ? -1.25 : 0.625)),
  );
  const truth = () => book(tensors, used(settings, op), (i) => read(cotangent.data[i] ?? 1));
  const [inputs, isInfinite] = mpfr(500, () => {
    const { out, grad } = truth();
    return [Object.keys(grad), out.some((x) => !x.isFinite() && !x.isNan())];
  });
  // A mean with Σ w = 0 under something is ±∞ and has no derivative.
  if (isInfinite) return;
  for (const wrt of inputs) {
    if (!tensors[wrt]) continue;
    const answer = () => gradient(op, tensors, settings, { wrt, cotangent, format });
    compare(`${op.id} grad:${wrt}`, answer, truth, (t) => t.grad[wrt]!, format, tally);
  }
}

/** Beyond, ln Z · softmax is nearer to a tie of the logit alone than 960 digits tell. */
const REACH: { readonly [id: string]: number } = { 'z-loss': 1000 };

/** Numbers that both sides can take: e^y of a log-target must stay a number. */
export const drawn = (op: Op, format: Format) =>
  cases(op, floats(format), { elements: 4, axis: 3 }, floats()).map((c) => {
    const reach = REACH[op.id];
    if (reach !== undefined) {
      const input = c.tensors.input!;
      const data = Array.from(input.data, (x) => Math.max(-reach, Math.min(reach, x)));
      return { ...c, tensors: { ...c.tensors, input: { ...input, data } } };
    }
    if (c.settings.logTarget !== true) return c;
    const target = c.tensors.target!;
    return {
      ...c,
      tensors: {
        ...c.tensors,
        target: { ...target, data: Array.from(target.data, (y) => Math.min(y, 80)) },
      },
    };
  });

export const check = (
  run: typeof compareValues,
  op: Op,
  format: Format,
  numRuns: number,
  book = textbook[op.id]!,
): Tally => {
  const tally = nothing();
  fc.assert(
    fc.property(drawn(op, format), (c) => run(op, c, format, tally, book)),
    { seed, numRuns },
  );
  return tally;
};

/** Most of them were answered, and at few did MPFR not know the side. */
export function expectMany({ compared, ties, refused }: Tally, cases: number): void {
  expect(compared).toBeGreaterThanOrEqual(cases - refused);
  // Of a few dozen numbers three may be, where half of the drawn probabilities are 0 and 1.
  expect(ties).toBeLessThanOrEqual(Math.max(3, compared / 20));
  expect(refused).toBeLessThanOrEqual(Math.max(1, cases / 50));
}

/** The part of an ulp by which a number misses the midpoint between two floats. */
export function offMidpoint(x: number, format: Format): number {
  const from = Math.abs(roundNumber(x, format));
  const gap = fromBits(toBits(from, format) + 1n, format) - from;
  return Math.abs(Math.abs(Math.abs(x) - from) / gap - 0.5);
}
