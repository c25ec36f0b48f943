/**
 * # Categorical hinge loss
 *
 *     max(0, max (1 − t) x − Σ t x + 1)
 */
import { type Composition, rankOf, reduced } from './composition.ts';
import { add, apply, input, list, max, mul, real, sub } from './expression.ts';
import { sumAlong } from './vectors.ts';

export const categoricalHingeLoss: Composition = (asked) => {
  const [x, t] = [input('input'), input('target')];
  const axis = list(rankOf(asked, 'input') - 1);
  const others = apply('ReduceMax', [mul(sub(real(1), t), x), axis], { keepdims: { int: 0 } });
  const gap = sub(others, sumAlong(asked, 'input')(mul(t, x)));
  return reduced(max(add(gap, real(1)), real(0)), asked);
};
