/**
 * # The golden comparison notices a wrong definition
 *
 * The same mistake is planted in the reference and in `src/`, where comparing the two with each
 * other would find nothing. ONNX Runtime must contradict both.
 */
import { expect, test } from 'vitest';
import { type Answer, fast, reference } from './answers.ts';
import type { Case } from './case.ts';
import { casesOf } from './cases/index.ts';
import { differences, whoHas } from './compare.ts';
import { drawFrom } from './draw.ts';
import { testify } from './witness.ts';

/** The case that is answered in place of the one asked, and what its answers are multiplied by. */
interface Swap {
  readonly of: Case;
  readonly times: number;
}
/** Undefined where a mistake makes no difference. */
type Mistake = (of: Case) => Swap | undefined;

const plant =
  (right: Answer, mistake: Mistake): Answer =>
  async (of, precision) => {
    const { of: other, times } = mistake(of) ?? { of, times: 1 };
    const { shape, values } = await right(other, precision);
    return { shape, values: values.map((x) => x * times) };
  };

const changed = (of: Case, params: Case['params'], times = 1): Swap => ({
  of: { ...of, params: { ...of.params, ...params } },
  times,
});

const without =
  (input: string): Mistake =>
  (of) => {
    const { [input]: gone, ...rest } = of.in;
    return gone === undefined ? undefined : { of: { ...of, in: rest }, times: 1 };
  };

const set =
  (params: Case['params']): Mistake =>
  (of) =>
    Object.entries(params).every(([name, value]) => of.params[name] === value)
      ? undefined
      : changed(of, params);

const samples = (of: Case): number => of.in.target!.data.length;

const negated: Mistake = (of) => ({ of, times: -1 });

const dividedByCount: Mistake = (of) =>
  of.params.reduction === 'mean' ? changed(of, { reduction: 'sum' }, 1 / samples(of)) : undefined;

/** Σw over all elements; a weight that broadcasts counts as often as it is used. */
const dividedByWeights: Mistake = (of) => {
  const { weight } = of.in;
  if (of.params.reduction !== 'mean' || weight === undefined) return undefined;
  const total = Array.from<number | bigint, number>(weight.data, Number).reduce((a, b) => a + b, 0);
  return changed(of, { reduction: 'sum' }, weight.data.length / (total * samples(of)));
};

const countsTheIgnored: Mistake = (of) => {
  const classes = of.in.input!.shape[of.in.input!.shape.length === 1 ? 0 : 1]!;
  const { ignoreIndex } = of.params;
  const isClass = Number(ignoreIndex) >= 0 && Number(ignoreIndex) < classes;
  const isUsed = of.in.target!.data.some((y) => Number(y) === ignoreIndex);
  return isClass && isUsed ? changed(of, { ignoreIndex: -100 }) : undefined;
};

const meanOfAllElements: Mistake = (of) =>
  of.params.reduction === 'batchmean' && of.in.input!.shape.length > 1
    ? changed(of, { reduction: 'mean' })
    : undefined;

const alongFirstAxis: Mistake = (of) =>
  of.in.input!.shape.length > 1 ? changed(of, { dim: 0 }) : undefined;

const commonLogarithm: Mistake = (of) => ({ of, times: Math.LOG10E });

const coefficientsSwapped: Mistake = (of) => {
  const { a = 1, b = 1 } = of.params;
  return a === b ? undefined : changed(of, { a: b, b: a });
};

const mistakes: readonly (readonly [what: string, op: string, mistake: Mistake])[] = [
  ...Object.keys(casesOf).map((op) => ['the sign is wrong', op, negated] as const),
  ['mean divides by N', 'nll-loss', dividedByCount],
  ['mean divides by N', 'cross-entropy', dividedByCount],
  ['mean divides by the weights', 'binary-cross-entropy', dividedByWeights],
  ['mean divides by the weights', 'binary-cross-entropy-with-logits', dividedByWeights],
  ['ignored samples count', 'nll-loss', countsTheIgnored],
  ['ignored samples count', 'cross-entropy', countsTheIgnored],
  ['smoothing is left out', 'cross-entropy', set({ labelSmoothing: 0 })],
  ['weight is left out', 'nll-loss', without('weight')],
  ['weight is left out', 'cross-entropy', without('weight')],
  ['weight is left out', 'binary-cross-entropy', without('weight')],
  ['weight is left out', 'binary-cross-entropy-with-logits', without('weight')],
  ['posWeight is left out', 'binary-cross-entropy-with-logits', without('posWeight')],
  ['batchmean is mean', 'kl-div', meanOfAllElements],
  ['logarithms are common', 'reverse-cross-entropy', commonLogarithm],
  ['labels are clamped at the default', 'reverse-cross-entropy', set({ eps: 1e-18 })],
  ['a and b are swapped', 'symmetric-cross-entropy', coefficientsSwapped],
  ['rows run along the first axis', 'softmax', alongFirstAxis],
  ['rows run along the first axis', 'log-softmax', alongFirstAxis],
  ['rows run along the first axis', 'log-sum-exp', alongFirstAxis],
  ['bias is left out', 'linear', without('bias')],
  ['beta is left out', 'softplus', set({ beta: 1 })],
  ['threshold is left out', 'softplus', set({ threshold: Number.POSITIVE_INFINITY })],
];

/** Spread over all that is drawn, so that every parameter is among them. */
const some = (cases: readonly Case[]): readonly Case[] => {
  const step = Math.ceil(cases.length / 16);
  return cases.filter((_, i) => i % step === 0);
};

test.each(mistakes)('%s: %s', async (_, op, mistake) => {
  const shows = casesOf[op]!(drawFrom(7)).filter((of) => mistake(of) !== undefined);
  const witnesses = await testify(some(shows));
  const found = await differences(witnesses, {
    reference: plant(reference, mistake),
    fast: plant(fast, mistake),
  });
  expect(new Set(found.map(({ who }) => who))).toEqual(new Set(whoHas(op)));
});
