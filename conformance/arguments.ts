/**
 * # An operator on the command line
 *
 * Its flags are its inputs and parameters, under their own names.
 */
import { Command } from 'commander';
import type { Payload, Request, Setting, Wanted } from '../properties/candidate.ts';
import { formatOf } from '../properties/payload.ts';
import { words } from '../spec/axes.ts';
import { type Either, type Form, formsOf, type Input, isOptional } from '../spec/input.ts';
import type { Op } from '../spec/op.ts';
import { describeParam, type Param } from '../spec/param.ts';
import type { Dtype } from '../spec/tensor.ts';
import { EXIT, failure, messageOf } from './failure.ts';
import { differentiable } from './reference.ts';
import { decodeTensor } from './wire/codec.ts';
import { SPECIALS, shown } from './wire/schema.ts';

export const FLOATS: readonly Dtype[] = ['f32', 'f16', 'bf16', 'f64'];

/** What the flags hold once they are parsed. */
export interface Flags {
  readonly [name: string]: string | boolean | undefined;
}

/** `eval <op>` with a flag for each input and parameter. */
export function commandFor(op: Op): Command {
  const command = new Command(`touchstone eval ${op.id}`).usage("--input '[…]' [options]");
  for (const [name, input] of Object.entries(op.inputs))
    command.option(`--${name} <json>`, describeInput(input));
  for (const [name, param] of Object.entries(op.params))
    command.option(flagFor(name, param), `${describeParam(param)}; default ${param.default}`);
  return command
    .option('--gradOut <json>', 'cotangent of the result, for the gradients; default ones')
    .option('--dtype <dtype>', `of real numbers: ${FLOATS.join(', ')}`, 'f32')
    .option('--impl <name>', 'reference or fast', 'reference')
    .option('--json', 'one line of JSON');
}

const flagFor = (name: string, param: Param): string =>
  param.kind === 'flag' ? `--${name} [true|false]` : `--${name} <${param.kind}>`;

/** The forms of an input, in words. */
export function describeInput(input: Input): string {
  const optional = isOptional(input) ? '; optional' : '';
  return formsOf(input).map(describeForm).join(', or ') + optional;
}

function describeForm(form: Form): string {
  if (form.of === 'classes') {
    if (form.lengths) return `lengths [${form.axes}] in [0, ${form.count}]`;
    const unless = form.unless === undefined ? '' : `, or ${form.unless}`;
    return `classes [${form.axes}] in [0, ${words(form.count).join(' + ')})${unless}`;
  }
  const { min, max, broadcast, absent } = form;
  const range = min === undefined && max === undefined ? '' : ` in [${min ?? '−∞'}, ${max ?? '∞'}]`;
  const spread = broadcast ? ', or what broadcasts to it' : '';
  const otherwise = absent === undefined ? '' : `, ${absent} where absent`;
  return `reals [${form.axes}]${range}${spread}${otherwise}`;
}

/** Throws a TypeError or RangeError that begins with the operator's name. */
export function requestFrom(op: Op, flags: Flags): Request {
  const dtype = flags.dtype as Dtype;
  if (!FLOATS.includes(dtype))
    throw failure(EXIT.usage, `--dtype is ${dtype} but should be one of ${FLOATS.join(', ')}`);
  const given = new Map(
    [...Object.keys(op.inputs), 'gradOut'].flatMap((name) => {
      const json = flags[name];
      return typeof json === 'string' ? [[name, readTensor(`${op.id}: ${name}`, json)]] : [];
    }),
  );
  const inputs = Object.entries(op.inputs).flatMap(([name, input]) => {
    const array = given.get(name);
    return array ? [[name, typed(op, name, array, dtypeFor(input, array, given, dtype))]] : [];
  });
  const tensors: { [name: string]: Payload } = Object.fromEntries(inputs);
  const cotangent = given.get('gradOut');
  return {
    op: op.id,
    params: settingsFrom(op, flags),
    in: tensors,
    want: wantedOf(op, tensors),
    grad_out: cotangent ? typed(op, 'gradOut', cotangent, dtype) : null,
  };
}

const wantedOf = (op: Op, tensors: { readonly [name: string]: Payload }): readonly Wanted[] => [
  'out',
  ...differentiable(op)
    .filter((name) => tensors[name] && formatOf(tensors[name].dtype))
    .map((name) => `grad:${name}` as const),
];

type Value = number | (typeof SPECIALS)[number];
interface Nested {
  readonly shape: readonly number[];
  readonly values: readonly Value[];
}

const typed = (op: Op, name: string, { shape, values }: Nested, dtype: Dtype): Payload =>
  decodeTensor(`${op.id}: ${name}`, { dtype, shape: [...shape], values: [...values] });

/** A number, or numbers in nested brackets. */
export function readTensor(where: string, json: string): Nested {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (problem) {
    const hint = `${SPECIALS.map((s) => `"${s}"`).join(', ')} are written with quotes`;
    throw new TypeError(`${where} is not JSON (${messageOf(problem)}; ${hint})`);
  }
  return gather(where, value);
}

/** As many axes as numpy's arrays may have. */
const MOST_AXES = 64;

function gather(where: string, value: unknown, depth = 0): Nested {
  if (typeof value === 'number' || SPECIALS.includes(value as never))
    return { shape: [], values: [value as Value] };
  if (!Array.isArray(value))
    throw new TypeError(
      `${where} holds ${shown(value)} but should hold numbers or one of ${SPECIALS.join(', ')}`,
    );
  if (depth === MOST_AXES) throw new RangeError(`${where} has more than ${MOST_AXES} axes`);
  const parts = value.map((part) => gather(where, part, depth + 1));
  const [first] = parts;
  const odd = parts.find(({ shape }) => String(shape) !== String(first!.shape));
  if (first && odd)
    throw new TypeError(
      `${where} is ragged: one part has shape [${first.shape}], another [${odd.shape}]`,
    );
  return {
    shape: [parts.length, ...(first?.shape ?? [])],
    values: parts.flatMap((part) => part.values),
  };
}

/** Whole numbers are classes where the input can hold classes and has the number of axes for them. */
function dtypeFor(
  input: Input,
  array: Nested,
  given: ReadonlyMap<string, Nested>,
  real: Dtype,
): Dtype {
  const isWhole = array.values.every((value) => Number.isInteger(value));
  if (input.of === 'reals' || !isWhole) return real;
  return input.of === 'classes' || hasAxesOfClasses(input, array, given) ? 'i64' : real;
}

/** Probabilities have as many axes as the first input, and classes lack one of theirs. */
function hasAxesOfClasses(
  { classes, reals }: Either,
  { shape }: Nested,
  given: ReadonlyMap<string, Nested>,
): boolean {
  const [first] = given.values();
  const fewer = words(reals.axes).length - words(classes.axes).length;
  return first === undefined || shape.length <= first.shape.length - fewer;
}

const settingsFrom = (op: Op, flags: Flags): { readonly [name: string]: Setting } =>
  Object.fromEntries(
    Object.entries(op.params).flatMap(([name, param]) => {
      const said = flags[name];
      return said === undefined ? [] : [[name, settingFrom(param, said)]];
    }),
  );

/** What is no number stays as it is, for the operator to turn down by its name. */
export function settingFrom(param: Param, said: string | boolean): Setting {
  if (typeof said === 'boolean' || param.kind === 'choice') return said;
  if (param.kind === 'flag') return said === 'true' ? true : said === 'false' ? false : said;
  const number = Number(said);
  return said.trim() === '' || (Number.isNaN(number) && said !== 'NaN') ? said : number;
}
