/**
 * # Inputs
 *
 * Axes are written as words: `'N? C *'` is a batch axis that may be missing, a class axis, and any
 * number of further ones; `2H` is twice as long as `H`. One word is one length wherever it occurs in
 * a definition.
 */
import type { Real } from './real.ts';

/** Real numbers. */
export interface Reals<A extends string = string> {
  readonly of: 'reals';
  readonly axes: A;
  /** Legal values; without bounds, ±∞ and NaN are legal too. */
  readonly min?: number;
  readonly max?: number;
  /** Where generated values stay, if not in the whole legal range. */
  readonly draw?: readonly [number, number];
  /** What it is meant to hold: most generated values are among them, though others are legal, too. */
  readonly labels?: readonly number[];
  /**
   * Values for which results are exact, or next to exact, whatever the order of operations, so that
   * meaning can be tested apart from rounding; multiples of ¼ if absent.
   */
  readonly exact?: (settings: { readonly [parameter: string]: unknown }) => readonly number[];
  /** What an omitted input stands for at every position; without it the input is required. */
  readonly absent?: number;
  /** May have any shape that broadcasts to its axes. */
  readonly broadcast?: boolean;
  /** Whether there is a gradient with respect to it. */
  readonly differentiable?: boolean;
}
/** Whole numbers 0 … (length of the axes of `count`) − 1, and whatever the parameter `unless` holds. */
export interface Classes<A extends string = string> {
  readonly of: 'classes';
  readonly axes: A;
  readonly count: string;
  readonly unless?: string;
  /** A number that ends a list of classes; what comes after it is ignored. */
  readonly end?: number;
  /** They are lengths of sequences along the axis, its whole length included; which are drawn more often. */
  readonly lengths?: 'long' | 'short';
}
/** Classes if the dtype is an integer, otherwise real numbers. */
export interface Either<C extends Classes = Classes, R extends Reals = Reals> {
  readonly of: 'either';
  readonly classes: C;
  readonly reals: R;
}
export type Form = Reals | Classes;
export type Input = Form | Either;
export type Inputs = { readonly [name: string]: Input };

/** Real numbers with a gradient, unless `differentiable` is false. */
export const reals = <const A extends string>(
  axes: A,
  d: Omit<Reals, 'of' | 'axes'> = {},
): Reals<A> => ({ differentiable: true, ...d, of: 'reals', axes });

/** What terms are multiplied by: 1 where absent, and without a gradient. */
export const weights = <const A extends string>(
  axes: A,
  d: Pick<Reals, 'broadcast'> = {},
): Reals<A> =>
  reals(axes, {
    ...{ absent: 1, draw: [0, 8], exact: () => [0, 1, 2, 4], differentiable: false },
    ...d,
  });

export const classes = <const A extends string>(
  axes: A,
  d: Omit<Classes, 'of' | 'axes' | 'lengths'>,
): Classes<A> => ({ ...d, of: 'classes', axes });

/**
 * Lengths of sequences that are padded to the length of an axis: 0 up to that. Where some must be
 * longer than others for anything to happen, `drawn` sees to it.
 */
export const lengths = <const A extends string>(
  axes: A,
  axis: string,
  drawn: 'long' | 'short',
): Classes<A> => ({ of: 'classes', axes, count: axis, lengths: drawn });

export const either = <const C extends Classes, const R extends Reals>(
  classes: C,
  reals: R,
): Either<C, R> => ({ of: 'either', classes, reals });

export const formsOf = (input: Input): readonly Form[] =>
  input.of === 'either' ? [input.classes, input.reals] : [input];

export const isOptional = (input: Input): boolean =>
  input.of === 'reals' && input.absent !== undefined;

/** Some tensor given for this input has a gradient. */
export const isDifferentiable = (input: Input): boolean =>
  formsOf(input).some((form) => form.of === 'reals' && form.differentiable === true);

type Words<S extends string> = S extends `${infer H} ${infer T}` ? H | Words<T> : S;
/** T inside an array for each axis that `Over` does not have. */
type Nested<A extends string, Over extends string, T> = A extends `${infer H} ${infer Rest}`
  ? Along<H, Over, Nested<Rest, Over, T>>
  : Along<A, Over, T>;
type Along<Word extends string, Over extends string, T> = Word extends '' | Words<Over>
  ? T
  : readonly T[];

type Seen<I, Over extends string> =
  I extends Reals<infer A>
    ? Nested<A, Over, Real>
    : I extends Classes<infer A>
      ? Nested<A, Over, number>
      : I extends Either<infer C, infer R>
        ? Seen<C, Over> | Seen<R, Over>
        : never;

/**
 * What one term sees of each input once the axes in `Over` are fixed: a number, or a vector. Of a
 * definition that is not known at compile time, nothing: `lift` alone builds those rows.
 */
export type Row<I, Over extends string> = string extends Over
  ? never
  : { readonly [K in keyof I]: Seen<I[K], Over> };
