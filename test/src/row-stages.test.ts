/** Loops over rows that compute stages of a formula ahead give the bits of those that do not. */
import { expect, test } from 'vitest';
import { type Expression, input } from '../../src/kernel/expression.ts';
import { kept, type RowKernel, sum } from '../../src/kernel/rows/language.ts';
import { machineOf } from '../../src/kernel/rows/machine.ts';

/** Stages in what is kept, and something kept in what would be a stage. */
function row(ahead: boolean): RowKernel {
  const cut = (e: Expression) => (ahead ? e.ahead() : e);
  const x = input('x');
  const [a, b] = [kept(cut(cut(x.div(3)).plus(1)).div(7)), kept(x.times(2))];
  const total = sum(cut(a.times(2)).plus(b));
  return {
    ...{ name: 'row', inputs: [x], results: { y: a.minus(b).div(total) }, rowResults: {} },
    usual: total,
  };
}

const draw = (n: number) => Float32Array.from({ length: n }, (_, i) => ((i * 0.618) % 1) - 0.4);

test('rows keep nothing beyond their end', () => {
  const machines = [true, false].map((ahead) => machineOf(row(ahead), 'simd'));
  for (const n of [1, 3, 4, 5, 8, 11, 12, 100]) {
    const [cut, whole] = machines.map((machine) => {
      const room = machine!(3, n);
      room.floats.x!.set(draw(3 * n));
      room.run(3);
      return [room.floats.y!.slice(), room.doubles.usual!.slice()];
    });
    expect(cut).toEqual(whole);
  }
});
