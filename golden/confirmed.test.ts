/**
 * # What is listed against ONNX Runtime is confirmed by somebody else than our oracle
 *
 * Of every entry of the baseline that is about numbers, a float64 graph, which has nothing to do with
 * our formulas, gives what the reference gives of the witness. And the witness still fails. What
 * definitions say of ONNX's dialect is no entry: ONNX Runtime answers that to its witness.
 */
import { expect, test } from 'vitest';
import { onnxruntime } from '../conformance/adapters/onnxruntime.ts';
import { type Entry, standing } from '../conformance/baseline.ts';
import { findOperator, operators } from '../conformance/operators.ts';
import { decodeRequest } from '../conformance/wire/codec.ts';
import { questionOf } from '../properties/dialect.ts';
import { toTensor } from '../properties/payload.ts';
import { requestOf } from '../properties/subject.ts';
import { differencesOf } from '../spec/dialect.ts';
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
/** NaN comes out of formulas in float64 as it does in float32. */
const isAtNan = (entry: Entry): boolean => lawOf(entry) === 'special rows';
const numeric = entries.filter((entry) => !WITHOUT_NUMBERS.includes(lawOf(entry)));
const atNan = numeric.filter(isAtNan);
const finite = numeric.filter((entry) => !isAtNan(entry));

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

/** What the definitions say of ONNX, asked of ONNX Runtime: differences are no entries. */
const differences = [...operators.values()].flatMap((op) =>
  hello.ops[op.id]
    ? differencesOf(op, { framework: 'onnx' }).map((d) => [`${op.id}: ${d.where}`, op, d] as const)
    : [],
);

test('there are entries and differences', () => {
  expect(finite.length).toBeGreaterThan(50);
  expect(differences.length).toBeGreaterThan(10);
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

const named = (some: readonly Entry[]) => some.map((entry) => [entry.check, entry] as const);

test.each(named(entries))('%s still fails', async (_, entry) => {
  const found = await standing(entry, onnxruntime, hello, { seed: 1, minGrade: 'C' });
  expect(['fails as listed', 'passes elsewhere']).toContain(found);
});

test.each(named(finite))('%s: a float64 graph confirms the reference', async (_, entry) => {
  expect(await contradicted(entry, reference)).toBe(false);
});

test.each(differences)('%s', async (_, op, { witness }) => {
  const reply = await onnxruntime.run(requestOf(op, questionOf(op, witness, 'f32')));
  const { [witness.element ?? 0]: got } = toTensor(reply.out!).data;
  const theirs = Math.fround(witness.theirs);
  const isClose = Math.abs(got! - theirs) <= 2 ** -22 * Math.abs(theirs);
  expect(Object.is(got, theirs) || (theirs !== 0 && isClose), `${got} and ${theirs}`).toBe(true);
});

test.each(named(atNan))(
  '%s: the definition says that ONNX differs, but not by which rule',
  (_, entry) => {
    const differences = differencesOf(findOperator(caseOf(entry).op), { framework: 'onnx' });
    expect(differences.filter(({ formula }) => formula === undefined)).not.toEqual([]);
  },
);

test('reasons refer to entries that exist', () => {
  const others = entries.flatMap(({ reason }) =>
    [...reason.matchAll(/\(see ([^)]+)\)/g)].map(([, other]) => other!),
  );
  expect(others.filter((other) => !checks.includes(other))).toEqual([]);
});
