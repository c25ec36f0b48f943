/**
 * # Losses of one number and its target, from formulas
 *
 * Formulas of x, t and parameters, and nothing else: kernels compute them, element by element, sum
 * and weigh. The formulas hold for ±∞ and NaN too; where they do not, `special` answers.
 */
import { checkFloats, checkShape } from './check.ts';
import { fastestOf } from './kernel/reading.ts';
import { type RowKernel, sum as sumOf } from './kernel/rows/language.ts';
import { machineOf } from './kernel/rows/machine.ts';
import {
  type PairFormulas,
  type PairKernels,
  pairInputs,
  pairKernels,
} from './math/pair-kernels.ts';
import { scaled, sum } from './math/scaled.ts';
import { type Accuracy, type Operator, operator, type Plan } from './operator.ts';
import { type PairLoss, pairLoss } from './pair-loss.ts';
import type { Parameters } from './parameters.ts';
import { type Pair as Elements, pairOf } from './pointwise.ts';
import { type Reduction, reduction } from './reduction.ts';
import type { Floats } from './tensor.ts';

export interface Pair {
  readonly input: Floats;
  readonly target: Floats;
}
export interface WeightedPair extends Pair {
  readonly weight?: Floats | undefined;
}
export interface Reducing {
  readonly reduction: Reduction;
}
type Numbers = Readonly<Record<string, number>>;

/** A loss and its slopes. */
export interface Answer {
  readonly loss: number;
  readonly input: number;
  readonly target: number;
}

export interface ElementKernels extends PairKernels {
  /** One element in float64. */
  readonly answer: (x: number, t: number, constants: Numbers) => Answer;
}

/** The kernels of formulas, which get constants of these names. */
export function elementKernels<Name extends string = never>(
  name: string,
  formulas: PairFormulas<Name>,
  names: readonly Name[] = [],
): ElementKernels {
  // A slope may be a number where the element is none: then it is its loss that has to be seen.
  const seen: PairFormulas<Name> = (x, t, constants, v) => {
    const { loss, slopes, usual } = formulas(x, t, constants, v);
    const sloped = slopes.input.plus(slopes.target).plus(x).plus(t);
    return { loss, slopes, usual: usual ?? sloped };
  };
  const pair = pairKernels(name, seen, names);
  const one = oneByOne(name, formulas, names);
  return { ...pair, all: [...pair.all, one], answer: answerer(one) };
}

/** A kernel on rows of one element each. */
function oneByOne<Name extends string>(
  name: string,
  formulas: PairFormulas<Name>,
  names: readonly Name[],
): RowKernel {
  const { x, t, constants } = pairInputs(names);
  const { loss, slopes } = formulas(x, t, constants, undefined);
  const [own, input, target] = [loss, slopes.input, slopes.target].map(sumOf);
  return {
    ...{ name: `${name}, one by one`, inputs: [x, t], scalars: Object.values(constants) },
    ...{ results: {}, rowResults: { loss: own!, input: input!, target: target! } },
    usual: sumOf(x.plus(t)),
  };
}

function answerer(kernel: RowKernel): ElementKernels['answer'] {
  const machine = fastestOf((reading) => machineOf(kernel, reading));
  return (x, t, constants) => {
    const { floats, doubles, run } = machine()(1, 1);
    floats.x![0] = x;
    floats.t![0] = t;
    for (const { name } of kernel.scalars!) doubles[name]![0] = constants[name]!;
    run(1);
    return { loss: doubles.loss![0]!, input: doubles.input![0]!, target: doubles.target![0]! };
  };
}

/** One set of kernels, or several and which of them the parameters ask for. */
type Choice<P> =
  | { readonly kernels: ElementKernels }
  | {
      readonly kernels: Readonly<Record<string, ElementKernels>>;
      readonly which: (params: P) => string;
    };

type Description<P> = Choice<P> & {
  readonly id: string;
  readonly accuracy?: Accuracy | undefined;
  /** Beside `reduction`. */
  readonly parameters: Parameters<P>;
  /** What kernels get by name: numbers among `params` if nothing is said. */
  readonly constants?: (params: P) => Numbers;
  /** Elements with ±∞ or NaN in them or in what comes of them, if the formulas are not made for it. */
  readonly special?: (x: number, t: number, params: P) => Answer;
  /** That there is a weight, and what mean divides by then: their sum or the number of elements. */
  readonly weight?: 'sum' | 'count';
};

export function elementLoss<P extends object>(
  description: Description<P> & { readonly weight: 'sum' | 'count' },
): Operator<WeightedPair, P & Reducing, Pair>;
export function elementLoss<P extends object>(
  description: Description<P>,
): Operator<Pair, P & Reducing, Pair>;
export function elementLoss<P extends object>(
  description: Description<P>,
): Operator<WeightedPair, P & Reducing, Pair> {
  const { id, accuracy, parameters, weight } = description;
  return operator<WeightedPair, P & Reducing, Pair>({
    ...{ id, accuracy },
    inputs: ['input', 'target', ...(weight ? (['weight'] as const) : [])],
    differentiable: ['input', 'target'],
    parameters: { ...parameters, reduction } as Parameters<P & Reducing>,
    kernels: kernelsOf(description),
    plan: (inputs, params) => planOf(description, inputs, params),
  });
}

const kernelsOf = <P>(description: Choice<P>): readonly RowKernel[] =>
  ('which' in description ? Object.values(description.kernels) : [description.kernels]).flatMap(
    ({ all }) => all,
  );

function planOf<P>(
  description: Description<P>,
  { input, target, weight: given }: WeightedPair,
  params: P & Reducing,
): Plan<Pair> {
  const { id, constants, special, weight } = description;
  const pair = pairOf(id, input, target);
  const w = weightOf(id, given, pair);
  const numbers = constants?.(params) ?? (params as unknown as Numbers);
  const chosen =
    'which' in description ? description.kernels[description.which(params)]! : description.kernels;
  const answer = special
    ? (x: number, t: number) => special(x, t, params)
    : (x: number, t: number) => chosen.answer(x, t, numbers);
  const count = pair.x.length;
  const divides = params.reduction === 'mean' && weight === 'sum' && w;
  return pairLoss(
    {
      ...{ ...pair, w: w && ((i) => w[i]!), run: chosen.run },
      constants: Object.fromEntries(chosen.names.map((name) => [name, numbers[name]!])),
      denominator: divides ? sum(count, (i) => w[i]!) : count,
      ...weighted(pair, w, answer),
    },
    params.reduction,
  );
}

/** The weights, one for each element. */
function weightOf(id: string, weight: Floats | undefined, { shape }: Elements) {
  if (weight === undefined) return undefined;
  const { data, shape: own } = checkFloats({ id, name: 'weight' }, weight);
  checkShape({ id, name: 'weight' }, own, shape, "the input's shape");
  return data;
}

/** Answers with the weights in them. */
function weighted(
  { x, t }: Elements,
  w: Float32Array | undefined,
  answer: (x: number, t: number) => Answer,
): Pick<PairLoss, 'value' | 'slopes'> {
  const part = (name: keyof Answer) => (i: number) =>
    scaled(w ? w[i]! : 1, answer(x[i]!, t[i]!)[name]);
  return { value: part('loss'), slopes: { input: part('input'), target: part('target') } };
}
