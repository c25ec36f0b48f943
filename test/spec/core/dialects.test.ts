/** Differences put before a definition: heard where they speak, and only there. */
import { describe, expect, test } from 'vitest';
import { floats } from '../../../spec/arithmetic/float-ends.ts';
import type { Interval } from '../../../spec/arithmetic/interval.ts';
import { differencesOf, inDialect, speaksOf } from '../../../spec/dialect.ts';
import { mseLoss, relu, softmax } from '../../../spec/index.ts';
import type { Difference, Elementwise, Loss, Op, Rowwise } from '../../../spec/op.ts';
import { type Exact, type Real, reading, real } from '../../../spec/real.ts';

const difference = (formula: object): Difference => ({
  ...{ where: 'here', witness: { in: {}, spec: 0, theirs: 1 }, formula },
});
const inJax = <T>(op: object, answered: 'out' | `grad:${string}`, ...formulas: readonly object[]) =>
  inDialect(op as Op, { framework: 'jax' }, answered, formulas.map(difference)) as unknown as T;
const numbers = (f: () => readonly Exact[]): readonly number[] =>
  reading(floats, () => f().map((x) => (real(x) as Interval<number>).lo));

describe('which differences', () => {
  test('none where a framework has no entry, or one without any', () => {
    const op = { ...relu, dialects: { onnx: { name: 'Relu' } } } as unknown as Op;
    expect(differencesOf(op, { framework: 'jax' })).toEqual([]);
    expect(differencesOf(op, { framework: 'onnx' })).toEqual([]);
  });
  test('speak of what their formula is of', () => {
    const of = (formula: object, answered: 'out' | 'grad:input') =>
      speaksOf(difference(formula), answered);
    expect(of({ derivative: { input: () => [] } }, 'grad:input')).toBe(true);
    expect(of({ derivative: { input: () => [] } }, 'out')).toBe(false);
    expect(of({ derivative: { target: () => [] } }, 'grad:input')).toBe(false);
    expect(of({ f: () => 1 }, 'out')).toBe(true);
    expect(of({ f: () => 1 }, 'grad:input')).toBe(false);
  });
  test('where none speaks it is the definition itself', () => {
    expect(inJax(relu, 'out')).toBe(relu);
    expect(inJax(relu, 'out', { df: () => 1 })).toBe(relu);
  });
  test('a gradient is stated, and a value is not', () => {
    expect(inJax<Op>(relu, 'grad:input', { df: () => 1 }).stated).toEqual(['input']);
    expect(inJax<Op>(relu, 'out', { f: () => 1 }).stated).toBe(undefined);
  });
});

describe('elementwise', () => {
  test('the slope at a kink is theirs, or else ours', () => {
    const kinks = (df: () => Exact | undefined) => {
      const op = inJax<Elementwise>(relu, 'grad:input', { df });
      return reading(floats, () => op.kinks({}).map(({ at, torch }) => [at, torch]));
    };
    expect(kinks(() => 0.25)).toEqual([[0, 0.25]]);
    expect(kinks(() => undefined)).toEqual([[0, 0]]);
  });
  test('an edge of which they say nothing is ours', () => {
    const op = inJax<Elementwise>(relu, 'out', {
      edges: () => ({ posInf: undefined, negInf: 7 }),
    });
    const { posInf, negInf } = reading(floats, () => op.edges({}));
    expect(numbers(() => [posInf, negInf])).toEqual([Infinity, 7]);
  });
});

/** A definition that may not be asked. */
const silent = (): never => {
  throw new Error('asked without need');
};

describe('rows', () => {
  const ours = (x: { readonly input: readonly Real[] }) => x.input;
  const op = { ...softmax, f: ours, addends: (x: never) => ours(x).map((y) => [y, y]) };
  const row = (): never => ({ input: [real(1), real(2)] }) as never;
  const merged = (f: () => readonly (Exact | undefined)[], base: object = op) =>
    inJax<Rowwise>(base, 'out', { f });
  test('number for number, theirs or ours', () => {
    const { f } = merged(() => [undefined, 9]);
    expect(numbers(() => f(row(), {}))).toEqual([1, 9]);
  });
  test('the definition is asked only where they say nothing', () => {
    const { f } = merged(() => [8, 9], { ...op, f: silent });
    expect(numbers(() => f(row(), {}))).toEqual([8, 9]);
    const some = merged(() => [8, undefined], { ...op, f: silent });
    expect(() => numbers(() => some.f(row(), {}))).toThrow('without need');
  });
  test('what they say is one addend', () => {
    const { addends } = merged(() => [undefined, 9]);
    expect(reading(floats, () => addends(row(), {}).map((all) => numbers(() => all)))).toEqual([
      [1, 1],
      [9],
    ]);
  });
  test('of gradients they do not touch the values', () => {
    const { f, addends } = inJax<Rowwise>(op, 'grad:input', { derivative: { input: () => [] } });
    expect(numbers(() => f(row(), {}))).toEqual([1, 2]);
    expect(numbers(() => addends(row(), {})[1]!)).toEqual([2, 2]);
  });
});

describe('terms', () => {
  const derivative = { input: () => [[real(1)]], target: () => [[real(2)]] };
  const op = {
    ...{ ...mseLoss, derivative, addends: () => [real(3), real(4)] },
    term: () => ({ value: real(7), weight: real(1) }),
  };
  test('a slope in another input is ours', () => {
    const theirs = inJax<Loss>(op, 'grad:input', { derivative: { input: () => [[real(5)]] } });
    const of = (input: string) =>
      numbers(() => theirs.derivative[input]!({} as never, {} as never)[0]!);
    expect(of('input')).toEqual([5]);
    expect(of('target')).toEqual([2]);
  });
  test('the addends of a value of theirs are that value', () => {
    const said = (term: () => Exact | undefined) => {
      const theirs = inJax<Loss>(op, 'out', { term });
      const settings = {} as never;
      return numbers(() => [
        theirs.term({} as never, settings).value,
        ...theirs.addends({} as never, settings),
      ]);
    };
    expect(said(() => 6)).toEqual([6, 6]);
    expect(said(() => undefined)).toEqual([7, 3, 4]);
  });
});
