/**
 * # Identities of elementwise operators: several ways to one number
 *
 * A way is a small tree: the input, an operator that is asked for the results at another way, or
 * something calculated from other ways. It is read twice: as a formula, on the definitions, and as a
 * plan for asking a candidate, whose answers go into the next question with where they may lie.
 */
import type fc from 'fast-check';
import { decimal, type Plain } from '../spec/arithmetic/decimal.ts';
import { roundNumber } from '../spec/format.ts';
import { accessTo } from '../spec/lift.ts';
import type { Elementwise } from '../spec/op.ts';
import { read, settle } from '../spec/param.ts';
import { type Real, reading, real } from '../spec/real.ts';
import { type Computed, isOrdinary } from './computed.ts';
import { type Ask, asked, everyday, identity } from './identity.ts';
import type { Case } from './inputs.ts';
import type { Law } from './law.ts';
import { formatOf } from './payload.ts';
import type { Range } from './range.ts';
import { same, stated } from './same.ts';
import type { Question } from './subject.ts';

type Settings = Case['settings'];
type Numbers = { readonly [parameter: string]: Real };

export type Way =
  | { readonly is: 'input' }
  | {
      readonly is: 'asked';
      readonly op: Elementwise;
      readonly at: Way;
      readonly settings: (given: Settings) => Settings;
    }
  | {
      readonly is: 'calculated';
      /** Rises or falls in each part, whatever the others are. */
      readonly f: (parts: readonly Real[], p: Numbers) => Real;
      readonly parts: readonly Way[];
    };

/** The input itself. */
export const x: Way = { is: 'input' };

/** What an operator answers at a way; with its default parameters unless they are given. */
export const ask = (
  op: Elementwise,
  at: Way = x,
  settings: (given: Settings) => object = () => ({}),
): Way => ({ is: 'asked', op, at, settings: (s) => settle(op, settings(s)) as Settings });

/** What an operator answers at the input, with the parameters of the question. */
export const own = (op: Elementwise): Way => ask(op, x, (given) => given);

/** A function of other ways and of the numbers among the parameters of the question. */
export const calculate = (
  f: (parts: readonly Real[], p: Numbers) => Real,
  ...parts: readonly Way[]
): Way => ({ is: 'calculated', f, parts });

interface Ways {
  readonly name: string;
  readonly says: string;
  /** Whose parameters the questions have. */
  readonly op: Elementwise;
  /** All of them lead to the same number. */
  readonly ways: { readonly [path: string]: Way };
  readonly cases?: fc.Arbitrary<Case>;
}

export function severalWays({ name, says, op, ways, cases = everyday(op) }: Ways): {
  readonly certified: fc.IProperty<[Question]>;
  readonly law: Law;
} {
  const questions = cases.map((c) => asked(c));
  const [first, ...others] = Object.values(ways);
  const certified = stated(questions, (question) => {
    const along = (way: Way) => () => formulas(way, question, op);
    return same(along(first!), ...others.map(along));
  });
  const asking = Object.entries(ways).filter(([, way]) => opsOf(way).length > 0);
  const law = identity({
    ...{ name, says, ops: [op], questions: () => questions },
    others: asking.flatMap(([, way]) => opsOf(way)).filter(({ id }) => id !== op.id),
    async claims(question, ask) {
      const numbers = Object.keys(op.params).filter((p) => op.params[p]!.kind === 'number');
      const claims: [string, Computed][] = [];
      for (const [path, way] of asking)
        claims.push([path, await answers(way, { question, ask, numbers })]);
      return Object.fromEntries(claims);
    },
  });
  return { certified, law };
}

const opsOf = (way: Way): readonly Elementwise[] => {
  if (way.is === 'input') return [];
  return way.is === 'asked' ? [way.op, ...opsOf(way.at)] : way.parts.flatMap(opsOf);
};

// As formulas ------------------------------------------------------------------------------------

function formulas(way: Way, { tensors, settings }: Question, op: Elementwise): readonly Real[] {
  const element = accessTo(tensors);
  const p: Numbers = read(op.params as never, settings as never);
  const along = (w: Way, i: number): Real => {
    if (w.is === 'input') return element('input', i);
    if (w.is === 'calculated')
      return w.f(
        w.parts.map((part) => along(part, i)),
        p,
      );
    return w.op.f(along(w.at, i), read(w.op.params, w.settings(settings) as never));
  };
  return Array.from(tensors.input!.data, (_, i) => along(way, i));
}

// As a plan --------------------------------------------------------------------------------------

interface Asking {
  readonly question: Question;
  readonly ask: Ask;
  /** The parameters that are numbers. */
  readonly numbers: readonly string[];
}

async function answers(way: Way, asking: Asking): Promise<Computed> {
  const { question, ask } = asking;
  const { input } = question.tensors;
  if (way.is === 'input')
    return { tensor: input!, ranges: Array.from(input!.data, (lo) => ({ lo, hi: lo, scale: 0 })) };
  if (way.is === 'asked') {
    const at = way.at.is === 'input' ? input! : rounded(await answers(way.at, asking));
    return ask(way.op, { input: at }, way.settings(question.settings));
  }
  const parts: Computed[] = [];
  for (const part of way.parts) parts.push(await answers(part, asking));
  return calculated(way.f, parts, asking);
}

/** As a tensor of its dtype: rounding never decreases, so that what lay between the ends still does. */
function rounded({ tensor, ranges }: Computed): Computed {
  const to = (y: number): number => roundNumber(y, formatOf(tensor.dtype)!);
  return {
    tensor: { ...tensor, data: Array.from(tensor.data, to) },
    ranges: ranges.map(
      (r) => r && { ...r, lo: Math.min(r.lo, to(r.lo)), hi: Math.max(r.hi, to(r.hi)) },
    ),
  };
}

/** Digits enough for no rounding but the last, to float64, to be felt. */
const digits = decimal(40);

function calculated(
  f: (parts: readonly Real[], p: Numbers) => Real,
  parts: readonly Computed[],
  { question, numbers }: Asking,
): Computed {
  const number = (values: readonly number[]): number =>
    reading(digits, () => {
      const p = numbers.map((name) => [name, real(question.settings[name] as number)]);
      return Number((f(values.map(real), Object.fromEntries(p)) as Plain).x);
    });
  const { tensor } = parts[0]!;
  return {
    tensor: {
      ...tensor,
      data: Array.from(tensor.data, (_, i) => number(parts.map((p) => p.tensor.data[i]!))),
    },
    ranges: Array.from(tensor.data, (_, i) => {
      if (!parts.every((p) => isOrdinary(p, i))) return undefined;
      const ends = corners(parts.map((p) => p.ranges[i]!)).map(number);
      return { lo: Math.min(...ends), hi: Math.max(...ends), scale: 0 };
    }),
  };
}

/** Every choice of an end from each range. */
const corners = (ranges: readonly Range[]): readonly (readonly number[])[] =>
  ranges.reduce<readonly (readonly number[])[]>(
    (all, { lo, hi }) =>
      all.flatMap((c) =>
        lo === hi
          ? [[...c, lo]]
          : [
              [...c, lo],
              [...c, hi],
            ],
      ),
    [[]],
  );
