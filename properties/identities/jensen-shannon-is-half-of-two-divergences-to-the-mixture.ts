/**
 *     jensenShannon(p, q) = ½ klDiv(ln m, p; sum) + ½ klDiv(ln m, q; sum),   m = (p + q) / 2
 *
 * On a candidate ln m is known to a float64, and what it is asked with is the float32 next to it.
 */
import { decimal, type Plain } from '../../spec/arithmetic/decimal.ts';
import { log, sum } from '../../spec/functions.ts';
import { jensenShannon, klDiv } from '../../spec/index.ts';
import { accessTo, lift } from '../../spec/lift.ts';
import { type Real, reading, real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { type Computed, monotone, summed } from '../computed.ts';
import { asked, everyday, identity } from '../identity.ts';
import type { Case } from '../inputs.ts';
import { outward } from '../range.ts';
import { feeding, results, same, stated } from '../same.ts';

const none = { reduction: 'none' };
const questions = everyday(jensenShannon).map((c) => asked(positive(c), none));

/** No class that both leave out, whose logarithm would be that of 0. */
function positive({ tensors, settings }: Case): Case {
  const { input, target } = tensors;
  const data = Array.from(input!.data, (p, i) => (p === 0 && target!.data[i] === 0 ? 1 : p));
  return { tensors: { input: { ...input!, data }, target }, settings };
}

/** The places of every row. */
function rows({ input }: Tensors): readonly (readonly number[])[] {
  const length = input!.shape.at(-1)!;
  return Array.from({ length: input!.data.length / length }, (_, r) =>
    Array.from({ length }, (_, c) => r * length + c),
  );
}

/** ln((p + q) / 2) of every place. */
function logsOfMixture(tensors: Tensors): readonly Real[] {
  const x = accessTo(tensors);
  return Array.from(tensors.input!.data, (_, i) => log(x('input', i).plus(x('target', i)).div(2)));
}

export const certified = stated(questions, ({ tensors, settings }) => {
  const whole = lift(jensenShannon, tensors, settings);
  const sides = [tensors.input, tensors.target].map((target) => {
    const given = { input: tensors.input, target };
    return { given, lifted: lift(klDiv, given, none) };
  });
  return same(
    () => results(whole),
    () => {
      const input = logsOfMixture(tensors);
      const [p, q] = sides.map(({ given, lifted }) => results(lifted, feeding(given, { input })));
      return rows(tensors).map((row) =>
        sum(row.map((place) => p![place]!.plus(q![place]!))).div(real(2)),
      );
    },
  );
});

const digits = decimal(40);

function mixture(tensors: Tensors): Computed {
  const logs = reading(digits, () => logsOfMixture(tensors).map((y) => Number((y as Plain).x)));
  return {
    tensor: tensor(tensors.input!.shape, logs.map(Math.fround)),
    ranges: logs.map((y) => ({
      lo: Math.min(outward(y, -1), Math.fround(y)),
      hi: Math.max(outward(y, 1), Math.fround(y)),
      scale: 0,
    })),
  };
}

export const law = identity({
  name: 'jensen-shannon-is-half-of-two-divergences-to-the-mixture',
  says: 'the Jensen–Shannon divergence is the mean of both divergences from the mixture',
  ops: [jensenShannon],
  others: [klDiv],
  questions: () => questions,
  async claims({ tensors, settings }, ask) {
    const input = mixture(tensors);
    const groups = rows(tensors);
    const [p, q] = [
      summed(await ask(klDiv, { input, target: tensors.input }, none), groups),
      summed(await ask(klDiv, { input, target: tensors.target }, none), groups),
    ];
    return {
      'Jensen–Shannon divergence': await ask(jensenShannon, tensors, settings),
      'half of two divergences': monotone(([a, b]) => (a! + b!) / 2, p, q),
    };
  },
});
