/** # Where frameworks answer differently: the witnesses of the definitions as questions */
import { isLegal } from '../../properties/simplify.ts';
import type { Question } from '../../properties/subject.ts';
import { formsOf } from '../../spec/input.ts';
import type { Difference, Op, Witness } from '../../spec/op.ts';
import { type Params, type Settings, settle } from '../../spec/param.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import type { Draft } from './draft.ts';

export const DIALECT = 'dialect';

/** One for every witness that is legal in float32; frameworks that agree share one. */
export function* witnesses(op: Op): Generator<Draft & { readonly witness: Witness }> {
  const byWitness = new Map<string, { frameworks: string[]; difference: Difference }>();
  for (const [framework, { differs = [] }] of Object.entries(op.dialects))
    for (const difference of differs) {
      const key = JSON.stringify(difference.witness, spelt);
      const known = byWitness.get(key) ?? { frameworks: [], difference };
      known.frameworks.push(framework);
      byWitness.set(key, known);
    }
  for (const { frameworks, difference } of byWitness.values()) {
    const { where, witness } = difference;
    const question = questionOf(op, witness);
    const place = witness.of === undefined || witness.of === 'out' ? '' : ` as ${witness.of}`;
    const theirs = Object.is(witness.theirs, -0) ? '-0' : witness.theirs;
    const give = frameworks.length > 1 ? 'give' : 'gives';
    const why = `${where}: ${frameworks.join(' and ')} ${give} ${theirs}${place}`;
    if (isLegal(op, question)) yield { law: DIALECT, question, why, witness };
  }
}

const spelt = (_: string, x: unknown): unknown =>
  typeof x === 'number' && !(Number.isFinite(x) && !Object.is(x, -0)) ? `${1 / x} ${x}` : x;

function questionOf(op: Op, { in: inputs, params = {} }: Witness): Question {
  const given = inputs as { readonly [input: string]: Nested };
  const first = String(shapeOf(given[Object.keys(op.inputs)[0]!]!));
  const tensors: Tensors = Object.fromEntries(
    Object.entries(given).map(([name, nested]) => [name, typed(op, name, nested, first)]),
  );
  const settings = settle(op, params as Partial<Settings<Params>>);
  return { tensors, settings: settings as unknown as Question['settings'], want: ['out'] };
}

type Nested = number | readonly Nested[];

const shapeOf = (x: Nested): readonly number[] =>
  typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])];
const flat = (x: Nested): readonly number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

/** Where a target may be either, what has the shape of the first input are probabilities. */
function typed(op: Op, name: string, nested: Nested, first: string): Tensor {
  const shape = shapeOf(nested);
  const forms = formsOf(op.inputs[name]!).map((form) => form.of);
  const isWhole = forms.includes('classes') && (forms.length === 1 || String(shape) !== first);
  return isWhole
    ? tensor(shape, flat(nested), 'i64')
    : tensor(shape, flat(nested).map(Math.fround));
}
