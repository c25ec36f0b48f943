/** # What losses of two sets have in common: all axes after the second are one */
import { apply, input, list, mul, real, sub, sumOver, type Term } from './expression.ts';

/** Both, extra and missed of every class of every sample. */
export function overlap(): { readonly [part in 'both' | 'extra' | 'missed']: Term } {
  const [p, t] = ['input', 'target'].map((name) =>
    apply('Reshape', [input(name), list(0, 0, -1)]),
  ) as [Term, Term];
  const total = (x: Term): Term => sumOver(x, 2);
  return {
    both: total(mul(p, t)),
    extra: total(mul(p, sub(real(1), t))),
    missed: total(mul(t, sub(real(1), p))),
  };
}
