/** Formulas of differences: each gives what its witness says, and is the definition elsewhere. */
import { describe, expect, test } from 'vitest';
import { questionOf } from '../../properties/dialect.ts';
import {
  type Answered,
  type Dialect,
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

test('data', () => {
  console.log(
    all
      .filter((one) => !isFormula(one))
      .map(nameOf)
      .join('\n'),
  );
});
