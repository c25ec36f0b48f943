/** Rows with ±∞, NaN or −0: exact masking, limits, NaN only where it is meant, −0 as good as 0. */
import fc from 'fast-check';
import { type Draw, dyadic } from '../floats.ts';
import { cases, small } from '../inputs.ts';
import type { Law } from '../law.ts';
import { gradientsOn } from '../subject.ts';
import { judging } from './judgement.ts';

/** Everyday numbers, among them 0 and 1, and the special ones that are legal. */
const special: Draw = (range, points) => {
  const legal = [-Infinity, Infinity, NaN, -0, 0, 1].filter((x) =>
    Number.isNaN(x)
      ? range[0] === -Infinity && range[1] === Infinity
      : x >= range[0] && x <= range[1],
  );
  return fc.oneof({ weight: 2, arbitrary: dyadic(2)(range, points) }, fc.constantFrom(...legal));
};

export const specialRows: Law = judging({
  name: 'special rows',
  says: 'rows with −∞, +∞, NaN or −0 give what the definition states',
  appliesTo: (op) => op.kind !== 'elementwise',
  questions: (subject) =>
    cases(subject.op, special, small, dyadic(4)).map((c) => ({
      ...c,
      want: ['out', ...gradientsOn(subject, c)],
    })),
  // How accurate finite results are is for the law of values to say.
  strictness: () => ({ gate: () => 'E' }),
});
