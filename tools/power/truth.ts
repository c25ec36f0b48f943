/**
 * # What is right, by the oracle
 *
 * The operator on all inputs at once, certified. Judged is as `check` judges: with the sizes of what
 * is summed, and with more digits where an enclosure leaves a bound open. The sign of a zero is left
 * out: no other suite here compares it.
 */
import { operators } from '../../conformance/operators.ts';
import type { Case } from '../../properties/simplify.ts';
import { benchFor } from '../../properties/subject.ts';
import { float32 } from '../../spec/format.ts';
import { type Grade, strict } from '../../spec/grade.ts';
import { lift } from '../../spec/lift.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';

const policy = { ...strict, signedZero: 'ignore' } as const;

export interface Truth {
  /** The correctly rounded result for every input. */
  readonly rounded: readonly number[];
  /** The grade of an answer to one of them. */
  readonly grade: (index: number, got: number) => Grade;
}

interface Asked {
  readonly tensors: Tensors;
  readonly settings: Case['settings'];
  /** Numbers of the result that belong to one input; the first is the one that counts. */
  readonly each: number;
}

/** Losses get the target 1; rows are of two classes, of which the first leads by x. */
function askedOf(id: string, x: readonly number[]): Asked {
  const n = x.length;
  if (id === 'log-softmax')
    return {
      tensors: {
        input: tensor(
          [n, 2],
          x.flatMap((y) => [y, 0]),
        ),
      },
      settings: {},
      each: 2,
    };
  const input = tensor([n], x);
  if (id !== 'binary-cross-entropy-with-logits')
    return { tensors: { input }, settings: {}, each: 1 };
  const target = tensor([n], new Float32Array(n).fill(1));
  return { tensors: { input, target }, settings: { reduction: 'none' }, each: 1 };
}

export function truthOf(id: string, x: readonly number[]): Truth {
  const { tensors, settings, each } = askedOf(id, x);
  const lifted = lift(operators.get(id)!, tensors, settings);
  const question = { tensors, settings, want: ['out'] } as const;
  const { cells, number } = benchFor({ policy }, question, lifted, 'out', float32);
  return {
    rounded: x.map((_, i) => cells[each * i]!.value),
    grade: (index, got) => number(each * index, got).verdict.grade,
  };
}
