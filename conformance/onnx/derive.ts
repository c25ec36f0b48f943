/**
 * # From a definition to a model
 *
 * A definition's ONNX entry names the operator and says which attribute is which parameter; the rest
 * follows from the request. What the entry has no word for is refused with the reason, so that a
 * case that ONNX cannot express is never counted for or against it.
 */
import type { Payload, Setting } from '../../properties/candidate.ts';
import type { Inputs, OnnxDialect, Op } from '../../spec/op.ts';
import { isInteger } from '../../spec/tensor.ts';
import { type Attribute, type Attributes, anyShape, type Graph } from './graph.ts';

/** A definition that ONNX has an operator for. */
export type Offered = Op & { readonly dialects: { readonly onnx: OnnxDialect & Versioned } };
interface Versioned {
  readonly opset: number;
}

/** The newest operator set that ONNX Runtime 1.30 takes; what is in later ones it does not know. */
const NEWEST = 26;

export const isOffered = (op: Op): op is Offered => {
  const opset = op.dialects.onnx?.opset;
  return opset !== undefined && opset <= NEWEST;
};

/**
 * What a model declares of its inputs: their ranks, so that one session serves every size, or their
 * shapes, so that ONNX Runtime can see before it runs that they do not fit together.
 */
export type Declared = 'ranks' | 'shapes';

export interface Asked {
  readonly params: { readonly [name: string]: Setting };
  readonly in: { readonly [name: string]: Payload };
}

export type Derived = { readonly graph: Graph } | { readonly reason: string };

const sameShape = (a: Payload, b: Payload): boolean => String(a.shape) === String(b.shape);

/** Floats of the first input's shape are probabilities; of another shape they are a mistake. */
const isProbabilities = (payload: Payload, first: Payload): boolean =>
  !isInteger(payload.dtype) && sameShape(payload, first);

function lackingInput({ inputs, dialects }: Offered, asked: Asked): string | undefined {
  const entry = dialects.onnx;
  const lacks = entry.lacks ?? [];
  const first = asked.in[Object.keys(inputs)[0]!];
  for (const [name, payload] of Object.entries(asked.in)) {
    if (lacks.includes(name)) return `${entry.name} has no ${name}`;
    const takesNone = lacks.includes(`${name}: probabilities`);
    if (takesNone && first !== undefined && isProbabilities(payload, first))
      return `${entry.name} takes no probabilities as ${name}`;
  }
  const rank = first?.shape.length;
  if (rank !== undefined && entry.ranks !== undefined && !entry.ranks.includes(rank))
    return `${entry.name} takes no input of rank ${rank}`;
  return undefined;
}

function lackingParameter({ params, dialects }: Offered, asked: Asked): string | undefined {
  const entry = dialects.onnx;
  for (const [name, value] of Object.entries(asked.params)) {
    if (entry.attributes?.[name] !== undefined || Object.is(params[name]?.default, value)) continue;
    return `${entry.name} has no ${name}, which is ${value} here`;
  }
  return undefined;
}

/** Integers and axes are whole numbers in ONNX; a list of axes is spelt as such. */
function attributeOf(kind: string, attribute: string, value: unknown): Attribute {
  if (typeof value === 'string') return { string: value };
  if (typeof value === 'boolean') return { int: value ? 1 : 0 };
  if (kind === 'number') return { float: value as number };
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${attribute} is ${value} but should be an integer`);
  return attribute === 'axes' ? { ints: [value as number] } : { int: value as number };
}

function attributesOf({ params, dialects }: Offered, asked: Asked): Attributes {
  const { attributes = {}, fixed = {} } = dialects.onnx;
  const mapped = Object.entries(attributes).map(([name, attribute]) => {
    const value = asked.params[name] ?? params[name]?.default;
    return [attribute, attributeOf(params[name]?.kind ?? '', attribute, value)] as const;
  });
  const constant = Object.entries(fixed).map(
    ([attribute, value]) => [attribute, attributeOf('integer', attribute, value)] as const,
  );
  return Object.fromEntries([...mapped, ...constant]);
}

/** Inputs in the definition's order; the empty string keeps the place of an absent one. */
function placesOf(inputs: Inputs, asked: Asked): readonly string[] {
  const places = Object.keys(inputs).map((name) => (asked.in[name] ? name : ''));
  return places.slice(0, places.findLastIndex((name) => name !== '') + 1);
}

function checkNames({ id, inputs, params }: Offered, asked: Asked): void {
  for (const name of Object.keys(asked.in))
    if (!Object.hasOwn(inputs, name)) throw new TypeError(`${id}: there is no input ${name}`);
  for (const name of Object.keys(asked.params))
    if (!Object.hasOwn(params, name)) throw new TypeError(`${id}: there is no parameter ${name}`);
}

/** Throws where the request names what the operator does not have. */
export function derive(definition: Offered, asked: Asked, declared: Declared): Derived {
  checkNames(definition, asked);
  const reason = lackingInput(definition, asked) ?? lackingParameter(definition, asked);
  if (reason !== undefined) return { reason };
  const inputs = placesOf(definition.inputs, asked);
  const first = asked.in[inputs[0] ?? ''];
  if (first === undefined) throw new TypeError(`${definition.id}: the first input is missing`);
  const { name: op, opset } = definition.dialects.onnx;
  const attributes = attributesOf(definition, asked);
  const graph: Graph = {
    opset,
    inputs: inputs
      .filter((name) => name !== '')
      .map((name) => {
        const { dtype, shape } = asked.in[name]!;
        return { name, dtype, shape: declared === 'ranks' ? anyShape(name, shape.length) : shape };
      }),
    initializers: [],
    nodes: [{ op, inputs, outputs: ['out'], attributes }],
    outputs: [{ name: 'out', dtype: first.dtype }],
  };
  return { graph };
}
