/**
 * # Dialects: an operator as one framework has it
 *
 * A legal difference may be a formula: what they answer, and undefined where they answer what the
 * definition says. The operator in a dialect is the definition with these formulas put before its own,
 * so that whatever reads a definition reads it, too. A difference in values does not touch gradients,
 * and the other way round: an operator in a dialect is good for one tensor of the answer.
 */
import type {
  Addends,
  Difference,
  ElementFormula,
  Elementwise,
  Framework,
  Loss,
  Op,
  RowFormula,
  Rowwise,
  TermFormula,
} from './op.ts';
import { type Params, read, type Settings } from './param.ts';
import { type Exact, type Real, real } from './real.ts';

export const FRAMEWORKS: readonly Framework[] = [
  ...(['pytorch', 'onnx', 'jax', 'keras'] as const),
  ...(['tfjs', 'tinygrad'] as const),
];

/** A framework, in the version that the definitions compare with unless another is named. */
export interface Dialect {
  readonly framework: Framework;
  readonly version?: string;
}

/** `out`, or the gradient in an input. */
export type Answered = 'out' | `grad:${string}`;

/** The differences that hold in this version of the framework. */
export const differencesOf = (
  op: Op,
  { framework, version }: Dialect,
): readonly Difference<unknown>[] =>
  (op.dialects[framework]?.differs ?? []).filter(({ since, until }) => {
    if (version === undefined) return since === undefined && until === undefined;
    return (
      (since === undefined || compare(version, since) >= 0) &&
      (until === undefined || compare(version, until) <= 0)
    );
  });

/** By the numbers that both have: 2.6.1 is 2.6. */
function compare(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  const i = x!.findIndex((n, i) => y![i] !== undefined && n !== y![i]);
  return i < 0 ? 0 : x![i]! - y![i]!;
}

/** Whether it has a formula for this tensor of the answer. */
export const speaksOf = ({ formula }: Difference<unknown>, answered: Answered): boolean => {
  const { f, df, edges, slopes, term, derivative } = (formula ?? {}) as Partial<
    ElementFormula & TermFormula<Params, never, never>
  >;
  if (answered === 'out') return (f ?? edges ?? term) !== undefined;
  const ofInput: { readonly [input: string]: unknown } = derivative ?? {};
  return (df ?? slopes ?? ofInput[answered.slice('grad:'.length)]) !== undefined;
};

/**
 * The operator by these differences, or all that hold in the dialect, as far as they speak of this
 * tensor of the answer; where none does it is the definition. Of two that speak the first is heard.
 */
export function inDialect(
  op: Op,
  dialect: Dialect,
  answered: Answered,
  differences = differencesOf(op, dialect),
): Op {
  const speaking = differences.filter((d) => speaksOf(d, answered));
  if (speaking.length === 0) return op;
  const formulas = speaking.map(({ formula }) => formula);
  const all = answered === 'out' ? {} : { stated: [answered.slice('grad:'.length)] };
  if (op.kind === 'elementwise') return { ...element(op, formulas as ElementFormula[]), ...all };
  return op.kind === 'rowwise'
    ? { ...row(op, formulas as AnyRow[]), ...all }
    : { ...term(op, formulas as AnyTerm[]), ...all };
}

/** What is said first. */
function heard<T>(said: readonly (() => T | undefined)[]): T | undefined {
  for (const say of said) {
    const answer = say();
    if (answer !== undefined) return answer;
  }
  return undefined;
}

// Elementwise ------------------------------------------------------------------------------------

function element(op: Elementwise, formulas: readonly ElementFormula[]): Elementwise {
  const slope = (x: Real, p: never): Exact | undefined =>
    heard(formulas.map((own) => () => own.df?.(x, p)));
  return {
    ...op,
    f: (x, p) => real(heard(formulas.map((own) => () => own.f?.(x, p))) ?? op.f(x, p)),
    df: (x, p) => real(slope(x, p as never) ?? op.df(x, p)),
    edges: (p) =>
      over(
        op.edges(p),
        formulas.map((own) => own.edges?.(p)),
      ),
    slopes: (p) =>
      over(
        op.slopes(p),
        formulas.map((own) => own.slopes?.(p)),
      ),
    kinks: (settings: Settings<Params>) =>
      op.kinks(settings).map((kink) => ({
        ...kink,
        get torch() {
          return slope(real(kink.at), read(op.params, settings) as never) ?? kink.torch;
        },
      })),
  };
}

type Some<T> = { readonly [K in keyof T]?: T[K] | undefined };

const over = <T extends object>(ours: T, theirs: readonly (Some<T> | undefined)[]): T => {
  const said = theirs.toReversed().flatMap((own) => Object.entries(own ?? {}));
  return { ...ours, ...Object.fromEntries(said.filter(([, y]) => y !== undefined)) };
};

// Rows and terms ---------------------------------------------------------------------------------

type AnyRow = RowFormula<Params, { readonly [input: string]: never }, string>;
type AnyTerm = TermFormula<Params, { readonly [input: string]: never }, string>;

/** Theirs, and the definition's where they have none; it is asked only then. */
function merged<T>(
  theirs: readonly (readonly (T | undefined)[] | undefined)[],
  ours: () => readonly T[],
): readonly T[] {
  const said = theirs.filter((own) => own !== undefined);
  const [length = 0] = said.map((own) => own.length);
  const all = Array.from({ length }, (_, i) => heard(said.map((own) => () => own[i])));
  if (said.length > 0 && all.every((one) => one !== undefined)) return all as readonly T[];
  return ours().map((one, i) => all[i] ?? one);
}

/** The stated derivatives with theirs before them; `rest` is what a slope is asked with. */
const derivatives = (
  op: Rowwise | Loss,
  formulas: readonly { readonly derivative?: object }[],
): { readonly [input: string]: (...rest: readonly never[]) => readonly Addends[] } => {
  type Slopes = { readonly [input: string]: (...rest: readonly never[]) => readonly Addends[] };
  const theirs = formulas.map(({ derivative = {} }) => derivative as Slopes);
  return Object.fromEntries(
    Object.entries(op.derivative as Slopes).map(([input, own]) => [
      input,
      (...rest: readonly never[]) =>
        merged(
          theirs.map((derivative) => derivative[input]?.(...rest)),
          () => own(...rest),
        ),
    ]),
  );
};

const row = (op: Rowwise, formulas: readonly AnyRow[]): Rowwise => {
  const said = (row: never, p: never) => formulas.map((own) => own.f?.(row, p));
  return {
    ...op,
    f: (row, p) => merged<Exact>(said(row, p as never), () => op.f(row, p)).map((y) => real(y)),
    addends: (row, p) =>
      merged<Addends>(
        said(row, p as never).map((own) => own?.map((y) => (y === undefined ? y : [real(y)]))),
        () => op.addends(row, p),
      ),
    derivative: derivatives(op, formulas),
  };
};

const term = (op: Loss, formulas: readonly AnyTerm[]): Loss => {
  const value = (row: never, p: never): Exact | undefined =>
    heard(formulas.map((own) => () => own.term?.(row, p)));
  return {
    ...op,
    term(row, p) {
      const own = value(row, p as never);
      const ours = op.term(row, p);
      return own === undefined ? ours : { ...ours, value: real(own) };
    },
    addends(row, p) {
      const own = value(row, p as never);
      return own === undefined ? op.addends(row, p) : [real(own)];
    },
    derivative: derivatives(op, formulas),
  };
};
