/**
 * # The shape of a definition
 *
 * Every operator is one value of one of three kinds:
 *
 * - `elementwise`  y = f(x; θ) on each element;
 * - `rowwise`      some vectors in, a number or a vector out, at every position of `over`;
 * - `loss`         one term at every position of `over`, then a reduction.
 *
 * A definition is plain data plus a few formulas on `Real`. It does not know tensors, floats,
 * fast-check or any framework: all of that is derived from it.
 */
import type { Input, Inputs, Row } from './input.ts';
import { reals } from './input.ts';
import { type Choice, choice, type Params, type Settings, type Values } from './param.ts';
import type { Exact, Real } from './real.ts';

/** Results at the five inputs where formulas stop speaking. All five must be given. */
export type Edges = {
  readonly negInf: Exact;
  readonly negZero: Exact;
  readonly posZero: Exact;
  readonly posInf: Exact;
  readonly nan: Exact;
};

/**
 * A point where the derivative jumps. Anything from `left` to `right` is a subgradient; `torch` is
 * the one that this specification returns.
 */
export type Kink = {
  readonly at: number;
  readonly left: Exact;
  readonly right: Exact;
  readonly torch: Exact;
};

/**
 * A number as the sum that a formula makes of it. Its value is their sum; the sum of their sizes is
 * the scale against which the rounding errors of an implementation are judged.
 */
export type Addends = readonly Real[];

/** One term of a loss, and its share of the denominator of `mean`. */
export type Term = {
  readonly value: Real;
  readonly weight: Real;
  /** `mean` takes one of so many equal parts of its value: all of it if absent. */
  readonly parts?: number;
};

export type Framework = 'pytorch' | 'onnx' | 'jax' | 'keras' | 'tfjs' | 'tinygrad';

/** How one framework departs from this definition; F is what a difference may have as a formula. */
export type Dialect<F = unknown> = {
  readonly name: string;
  readonly defaults?: { readonly [parameter: string]: number | string | boolean };
  /** Parameters that exist only at their default, and inputs that do not exist. */
  readonly lacks?: readonly string[];
  /** Other answers to legal questions, each with an input that shows it. */
  readonly differs?: readonly Difference<F>[];
  /** Its other names for it, each with the parameters that it stands for where they are not ours. */
  readonly also?: {
    readonly [name: string]: { readonly [parameter: string]: number | string | boolean };
  };
  readonly note?: string;
};
/** What a model in ONNX's format needs to know beyond that. */
export type OnnxDialect<F = unknown> = Dialect<F> & {
  /** The version of the operator set; without it ONNX has no such operator. */
  readonly opset?: number;
  /** Our parameter → the attribute that carries it. */
  readonly attributes?: { readonly [parameter: string]: string };
  /** Attributes that always have the same value. */
  readonly fixed?: { readonly [attribute: string]: number | string };
  /** The ranks of the first input that it takes; all if absent. */
  readonly ranks?: readonly number[];
};
export type Dialects<F = unknown> = {
  readonly [name in Exclude<Framework, 'onnx'>]?: Dialect<F>;
} & {
  readonly onnx?: OnnxDialect<F>;
};
/** A legal answer that is another one, by the name that reports give it. */
export type Difference<F = unknown> = {
  readonly where: string;
  readonly witness: Witness;
  /** What they answer, wherever it is something else; without it the witness is all that is known. */
  readonly formula?: F;
  /** The first and the last of their versions that answer so, where the one we compare with does not. */
  readonly since?: string;
  readonly until?: string;
};
/** Values as nested arrays; integers in inputs that are classes. `spec` and `theirs` at `element`, or the first. */
export type Witness = {
  readonly in: { readonly [input: string]: unknown };
  readonly params?: { readonly [name: string]: number | string | boolean };
  readonly of?: 'out' | `grad:${string}`;
  readonly element?: number;
  readonly spec: number;
  readonly theirs: number;
};

interface Common<P extends Params, F> {
  /** Kebab-case of PyTorch's name. Also the name of every file about this operator. */
  readonly id: string;
  readonly params: P;
  readonly inputs: Inputs;
  /** Ids that are never reused → what must hold, one sentence each, and by which law it is tested. */
  readonly clauses: { readonly [id: string]: Clause };
  readonly dialects: Dialects<F>;
  readonly sources: readonly string[];
  /** Inputs whose gradient is the stated one, whatever the slope of the formula is: in a dialect. */
  readonly stated?: readonly string[];
  /** What a combination of parameters and inputs must fulfil beyond each alone; throws if not. */
  refuse(settings: Settings<P>, given: GivenForms): void;
}
/** The name of a law in `properties/laws` or of an identity, and what it says about this operator. */
export type Clause = readonly [law: string, sentence: string];

/** Each part undefined, or without it, where the answer is that of the definition. */
export interface ElementFormula<P extends Params = Params> {
  f?(x: Real, p: Values<P>): Exact | undefined;
  /** Also at kinks. */
  df?(x: Real, p: Values<P>): Exact | undefined;
  edges?(p: Values<P>): { readonly [at in keyof Edges]?: Exact | undefined };
  slopes?(p: Values<P>): { readonly [at in keyof Slopes]?: Exact | undefined };
}
/** Number for number. */
export interface RowFormula<P extends Params, I extends Inputs, Over extends string> {
  f?(row: Row<I, Over>, p: Values<P>): readonly (Exact | undefined)[];
  readonly derivative?: { readonly [K in keyof I]?: TheirPull<Row<I, Over>, Values<P>> };
}
type TheirPull<R, V> = {
  bivarianceHack(row: R, u: readonly Real[], p: V): readonly (Addends | undefined)[];
}['bivarianceHack'];
export interface TermFormula<P extends Params, I extends Inputs, Over extends string> {
  /** The value; the weight is that of the definition. */
  term?(row: Row<I, Over>, p: Values<P>): Exact | undefined;
  readonly derivative?: { readonly [K in keyof I]?: TheirSlope<Row<I, Over>, Values<P>> };
}
type TheirSlope<R, V> = {
  bivarianceHack(row: R, p: V): readonly (Addends | undefined)[];
}['bivarianceHack'];

/** lim f′ at −∞ and at +∞, and what stands for a slope at NaN: NaN if absent. */
export interface Slopes {
  readonly negInf: Exact;
  readonly posInf: Exact;
  readonly nan?: Exact;
}

// Methods, not function properties: a particular definition can then stand where any is expected.
export interface Elementwise<P extends Params = Params> extends Common<P, ElementFormula<P>> {
  readonly kind: 'elementwise';
  f(x: Real, p: Values<P>): Real;
  df(x: Real, p: Values<P>): Real;
  edges(p: Values<P>): Edges;
  slopes(p: Values<P>): Slopes;
  kinks(p: Settings<P>): readonly Kink[];
  /** Other places where an implementation may change its mind, to be drawn near. */
  points(p: Settings<P>): readonly number[];
  /** All results lie in here. */
  range(p: Settings<P>): readonly [number, number];
  /** Whether f never decreases. */
  isIncreasing(p: Settings<P>): boolean;
  /** Whether f(−x) = −f(x). */
  readonly isOdd: boolean;
}

export interface Rowwise<
  P extends Params = Params,
  I extends Inputs = Inputs,
  Over extends string = string,
> extends Common<P, RowFormula<P, I, Over>> {
  readonly kind: 'rowwise';
  readonly inputs: I;
  /** The axes of the result: those of `over`, and possibly one of its own. */
  readonly output: string;
  /** The axes at every position of which the formula is evaluated. */
  readonly over: Over;
  /** One value, or one for each place along the output's own axis. */
  f(row: Row<I, Over>, p: Values<P>): readonly Real[];
  /** What each of them is the sum of, in the stable form. */
  addends(row: Row<I, Over>, p: Values<P>): readonly Addends[];
  /** What the textbook form adds to the sizes that D is measured by. */
  textbook(row: Row<I, Over>, p: Values<P>): readonly Addends[];
  /** ūᵀ · ∂f/∂(input) for every element that the row sees of it. */
  readonly derivative: {
    readonly [K in keyof I]?: Pull<Row<I, Over>, Values<P>>;
  };
}
type Pull<R, V> = {
  bivarianceHack(row: R, u: readonly Real[], p: V): readonly Addends[];
}['bivarianceHack'];

/** What a sum is divided by, from the shape of the first input. */
export type Reductions = { readonly [name: string]: (shape: readonly number[]) => number };

export interface Loss<
  P extends Params = Params,
  I extends Inputs = Inputs,
  Over extends string = string,
> extends Common<P, TermFormula<P, I, Over>> {
  readonly kind: 'loss';
  readonly inputs: I;
  /** The axes along which there is one term each. */
  readonly over: Over;
  /** Beyond none, sum and mean. */
  readonly reductions: Reductions;
  term(row: Row<I, Over>, p: Values<P>): Term;
  /** What its value is the sum of, in the stable form. */
  addends(row: Row<I, Over>, p: Values<P>): Addends;
  /** What the textbook form adds to the sizes that D is measured by. */
  textbook(row: Row<I, Over>, p: Values<P>): Addends;
  /** ∂ value / ∂ (input) for every element that the term sees of it. */
  readonly derivative: {
    readonly [K in keyof I]?: Slope<Row<I, Over>, Values<P>>;
  };
}
type Slope<R, V> = { bivarianceHack(row: R, p: V): readonly Addends[] }['bivarianceHack'];
/** As which form each input came. */
export type GivenForms = { readonly [input: string]: 'reals' | 'classes' | 'absent' };

export type Op = Elementwise | Rowwise | Loss;
export type { Input, Inputs, Params, Row, Settings, Values };

type Stated<D, Optional extends keyof D> = Omit<D, 'kind' | Optional> & Partial<Pick<D, Optional>>;
const none = (): readonly [] => [];
const nothing = (): void => {};

type ElementwiseDefaults =
  | 'inputs'
  | 'refuse'
  | 'kinks'
  | 'points'
  | 'range'
  | 'isIncreasing'
  | 'isOdd';

export const elementwise = <const P extends Params>(
  d: Stated<Elementwise<P>, ElementwiseDefaults>,
): Elementwise<P> => ({
  inputs: { input: reals('*') },
  refuse: nothing,
  kinks: none,
  points: none,
  range: () => [-Infinity, Infinity],
  isIncreasing: () => false,
  isOdd: false,
  ...d,
  kind: 'elementwise',
});

export const rowwise = <const P extends Params, const I extends Inputs, const Over extends string>(
  d: Stated<Rowwise<P, I, Over>, 'refuse' | 'textbook'>,
): Rowwise<P, I, Over> => ({ refuse: nothing, textbook: none, ...d, kind: 'rowwise' });

export type Reducing = { readonly reduction: Choice<string> };

export const loss = <const P extends Params, const I extends Inputs, const Over extends string>(
  d: Stated<Loss<P, I, Over>, 'reductions' | 'refuse' | 'textbook'>,
): Loss<P & Reducing, I, Over> => {
  const { reductions = {} } = d;
  const reduction = choice<string>('mean', 'sum', 'none', ...Object.keys(reductions));
  return {
    refuse: nothing,
    textbook: none,
    ...d,
    reductions,
    params: { ...d.params, reduction },
    kind: 'loss',
  } as unknown as Loss<P & Reducing, I, Over>;
};
