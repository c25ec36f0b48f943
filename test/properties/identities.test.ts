/** The identities hold of the definitions and of our candidates, and fail for what breaks them. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test as it } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { operators } from '../../conformance/operators.ts';
import { reference } from '../../conformance/reference.ts';
import { subjectOf } from '../../conformance/run.ts';
import type { Candidate } from '../../properties/candidate.ts';
import { certifiedIdentities, identities } from '../../properties/identities/index.ts';
import {
  oneHot,
  witness,
} from '../../properties/identities/one-hot-probabilities-are-indices-except-for-weighted-means.ts';
import {
  apart,
  meeting,
  together,
} from '../../properties/identities/one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half.ts';
import { type Law, type LawResult, test } from '../../properties/law.ts';
import { same, signOf, stated } from '../../properties/same.ts';
import { float64 } from '../../spec/format.ts';
import { log } from '../../spec/functions.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { enclose } from '../../spec/oracle/enclose.ts';
import { evaluate, toDecimals, Uncertified } from '../../spec/oracle/index.ts';
import { type Real, real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { seed } from '../seed.ts';
import { planted, plants } from './plants.ts';

const ours = fast('test');
const { ops: offered } = await ours.hello();

/** Whether our fast implementation has what an identity is about. */
const isOffered = (law: Law): boolean =>
  [...operators.values()].every((op) => !law.appliesTo(op) || offered[op.id]);

/** The law on every operator that it applies to, or on one. */
async function results(
  law: Law,
  candidate: Candidate,
  minGrade: 'S' | 'C',
  runs: number,
  only?: Op,
): Promise<readonly LawResult[]> {
  const hello = await candidate.hello();
  const all: LawResult[] = [];
  const ops = only ? [only] : [...operators.values()].filter((o) => law.appliesTo(o));
  for (const op of ops)
    all.push(await test(law, subjectOf(candidate, hello, op, { seed, minGrade })!, runs));
  return all;
}

describe('the folder', () => {
  const files = readdirSync(new URL('../../properties/identities/', import.meta.url))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length));

  it('has every file in the index, and every identity is named after its file', () => {
    expect(identities.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
    expect(certifiedIdentities.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  it('has an identity for every clause that names one', () => {
    const named = [...operators.values()].flatMap((op) =>
      Object.values(op.clauses).map(([law]) => law),
    );
    // Other laws have names of one or two words.
    const sentences = named.filter((law) => law.split('-').length > 2);
    expect(sentences.length).toBeGreaterThan(0);
    expect(sentences.filter((law) => !files.includes(law))).toEqual([]);
  });
});

describe('on the definitions, certified', () => {
  it.each(certifiedIdentities)('$name', ({ property }) => {
    const numRuns = 80;
    const details = fc.check(property, { seed, numRuns });
    expect(details.failed, fc.defaultReportMessage(details) ?? '').toBe(false);
    expect(details.numSkips).toBeLessThan(numRuns / 5);
  });
});

describe.each([
  ['reference', reference, 'S', identities],
  ['fast', ours, 'C', identities.filter(isOffered)],
] as const)('%s keeps to', (_, candidate, minGrade, laws) => {
  it.each(laws)('$name', async (law) => {
    const all = await results(law, candidate, minGrade, 60);
    expect(all.length).toBeGreaterThan(0);
    for (const { findings, status } of all) {
      expect(findings.map(({ name, says }) => `${name}: ${says}`)).toEqual([]);
      expect(status).toBe('pass');
    }
  });
});

describe('a planted bug is found', () => {
  it('for every identity', () =>
    expect([...new Set(plants.map(({ identity }) => identity))].toSorted()).toEqual(
      identities.map(({ name }) => name).toSorted(),
    ));

  it.each(plants)('$identity: $bug', async ({ identity, bug: _, op, change, paths }) => {
    const law = identities.find(({ name }) => name === identity)!;
    const honest = isOffered(law) && offered[op.id] ? ours : reference;
    const only = law.appliesTo(op) ? op : undefined;
    const all = await results(law, planted(honest, op, change), 'C', 200, only);
    const found = all.flatMap(({ findings }) => findings.map(({ name }) => name));
    expect([...new Set(found)].toSorted()).toEqual([...paths].toSorted());
  });
});

describe('an operator that is not offered', () => {
  it('leaves the identity untested, and never passed', async () => {
    const law = identities.find(({ name }) => name === 'tanh-is-sigmoid-stretched')!;
    const hello = await ours.hello();
    const { sigmoid: _, ...ops } = hello.ops;
    const candidate: Candidate = { ...ours, hello: () => ({ ...hello, ops }) };
    const [result] = await results(law, candidate, 'C', 20);
    expect(result!.status).toBe('unsupported');
    expect(result!.reasons).toEqual(['sigmoid is not offered']);
  });

  it('is not a fault where it is refused as unsupported', async () => {
    const law = identities.find(({ name }) => name === 'cross-entropy-is-nll-of-log-softmax')!;
    const candidate = planted(ours, spec.nllLoss, () => ({
      error: { kind: 'unsupported', message: 'no such thing' },
    }));
    const [result] = await results(law, candidate, 'C', 20);
    expect(result!.findings).toEqual([]);
    expect(result!.status).toBe('unsupported');
  });
});

describe('certified statements', () => {
  const hiddenZero = () => real(2).sqrt().squared().minus(2);
  const check = (statement: (x: number) => boolean) =>
    fc.check(stated(fc.constantFrom(1, 2), statement), { seed, numRuns: 10 });

  it('tell numbers apart that differ by one float64, and lengths', () => {
    const ln2 = () => [log(2)];
    expect(same(ln2, () => [log(4).div(2)])).toBe(true);
    expect(same(ln2, () => [log(2).plus(2 ** -53)])).toBe(false);
    expect(same(ln2, ln2, () => [log(2), log(2)])).toBe(false);
  });

  it('tell zeros apart whose signs are known: those of what underflows', () => {
    const tiny = () => [real('1e-2000')];
    expect(same(tiny, () => [real('1e-1000').times('1e-1000')])).toBe(true);
    expect(
      same(
        () => [log(2).times('1e-2000')],
        () => [log(2).times('-1e-2000')],
      ),
    ).toBe(false);
    expect(
      same(
        () => [real(0)],
        () => [real(-0)],
      ),
    ).toBe(true);
  });

  it('know a sign only by an enclosure that excludes 0', () => {
    expect(signOf(() => log(2).minus('0.69314718055994530942'))).toBe(-1);
    expect(signOf(() => real(0))).toBe(0);
    expect(signOf(() => real(NaN))).toBeNaN();
    expect(() => signOf(hiddenZero)).toThrow(Uncertified);
  });

  it('fail where they are wrong, and discard what cannot be told', () => {
    expect(check((x) => x > 0)).toMatchObject({ failed: false, numSkips: 0 });
    expect(check((x) => x === 1)).toMatchObject({ failed: true });
    const details = check((x) => x === 1 || signOf(hiddenZero) === 0);
    expect(details.failed).toBe(false);
    expect(details.numSkips).toBeGreaterThan(0);
    expect(() =>
      fc.assert(
        stated(fc.nat(), () => {
          throw new TypeError('broken');
        }),
      ),
    ).toThrow();
  });
});

// Numbers ----------------------------------------------------------------------------------------

const values = (op: Op, tensors: Tensors, settings: object = {}): readonly number[] =>
  evaluate(op, tensors, settings, float64).cells.map(({ value }) => value);

describe('numbers that people can look up', () => {
  const rows = tensor([2, 3], [-2.7362, -1.4015, -0.3726, -0.8505, -1.6319, -0.9749], 'f64');
  const target = tensor([2], [0, 2], 'i64');
  const of = (op: Op, reduction: string) => values(op, { input: rows, target }, { reduction });

  it('nll-loss picks the number that is printed', () => {
    expect(of(spec.nllLoss, 'none')).toEqual([2.7362, 0.9749]);
    expect(of(spec.nllLoss, 'mean')[0]).toBeCloseTo((2.7362 + 0.9749) / 2, 14);
  });

  it('cross-entropy sees that the printed rows are rounded', () => {
    const [first, second] = of(spec.crossEntropy, 'none');
    expect(first!.toFixed(6)).toBe('2.736184');
    expect(second!.toFixed(6)).toBe('0.974889');
    expect(of(spec.crossEntropy, 'mean')[0]).toBeCloseTo((first! + second!) / 2, 14);
  });

  const logits = tensor([2, 3], [10, 5, -6, 8, 8, 8]);
  const symmetric = (settings: object) =>
    values(spec.symmetricCrossEntropy, { input: logits, target }, settings)[0];

  it('symmetric cross-entropy of two rows, and its parts', () => {
    const none = { reduction: 'none' };
    expect(values(spec.crossEntropy, { input: logits, target }, none)).toEqual([
      Number('0.0067154602711053921'),
      Number('1.0986122886681096914'),
    ]);
    expect(values(spec.reverseCrossEntropy, { input: logits, target }, none)).toEqual([
      Number('0.27740005978962053'),
      Number('27.631021115928548'),
    ]);
    expect(symmetric({})).toBe(Number('14.506874462328692'));
    expect(symmetric({ eps: 1e-4 })).toBe(Number('3.6540595629040674'));
    expect(symmetric({ eps: 1e-4, probabilityEps: 1e-7 })).toBe(Number('3.653599560660515'));
  });

  it('the weighted mean of one-hot probabilities is not that of their classes', () => {
    const ofClasses = values(spec.crossEntropy, witness)[0]!;
    const ofOneHot = values(spec.crossEntropy, { ...witness, target: oneHot(witness) })[0]!;
    expect([ofClasses.toFixed(6), ofOneHot.toFixed(6)]).toEqual(['1.768483', '3.536966']);
  });
});

describe('one output and two', () => {
  const digits = (formula: () => Real, places: number) =>
    enclose('it', () => [formula()], toDecimals(places))[0]!;

  it('agree on ln 2 where every probability is one half', () => {
    const due = digits(() => log(2), 200);
    expect(digits(() => together(0, 0), 200)).toBe(due);
    expect(digits(() => apart(0, 0), 200)).toBe(due);
  });

  it('meet again on ln 3, to 200 digits', () => {
    const due = digits(() => log(3), 200);
    expect(digits(() => together(...meeting()), 200)).toBe(due);
    expect(digits(() => apart(...meeting()), 200)).toBe(due);
  });

  it('differ at (3, 3), although the softmax is one half', () => {
    expect(digits(() => together(3, 3), 200)).toBe(digits(() => log(2), 200));
    expect(digits(() => apart(3, 3), 5)).toBe('1.5486');
    expect(signOf(() => apart(3, 3).minus(together(3, 3)))).toBe(1);
  });
});

it('an exception of a candidate is a finding, and does not end the run', async () => {
  const throwing = {
    ...reference,
    run: () => {
      throw new Error('out of order');
    },
  };
  const law = identities.find(({ name }) => name === 'tanh-is-sigmoid-stretched')!;
  const [found] = await results(law, throwing, 'C', 8);
  expect(found!.findings[0]).toMatchObject({ name: 'refused' });
  expect(found!.findings[0]!.says).toContain('it threw: out of order');
});
