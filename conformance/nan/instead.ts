/** # What is right: the operator in place of the code, its exact value, and what our own kernel gives */
import { Decimal } from 'decimal.js';
import type { Payload, Request } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import type { Interval } from '../../spec/arithmetic/interval.ts';
import { type Format, float32, ulp } from '../../spec/format.ts';
import { type Certified, decimalOf, toDecimals, valuesOf } from '../../spec/oracle/index.ts';
import { type Settings as Given, type Params, settle } from '../../spec/param.ts';
import { isInteger, type Tensor, type Tensors } from '../../spec/tensor.ts';
import { fast } from '../adapters/fast.ts';
import { digitsOf } from '../digits.ts';
import { isRefusal, messageOf } from '../failure.ts';
import { operators } from '../operators.ts';
import { read } from '../reference.ts';
import type { Settings, Textbook } from './textbook.ts';

export interface Instead {
  readonly op: string;
  /** The exact value, or why the operator turns the batch down. */
  readonly exact?: string;
  readonly refusal?: string;
  /** What our kernel gives in float32, how far off it is, and whether its gradients are finite. */
  readonly value?: number;
  readonly ulps?: number;
  readonly isGradientFinite?: boolean;
}

export function insteadOf(
  textbook: Textbook,
  batch: Tensors,
  settings: Settings,
): Instead | undefined {
  const { instead: id, params } = textbook;
  if (id === undefined) return undefined;
  const op = operators.get(id)!;
  const own: unknown = Object.fromEntries(params.map((name) => [name, settings[name]!]));
  const request: Request = {
    op: id,
    params: settle(
      { id, params: op.params as Params },
      own as Partial<Given<Params>>,
    ) as unknown as Request['params'],
    in: Object.fromEntries(Object.entries(batch).map(([name, t]) => [name, inFloat32(t!)])),
    want: ['out'],
  };
  try {
    const exact = exactOf(request);
    return { op: id, exact, ...ours(request, exact) };
  } catch (problem) {
    if (isRefusal(id, problem)) return { op: id, refusal: messageOf(problem) };
    throw problem;
  }
}

/** Of many more elements 20 digits would take half a minute. */
const VOLUME = 8192;
export const isLarge = (sizes: readonly number[]): boolean => Math.max(...sizes) > VOLUME;

const PLACES = 20;

/** 20 certified digits; of a large batch as many as its enclosure in float64 tells. */
function exactOf(request: Request): string {
  const sizes = Object.values(request.in).map(({ data }) => data.length);
  if (!isLarge(sizes)) return digitsOf(request).out![0]!;
  const [{ lo, hi }] = valuesOf(read(request).lifted, float32) as readonly [Certified];
  const ends = { lo: decimalOf(lo), hi: decimalOf(hi) };
  const enclosure = { ...ends, isPoint: !ends.lo.lt(ends.hi) } as Interval<Decimal>;
  for (let places = PLACES; places > 1; places--) {
    const text = toDecimals(places)(enclosure, 0);
    if (text !== undefined) return text;
  }
  return digitsOf(request).out![0]!;
}

/** Our kernels have one format, which holds the numbers of all narrower ones. */
const inFloat32 = (tensor: Tensor): Payload =>
  toPayload(isInteger(tensor.dtype) ? tensor : { ...tensor, dtype: 'f32' });

function ours(request: Request, exact: string) {
  const first = Object.keys(request.in)[0]!;
  const reply = fast('').run({ ...request, want: ['out', `grad:${first}`] });
  if (reply instanceof Promise || !reply.out) return {};
  const value = Number(reply.out.data[0]);
  const gradient = reply[`grad:${first}`]!.data as Float32Array;
  return {
    value,
    ulps: ulpsBetween(value, exact, float32),
    isGradientFinite: gradient.every(Number.isFinite),
  };
}
/** |value − exact| in ulps of the exact one; 0 for two that are the same infinity or both NaN. */
export function ulpsBetween(value: number, exact: string, format: Format): number {
  const due = new Decimal(exact);
  if (!Number.isFinite(value) || !due.isFinite())
    return Object.is(value, due.toNumber()) ? 0 : Infinity;
  return new Decimal(value).minus(due).abs().div(ulp(due, format)).toNumber();
}
