/**
 * # What is listed against ONNX Runtime is confirmed by somebody else than our oracle
 *
 * Of every entry of the baseline that is about numbers, either a float64 graph, which has nothing to
 * do with our formulas, gives what the reference gives of the witness, or the definition lists the
 * witness where it says in what ONNX differs. And the witness still fails.
 */
import { expect, test } from 'vitest';
import { onnxruntime } from '../conformance/adapters/onnxruntime.ts';
import { type Entry, standing } from '../conformance/baseline.ts';
import { findOperator } from '../conformance/operators.ts';
import { decodeRequest } from '../conformance/wire/codec.ts';
import { settle } from '../spec/param.ts';
import { type Answer, reference } from './answers.ts';
import type { Case } from './case.ts';
import { storedBaseline } from './explained.ts';
import { hasFloat64, testify } from './witness.ts';

const { entries } = await storedBaseline();
const hello = await onnxruntime.hello();

const caseOf = (entry: Entry): Case => {
  const { op, params, in: given } = decodeRequest(entry.witness);
  return { op, params, in: given };
};
const checks = entries.map(({ check }) => check);
const lawOf = ({ check }: Entry): string => check.split('/')[1]!;

/** Laws that are about refusals, or about bits that differ from each other. */
const WITHOUT_NUMBERS = ['errors', 'empty', 'batch', 'deterministic'];
const numeric = entries.filter((entry) => !WITHOUT_NUMBERS.includes(lawOf(entry)));
/** NaN and ±∞ come out of formulas in float64 as they do in float32. */
const AT_INFINITY = ['edges', 'special rows'];
const finite = numeric.filter((entry) => !AT_INFINITY.includes(lawOf(entry)));
const infinite = numeric.filter((entry) => AT_INFINITY.includes(lawOf(entry)));

/** Far more than a float64 graph is off by, far less than a float32 ulp. */
const CLOSE = 1e-9;

/** Its logarithms are sums of numbers of everyday size, in float64 good to about 1e-15. */
const ADDED = ['log-softmax', 'log-sum-exp', 'cross-entropy'];

async function contradicted(entry: Entry, by: Answer): Promise<boolean> {
  const of = caseOf(entry);
  expect(hasFloat64(of), 'this needs a composed graph in golden/graphs').toBe(true);
  const witnesses = await testify([of]);
  const { data } = witnesses.find(({ precision }) => precision === 'float64')!.answer;
  const { values } = await by(of, 'float64');
  expect(values.length).toBe(data.length);
  const least = ADDED.includes(of.op) ? 2 ** -49 : 0;
  return !values.every((x, i) => Math.abs(x - Number(data[i])) <= least + CLOSE * Math.abs(x));
}

/** A witness of a definition is one number for every input, or one row. */
const numbersOf = (value: unknown): readonly number[] =>
  [value].flat(Number.POSITIVE_INFINITY) as number[];
const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

/** Whether the definition says that ONNX differs here. */
function isSaid({ op: id, params, in: given }: Case): boolean {
  const op = findOperator(id);
  return (op.dialects.onnx?.differs ?? []).some(({ witness }) => {
    const settings = settle(op, (witness.params ?? {}) as never) as Case['params'];
    const names = Object.keys(params).filter((name) => name !== 'reduction');
    return (
      names.every((name) => Object.is(settings[name], params[name])) &&
      Object.entries(given).every(([name, { data }]) =>
        sameNumbers(
          numbersOf(witness.in[name as never]),
          Array.from<number | bigint, number>(data, Number),
        ),
      )
    );
  });
}

test('there are entries of every kind', () => {
  expect(finite.length).toBeGreaterThan(50);
  expect(infinite.length).toBeGreaterThan(10);
});

test('a reference that is off by a millionth is contradicted', async () => {
  const off: Answer = async (of, precision) => {
    const { shape, values } = await reference(of, precision);
    return { shape, values: values.map((x) => x * (1 + 1e-6)) };
  };
  const sizes = entries.filter(({ check }) => check.endsWith('/value/size'));
  expect(sizes.length).toBeGreaterThan(10);
  for (const entry of sizes) expect(await contradicted(entry, off), entry.check).toBe(true);
});

test('the definition says nothing of other witnesses', () => {
  for (const entry of finite.filter(({ check }) => !check.startsWith('leaky-relu')))
    expect(isSaid(caseOf(entry)), entry.check).toBe(false);
});

const named = (some: readonly Entry[]) => some.map((entry) => [entry.check, entry] as const);

test.each(named(entries))('%s still fails', async (_, entry) => {
  const found = await standing(entry, onnxruntime, hello, { seed: 1, minGrade: 'C' });
  expect(['fails as listed', 'passes elsewhere']).toContain(found);
});

test.each(named(finite))('%s: a float64 graph confirms the reference', async (_, entry) => {
  expect(await contradicted(entry, reference)).toBe(false);
});

test.each(named(infinite))('%s: the definition says that ONNX differs', (_, entry) => {
  expect(isSaid(caseOf(entry))).toBe(true);
});

test('reasons refer to entries that exist', () => {
  const others = entries.flatMap(({ reason }) =>
    [...reason.matchAll(/\(see ([^)]+)\)/g)].map(([, other]) => other!),
  );
  expect(others.filter((other) => !checks.includes(other))).toEqual([]);
});
