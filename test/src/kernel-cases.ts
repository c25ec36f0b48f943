/**
 * Every elementwise kernel at values of its parameters. Which there are says `src/`; which values
 * their parameters take, the definitions; and what they are, the textbook, which shares nothing
 * with either but names.
 */
import { operators } from '../../conformance/operators.ts';
import { isTaken, type Params, settingsOf } from '../../golden/cases/settings.ts';
import { drawFrom } from '../../golden/draw.ts';
import type { Elementwise as Definition } from '../../spec/op.ts';
import { type Numeric, settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import type { Call, Elementwise } from '../../src/elementwise.ts';
import * as src from '../../src/index.ts';
import type { Kernel, Numbers } from '../../src/kernel/kernel.ts';
import { seed } from '../seed.ts';
import { type Float, read } from '../spec/mpfr.ts';
import { textbook } from '../spec/textbook/index.ts';

export const LARGE = (2 - 2 ** -23) * 2 ** 127;
export const TINY = 2 ** -149;

/** An operator of `src/` that is elementwise, and its definition. */
interface Fast {
  readonly id: string;
  readonly op: Elementwise<object>;
  readonly definition: Definition;
}
export const elementwise: readonly Fast[] = Object.values(src).flatMap((op) => {
  const definition = 'id' in op ? operators.get(op.id) : undefined;
  if (definition?.kind !== 'elementwise') return [];
  return [{ id: definition.id, definition, op: op as unknown as Fast['op'] }];
});

/** A kernel at values of its parameters. */
export interface KernelCase extends Call {
  readonly name: string;
  readonly isSlope: boolean;
  /** What it is at a number. */
  readonly is: (at: number) => Float;
}

function casesAt({ id, op }: Fast, settings: Params): readonly KernelCase[] {
  const book = textbook[id];
  if (!book) throw new Error(`${id} is not in the textbook`);
  const truth = (at: number) =>
    book({ input: tensor([1], Float64Array.of(at)) }, settings, () => read(1));
  const { value, slope } = op.at(settings);
  const named = (call: Call) => ({ ...call, name: [call.kernel.name, ...call.numbers].join(' ') });
  return [
    { ...named(value), isSlope: false, is: (at) => truth(at).out[0]! },
    { ...named(slope), isSlope: true, is: (at) => truth(at).grad.input![0]! },
  ];
}

/** Each once: sigmoid is also the slope of softplus, of which one will do. */
const once = (cases: readonly KernelCase[]): readonly KernelCase[] => [
  ...new Map(cases.map((one) => [one.name, one])).values(),
];

/** Numbers of many bits near the ends of what is legal, or of what is drawn where there is no end. */
function endsOf({ min = -Infinity, max = Infinity, draw = [-8, 8] }: Numeric) {
  const isBounded = Number.isFinite(min) && Number.isFinite(max);
  const [low, high] = isBounded ? [min, max] : draw;
  return [low > 0 ? low * 1.1 : low / 1.1, high / 1.1] as const;
}

/** All values that proofs are made for: `npm run proofs`. Usually the upper ends are left out. */
const ENDS = process.env.TOUCHSTONE_PROOFS === 'all' ? [0, 1] : [0];

/** The defaults, each other choice, and all numbers near their lower, and maybe their upper ends. */
function extremesOf(definition: Definition): readonly Params[] {
  const usual = settle(definition, {}) as Params;
  const params = Object.entries(definition.params);
  const chosen = params.flatMap(([name, param]) =>
    param.kind === 'choice' ? param.values.map((value) => ({ ...usual, [name]: value })) : [],
  );
  const ends = ENDS.map((end) =>
    Object.fromEntries(
      params.flatMap(([name, param]) =>
        param.kind === 'number' ? [[name, endsOf(param)[end]!]] : [],
      ),
    ),
  );
  const extreme = ends.map((numbers) => ({ ...usual, ...numbers }));
  return [usual, ...chosen, ...extreme].filter((one) => isTaken(definition, one));
}

const casesOf = (settings: (definition: Definition) => readonly Params[]) =>
  once(elementwise.flatMap((of) => settings(of.definition).flatMap((p) => casesAt(of, p))));

/** For what takes long. */
export const extremeCases = casesOf(extremesOf);
export const kernelCases = once([
  ...extremeCases,
  ...casesOf((definition) => settingsOf(drawFrom(seed), definition)),
]);

export const caseOf = (name: string): KernelCase => kernelCases.find((of) => of.name === name)!;

/** What the inputs are besides x. */
export const inputsOf = ({ parameters }: Kernel, numbers: Numbers) =>
  parameters.map((parameter, i) => [parameter, numbers[i]!] as const);
