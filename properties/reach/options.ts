/** # The options of a case: every parameter and every input that can come in two ways, as it came */
import { formsOf, isOptional } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import type { Param } from '../../spec/param.ts';
import { isInteger } from '../../spec/tensor.ts';
import { type Case, type Drawn, isTaken } from '../inputs.ts';

/** Every option of a case, as set or as not set. */
export function optionsOf(op: Op, { tensors, settings }: Case): readonly string[] {
  const parameters = Object.entries(op.params).map(([name, p]) =>
    optionOf(name, p, settings[name]!),
  );
  const inputs = Object.entries(op.inputs).flatMap(([name, input]) => {
    const tensor = tensors[name];
    if (formsOf(input).length > 1) return [`${name} of ${formNamed(isInteger(tensor!.dtype))}`];
    return isOptional(input) ? [`${name} ${tensor ? 'given' : 'absent'}`] : [];
  });
  return [...parameters, ...inputs];
}

const formNamed = (isOfClasses: boolean): string => (isOfClasses ? 'classes' : 'probabilities');

function optionOf(name: string, p: Param, value: Drawn[string]): string {
  if (p.kind === 'choice' || p.kind === 'flag') return `${name} ${value}`;
  return value === p.default ? `${name} as usual` : `${name} set`;
}

/** Every two of them, in the order of the declaration. */
export const pairsOf = (options: readonly string[]): readonly string[] =>
  options.flatMap((a, i) => options.slice(i + 1).map((b) => `${a}, ${b}`));

// What a declaration allows ----------------------------------------------------------------------

/** One way for a parameter to be set or for an input to come, and what it is called. */
interface Way {
  readonly option: string;
  readonly settings?: Drawn;
  readonly given?: { readonly [input: string]: 'reals' | 'classes' };
}

/** Values of a parameter, its default among them; on exact data those that keep it exact. */
function valuesOf(p: Param, isExact: boolean): readonly Drawn[string][] {
  if (p.kind === 'choice') return p.values;
  if (p.kind === 'flag') return [false, true];
  if (p.kind === 'axis') return [p.default, 0];
  const { default: usual, min = -8, max = 8 } = p;
  if (p.kind === 'integer')
    return [usual, -1, 0, 1, min].filter((n) => n >= (p.min ?? n) && n <= (p.max ?? n));
  return [usual, ...(isExact ? (p.exact ?? []) : (p.draw ?? [min, max]))];
}

/** The ways of every parameter, then of every input that has more than one. */
function waysOf(op: Op, isExact: boolean): readonly (readonly Way[])[] {
  const parameters = Object.entries(op.params).map(([name, p]) =>
    valuesOf(p, isExact).map((value) => ({
      option: optionOf(name, p, value),
      settings: { [name]: value },
    })),
  );
  const inputs = Object.entries(op.inputs).flatMap(([name, input]): Way[][] => {
    const forms = formsOf(input);
    if (forms.length > 1)
      return [
        forms.map(({ of }) => ({
          option: `${name} of ${formNamed(of === 'classes')}`,
          given: { [name]: of },
        })),
      ];
    const ways = ['given', 'absent'].map((how) => ({ option: `${name} ${how}` }));
    return isOptional(input) ? [ways] : [];
  });
  return [...parameters, ...inputs];
}

const defaultsOf = (op: Op): Drawn =>
  Object.fromEntries(Object.entries(op.params).map(([name, p]) => [name, p.default]));

const isPossible = (op: Op, ...ways: readonly Way[]): boolean =>
  isTaken(
    op,
    Object.assign({}, defaultsOf(op), ...ways.map((way) => way.settings)),
    Object.assign({}, ...ways.map((way) => way.given)),
  );

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** Every option that some legal case has. */
export const everyOption = (op: Op): readonly string[] =>
  distinct(
    waysOf(op, false)
      .flat()
      .filter((way) => isPossible(op, way))
      .map(({ option }) => option),
  );

/** Every pair of options that some legal case has on data that keep results exact. */
export function everyPair(op: Op): readonly string[] {
  const ways = waysOf(op, true);
  const pairs = ways.flatMap((some, i) =>
    ways.slice(i + 1).flatMap((others) => some.flatMap((a) => others.map((b) => [a, b] as const))),
  );
  return distinct(
    pairs.filter((pair) => isPossible(op, ...pair)).map(([a, b]) => `${a.option}, ${b.option}`),
  );
}

/** The defaults, and the defaults with one parameter changed: as far as the definition takes them. */
export function everySetting(op: Op): readonly Drawn[] {
  const usual = defaultsOf(op);
  const changed = Object.entries(op.params).flatMap(([name, p]) =>
    valuesOf(p, false)
      .filter((value) => value !== p.default)
      .map((value) => ({ ...usual, [name]: value })),
  );
  return [usual, ...changed].filter((settings) => isTaken(op, settings));
}
