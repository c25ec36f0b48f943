/**
 * # Losses of elements of input and target, as kernels
 *
 * A loss and its slopes are formulas of x, t and v, a weight of some part of it. Where there are
 * weights or a cotangent for each element, everything is times w and slopes times g, too, which are
 * 1 where they are absent. Kernels sum the losses or give each, give slopes, or both.
 */
import { type Expression, input } from '../kernel/expression.ts';
import { type Results, type RowKernel, sum } from '../kernel/rows/language.ts';
import { type ElementTask, elementRunner } from '../kernel/rows/run-elements.ts';

const [x, t, w, v, g] = [input('x'), input('t'), input('w'), input('v'), input('g')];
const scale = input('scale');

export type PairFormulas = (
  x: Expression,
  t: Expression,
  v: Expression | undefined,
) => {
  readonly loss: Expression;
  readonly slopes: Results;
  /** Finite at elements that the formulas are made for, if the slopes do not say it. */
  readonly usual?: Expression;
};

/** What is asked for. */
export interface Wish {
  readonly loss: 'sum' | 'each' | 'none';
  readonly slopes: boolean;
  readonly weighted: boolean;
}

const nameOf = ({ loss, slopes, weighted }: Wish): string =>
  `${loss}${slopes ? ' and slopes' : ''}${weighted ? ', weighted' : ''}`;

export function pairKernel(name: string, formulas: PairFormulas, wish: Wish): RowKernel {
  const { loss, slopes, usual } = formulas(x, t, wish.weighted ? v : undefined);
  const own = wish.weighted ? loss.times(w) : loss;
  const factor = wish.weighted ? scale.times(w.times(g)) : scale;
  const scaled: Results = Object.fromEntries(
    Object.entries(slopes).map(([side, slope]) => [side, slope.times(factor)]),
  );
  const total = sum(own);
  const check = usual?.times(factor) ?? Object.values(scaled).reduce((a, b) => a.plus(b));
  const checked = wish.loss === 'none' ? sum(check) : total.plus(sum(check));
  const isSeen = wish.loss !== 'none' && !wish.weighted;
  return {
    name: `${name}, ${nameOf(wish)}`,
    inputs: wish.weighted ? [x, t, w, v, g] : [x, t],
    scalars: wish.slopes ? [scale] : [],
    results: { ...(wish.loss === 'each' && { loss: own }), ...(wish.slopes && scaled) },
    rowResults: wish.loss === 'sum' ? { total } : {},
    usual: !wish.slopes ? total : isSeen ? total.times(scale) : checked,
  };
}

const wishes: readonly Wish[] = [true, false].flatMap((weighted) => [
  { loss: 'sum', slopes: false, weighted },
  { loss: 'each', slopes: false, weighted },
  { loss: 'none', slopes: true, weighted },
  { loss: 'sum', slopes: true, weighted },
  { loss: 'each', slopes: true, weighted },
]);

/** A kernel for each wish there can be. */
export const pairKernels = (name: string, formulas: PairFormulas): readonly RowKernel[] =>
  wishes.map((wish) => pairKernel(name, formulas, wish));

/** A runner for each wish, built when it is first asked for. */
export function pairRunners(name: string, formulas: PairFormulas) {
  const built = new Map<string, (task: ElementTask) => void>();
  return (wish: Wish): ((task: ElementTask) => void) => {
    const found = built.get(nameOf(wish));
    if (found) return found;
    const fresh = elementRunner(pairKernel(name, formulas, wish));
    built.set(nameOf(wish), fresh);
    return fresh;
  };
}
