/**
 * # Losses of elements of input and target, as kernels
 *
 * A loss and its slopes are formulas of x, t, constants, and v, a weight of some part of it. Where there
 * are weights or a cotangent for each element, everything is times w and slopes times g, too, which
 * are 1 where they are absent. Kernels sum the losses or give each, give slopes, or both.
 */
import { type Expression, input } from '../kernel/expression.ts';
import { type Results, type RowKernel, sum } from '../kernel/rows/language.ts';
import { type ElementTask, elementRunner } from '../kernel/rows/run-elements.ts';

const [x, t, w, v, g] = [input('x'), input('t'), input('w'), input('v'), input('g')];
const scale = input('scale');

export type Slopes = Readonly<Record<'input' | 'target', Expression>>;

export type PairFormulas<Name extends string = never> = (
  x: Expression,
  t: Expression,
  constants: Readonly<Record<Name, Expression>>,
  v: Expression | undefined,
) => {
  readonly loss: Expression;
  readonly slopes: Slopes;
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

/** Formulas, and the names of their constants. */
interface Pair<Name extends string> {
  readonly name: string;
  readonly formulas: PairFormulas<Name>;
  readonly names: readonly Name[];
}

/** What formulas are made of. */
export const pairInputs = <Name extends string>(names: readonly Name[]) => ({
  x,
  t,
  constants: Object.fromEntries(names.map((name) => [name, input(name)])) as Record<
    Name,
    Expression
  >,
});

function pairKernel<Name extends string>(
  { name, formulas, names }: Pair<Name>,
  wish: Wish,
): RowKernel {
  const { constants } = pairInputs(names);
  const { loss, slopes, usual } = formulas(x, t, constants, wish.weighted ? v : undefined);
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
    scalars: [...(wish.slopes ? [scale] : []), ...Object.values<Expression>(constants)],
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

/** A kernel for each wish there can be, and how to run it. */
export interface PairKernels {
  readonly all: readonly RowKernel[];
  /** The names of the constants that they get. */
  readonly names: readonly string[];
  readonly run: (wish: Wish) => (task: ElementTask) => void;
}

export function pairKernels<Name extends string = never>(
  name: string,
  formulas: PairFormulas<Name>,
  names: readonly Name[] = [],
): PairKernels {
  const pair = { name, formulas, names };
  const kernels = new Map(wishes.map((wish) => [nameOf(wish), pairKernel(pair, wish)]));
  return { all: [...kernels.values()], names, run: runners(kernels) };
}

/** A runner for each wish, built when it is first asked for. */
function runners(kernels: ReadonlyMap<string, RowKernel>): PairKernels['run'] {
  const built = new Map<string, (task: ElementTask) => void>();
  return (wish) => {
    const name = nameOf(wish);
    const runner = built.get(name) ?? elementRunner(kernels.get(name)!);
    built.set(name, runner);
    return runner;
  };
}
