/** Rows of which some elements are masked by ±∞: the slopes of the others are those of the definition. */
import { describe, expect, test } from 'vitest';
import { float32 } from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import type { Op } from '../../spec/op.ts';
import { gradient } from '../../spec/oracle/index.ts';
import { tensor } from '../../spec/tensor.ts';
import * as src from '../../src/index.ts';
import { floats } from './tensors.ts';
import { ulps } from './ulps.ts';

type Fast = typeof src.softmax;
const pairs = [
  [spec.softmax, src.softmax, -Infinity],
  [spec.logSoftmax, src.logSoftmax, -Infinity],
  [spec.softmin, src.softmin, Infinity],
  [spec.logSumExp, src.logSumExp, -Infinity],
] as unknown as readonly (readonly [Op, Fast, number])[];

describe.each(pairs.map(([op, fast, mask]) => [op.id, op, fast, mask] as const))(
  '%s',
  (_, op, fast, mask) => {
    test.each([[[mask, 0, 1]], [[0.5, mask, -2, mask]], [[mask, 3]], [[mask, mask]]])(
      'of %o',
      (row) => {
        const shape = [1, row.length];
        const input = floats(row, shape);
        const plain = fast({ input });
        const u = floats(
          Array.from(plain.data, (_, i) => [1, -2, 0.75, 3][i]!),
          plain.shape,
        );
        const got = fast.gradient({ input }, {}, u).input.data;
        const wrt = { wrt: 'input', cotangent: tensor(u.shape, u.data), format: float32 };
        const due = gradient(op, { input: tensor(shape, row) }, { dim: -1 } as never, wrt).cells;
        for (const [i, { value }] of due.entries())
          if (Number.isFinite(value)) expect(ulps(got[i]!, value)).toBeLessThan(2);
          else expect(got[i]).toBe(value);
      },
    );
  },
);
