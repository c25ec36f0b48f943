/** Formulas of differences: each gives what its witness says, and is the definition elsewhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionOf } from '../../properties/dialect.ts';
import type { Draw } from '../../properties/floats.ts';
import { type Case, cases } from '../../properties/inputs.ts';
import {
  type Answered,
  type Dialect,
  differencesOf,
  FRAMEWORKS,
  inDialect,
  speaksOf,
} from '../../spec/dialect.ts';
import { float64 } from '../../spec/format.ts';
import * as operators from '../../spec/index.ts';
import type { Difference, Framework, Op, Witness } from '../../spec/op.ts';
import { evaluate, gradient } from '../../spec/oracle/index.ts';

const ops: readonly Op[] = Object.values(operators);

interface Listed {
  readonly op: Op;
  readonly framework: Framework;
  readonly difference: Difference;
}
const all: readonly Listed[] = ops.flatMap((op) =>
  FRAMEWORKS.flatMap((framework) =>
    (op.dialects[framework]?.differs ?? []).map((difference: Difference) => ({
      ...{ op, framework, difference },
    })),
  ),
);
const nameOf = ({ op, framework, difference }: Listed): string =>
  `${op.id}, ${framework}: ${difference.where}`;
const answered = ({ of = 'out' }: Witness): Answered => of;

const isFormula = ({ difference }: Listed): boolean =>
  speaksOf(difference, answered(difference.witness));

function answerTo(op: Op, { of = 'out', element = 0, ...witness }: Witness): number {
  const { tensors, settings } = questionOf(op, { ...witness, of }, 'f64');
  const { cells } =
    of === 'out'
      ? evaluate(op, tensors, settings, float64)
      : gradient(op, tensors, settings, { wrt: of.slice(5), format: float64 });
  return cells[element]!.value;
}

const isAsSaid = (x: number, said: number): boolean =>
  Object.is(x, said) || Math.abs(x - said) < 1e-12 * Math.abs(said);

describe('a formula', () => {
  test.each(all.filter(isFormula).map((one) => [nameOf(one), one] as const))(
    '%s',
    (_, { op, framework, difference }) => {
      const { witness } = difference;
      const alone = inDialect(op, { framework }, answered(witness), [difference]);
      expect(answerTo(alone, witness)).toSatisfy((x: number) => isAsSaid(x, witness.theirs));
      expect(answerTo(op, witness)).toSatisfy((x: number) => isAsSaid(x, witness.spec));
    },
  );
  test('is heard of before others of its dialect say the same', () => {
    for (const { op, framework, difference } of all.filter(isFormula)) {
      const { since, witness } = difference;
      const dialect: Dialect = { framework, ...(since ? { version: since } : {}) };
      const whole = inDialect(op, dialect, answered(witness));
      expect(nameOf({ op, framework, difference })).toSatisfy(() =>
        isAsSaid(answerTo(whole, witness), witness.theirs),
      );
    }
  });
});

// Elsewhere --------------------------------------------------------------------------------------

/** Numbers that are no edge, no kink and no tie, and small enough to overflow nothing. */
const among =
  (...numbers: readonly number[]): Draw =>
  ([min, max]) =>
    fc.constantFrom(...numbers.filter((x) => x > min && x < max));
const ordinary = among(-2.3125, -0.6875, 0.171875, 0.3125, 0.828125, 3.4375);
const settings = among(-1.71875, 0.2421875, 0.6171875, 2.578125);

function answers(op: Op, of: Answered, { tensors, settings }: Case): readonly number[] {
  const { cells } =
    of === 'out'
      ? evaluate(op, tensors, settings, float64)
      : gradient(op, tensors, settings, { wrt: of.slice(5), format: float64 });
  return cells.map(({ value }) => value);
}

/** Whether it is heard of among ordinary numbers. */
function isAnother({ op, framework, difference }: Listed): boolean {
  const of = answered(difference.witness);
  const alone = inDialect(op, { framework }, of, [difference]);
  const drawn = fc.sample(cases(op, ordinary, { elements: 2, axis: 2 }, settings), {
    numRuns: 12,
    seed: 1,
  });
  return drawn
    .filter(({ tensors }) => of === 'out' || tensors[of.slice(5)]?.dtype === 'f32')
    .some((one) => {
      const [theirs, ours] = [answers(alone, of, one), answers(op, of, one)];
      return theirs.some((y, i) => !isAsSaid(y, ours[i]!));
    });
}

/** Three steps, of which two are asked for, and one label. */
const longer = { target: [1], inputLengths: 2, targetLengths: 1 };
const inLast = [...Array(2).fill([0, 0, 0]), [0, 0, -Infinity]];
const poisson = ['poisson-nll-loss', 'of a rate below −eps'] as const;
const noLog = { logInput: false, eps: 0 };

test.each([
  ['hardshrink', 'where lambd = 0', { input: 1 }, { lambd: 0 }, 1],
  ['hardsigmoid', '1/6 is a float32', { input: 4 }, {}, 0],
  ['hardsigmoid', '1/6 is a float32', { input: -4 }, {}, 0],
  ['ctc-loss', 'the −∞ of a class that no', { ...longer, input: inLast }, { element: 8 }, 0],
  [...poisson, { input: 0, target: 2 }, { logInput: true }, -1],
  [...poisson, { input: 0, target: 0 }, noLog, 1],
] as const)(
  'the gradient of %s in PyTorch: %s, and not of %j',
  (id, where, tensors, given, due) => {
    const { op, framework, difference } = all.find(
      (one) =>
        one.op.id === id && one.framework === 'pytorch' && one.difference.where.includes(where),
    )!;
    const alone = inDialect(op, { framework }, 'grad:input', [difference]);
    const { element = 0, ...params } = given as { readonly element?: number };
    const asked = { in: tensors, params, of: 'grad:input', element } as const;
    expect(answerTo(alone, { ...asked, spec: due, theirs: due })).toBe(due);
  },
);

test('among ordinary numbers only these are other functions', () => {
  expect(all.filter(isFormula).filter(isAnother).map(nameOf)).toEqual(OTHER_FUNCTIONS);
});
const OTHER_FUNCTIONS: readonly string[] = [
  'hardsigmoid, pytorch: the gradient in float64: 1/6 is a float32 there',
  'selu, onnx: float64: the constants are float32 numbers, α = 1.6732631921768188',
  'cosine-similarity-loss, jax: a vector shorter than epsilon, whose square is less',
  'cosine-similarity-loss, tfjs: vectors of another length',
  'ctc-loss, pytorch: the gradient, which is that of log-softmax and loss together',
  'gaussian-nll-loss, pytorch: the gradient in a variance below eps',
  'hinge-loss, tfjs: a label of −1',
  // Equal inputs, without a margin.
  'margin-ranking-loss, pytorch: the gradient where the margin is just kept',
  'poisson-nll-loss, pytorch: the gradient in input, of a rate below −eps',
  'poisson-nll-loss, pytorch: the gradient in a target of 0 with full',
  'triplet-margin-loss, jax: eps, which is added once, inside of the root',
];

// Without a formula ------------------------------------------------------------------------------

/** Why it is no formula of real numbers, or not yet a whole one. */
const ROUNDING = 'an intermediate result that is rounded, underflows or overflows in a format';
const WHOLE = 'it depends on the whole target or on all axes, and a term sees one sample';
const PARTLY = 'where they answer so follows no rule that is known';
const OWN = 'a number of their own in place of −∞, lost among the sums of logarithms';
const DATA: { readonly [name: string]: string } = {
  'clip, onnx: float32, x = ∞ without bounds': ROUNDING,
  'gelu, pytorch: x below about −8.3, in float32 −5.5: 1 + erf cancels, and the tail is −0':
    ROUNDING,
  'glu, pytorch: an infinite a, and a gate that underflows': ROUNDING,
  'hardswish, pytorch: float32, x above 5.67e37: 6x overflows': ROUNDING,
  'silu, pytorch: float64, x below −709.78: e^−x overflows (float32: below −88.72)': ROUNDING,
  'softsign, onnx: onnxruntime, float32, huge x: the reciprocal of 1 + |x| is off': ROUNDING,
  'squareplus, jax: float32, far left: the textbook form cancels': ROUNDING,
  'tanh, pytorch: the gradient is 1 − y² with the rounded y: 0 where y is ±1': ROUNDING,
  'tanhshrink, pytorch: near 0, where it subtracts: all digits are lost in float64, too': ROUNDING,
  'sigmoid-focal-loss, pytorch: a slope of a power below 1 where 1 − p is 0 in float64': ROUNDING,
  'soft-margin-loss, pytorch: a wrong label from e^(−y x) = ∞ on': ROUNDING,
  'soft-margin-loss, pytorch: its gradient': ROUNDING,
  'hinge-loss, keras: a label of 0': WHOLE,
  'squared-hinge-loss, keras: a label of 0': WHOLE,
  'tversky-loss, keras: alpha, which is beta': WHOLE,
  'hardmax, onnx: a row with NaN, in ONNX Runtime': PARTLY,
  'ctc-loss, pytorch: the gradient at the last step, where the last label is a blank: not even that':
    PARTLY,
  'triplet-margin-loss, pytorch: the gradient in an infinite component': PARTLY,
  'triplet-margin-loss, pytorch: the gradient of an infinitely far negative': PARTLY,
  'ctc-loss, jax: no alignment: −log_epsilon or so, not ∞': OWN,
};

test('what is no formula is listed, with a reason', () => {
  const data = all.filter((one) => !isFormula(one)).map(nameOf);
  expect(data.toSorted()).toEqual(Object.keys(DATA).toSorted());
  expect(all.length - data.length).toBeGreaterThan(5 * data.length);
});
test('versions', () => {
  const dialect = (version?: string): Dialect => ({
    framework: 'pytorch',
    ...(version === undefined ? {} : { version }),
  });
  const count = (version?: string) => differencesOf(operators.clip, dialect(version)).length;
  for (const older of [undefined, '2.13', '2.9', '1.14']) expect(count(older)).toBe(2);
  for (const newer of ['2.14', '2.14.1', '2.20', '3.0']) expect(count(newer)).toBe(3);
  const until: Op = {
    ...operators.clip,
    dialects: {
      pytorch: {
        name: 'clamp',
        differs: [
          { where: 'then', until: '2.6', witness: { in: { input: 0 }, spec: 0, theirs: 1 } },
        ],
      },
    },
  };
  for (const [version, holds] of [
    [undefined, 0],
    ['2.6.1', 1],
    ['2.7', 0],
    ['1.13', 1],
  ] as const)
    expect(differencesOf(until, dialect(version)).length).toBe(holds);
});
