/**
 * # Curves through a definition
 *
 * An elementwise operator is a curve. Of the others a section is shown: x is the first element of
 * the first input, and everything else stays as it is said.
 */
import { float32, ulp } from '../../spec/format.ts';
import { formsOf, isOptional, type Reals } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { type Certified, decimalOf, evaluate, gradient } from '../../spec/oracle/index.ts';
import { sizeOf, type Tensors, tensor } from '../../spec/tensor.ts';
import { nested, shapeOf } from './example.ts';
import { float32Code } from './float32.ts';
import type { Textbook } from './textbook.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** What it is a function of: tensors with x in its place. */
export interface Section {
  at(x: number): Tensors;
  /** The rest, in words of the definition; empty where there is none. */
  readonly rest: string;
  readonly from: number;
  readonly to: number;
}

const LENGTHS = { N: 1, C: 2, D: 2, F: 1, H: 2, K: 2, P: 1, Z: 1, T: 1, S: 1, W: 1 };

export function sectionOf(op: Op): Section {
  const [first, input] = Object.entries(op.inputs)[0]!;
  const { min, max } = formsOf(input)[0] as Reals;
  const [from, to] = [min ?? -6, max ?? 6];
  if (op.kind === 'elementwise')
    return { at: (x) => ({ [first]: tensor([], [x]) }), rest: '', from, to };
  const others = fixed(op);
  const base = others[first]!;
  const at = (x: number): Tensors => ({
    ...others,
    [first]: { ...base, data: Array.from(base.data, (y, i) => (i === 0 ? x : y)) },
  });
  const shown = Object.entries(others).map(([name, t]) => {
    const text = JSON.stringify(nested(t!));
    return `${name} = ${name === first ? text.replace(/-?[\d.]+/, 'x') : text}`;
  });
  return { at, rest: shown.join(', '), from, to };
}

/** All inputs, at rest: logits 0, labels and distributions 1, classes 0. */
function fixed(op: Op): Tensors {
  const size = { lengths: LENGTHS, whole: [], rows: [] };
  const names = Object.keys(op.inputs);
  return Object.fromEntries(
    names.flatMap((name) => {
      const input = op.inputs[name]!;
      if (isOptional(input)) return [];
      const form = formsOf(input)[0]!;
      const shape = shapeOf(form.axes, size);
      const isClass = form.of === 'classes';
      const value = isClass ? (form.lengths ? 1 : 0) : resting(form, name, names);
      const data = Array.from({ length: sizeOf(shape) }, (_, i) =>
        isClass && form.end !== undefined && i > 0 ? form.end : value,
      );
      return [[name, tensor(shape, data, isClass ? 'i64' : 'f32')]];
    }),
  );
}

function resting(
  { labels, min, max, draw }: Reals,
  name: string,
  names: readonly string[],
): number {
  if (labels) return labels.at(-1)!;
  const [low, high] = [min ?? draw?.[0], max ?? draw?.[1]];
  if (low === 0 && high === 1) return name === names[0] ? 0.5 : 1;
  if (low === 0) return 1;
  return /weight|keys|positive|^b$|input2|Project/i.test(name) ? 1 : 0;
}

const settings = (op: Op): object => (op.kind === 'loss' ? { reduction: 'sum' } : {});

/** Value and slope in x at a number of places. */
export function curve(op: Op, { at, from, to }: Section, count: number) {
  const xs = Array.from({ length: count }, (_, i) =>
    Math.fround(from + ((to - from) * i) / (count - 1)),
  );
  const value = xs.map((x) => ({ x, y: evaluate(op, at(x), settings(op)).cells[0]!.value }));
  const slope = hasSlope(op) ? xs.map((x) => ({ x, y: slopeAt(op, at(x)) })) : [];
  return { value, slope };
}

const hasSlope = (op: Op): boolean =>
  (formsOf(Object.values(op.inputs)[0]!)[0] as Reals).differentiable === true;

function slopeAt(op: Op, tensors: Tensors): number {
  const { shape, cells } = evaluate(op, tensors, settings(op));
  const cotangent = tensor(
    shape,
    cells.map((_, i) => (i === 0 ? 1 : 0)),
  );
  return gradient(op, tensors, settings(op), { cotangent }).cells[0]!.value;
}

/** Errors in ulps of code for the same section, from nothing to all digits. */
export interface Errors {
  readonly code: string;
  readonly points: readonly Point[];
  readonly worst: Point;
}
/** As many ulps as there are when no digit is right. */
export const ALL = 2 ** 24;

export function errorsOf(
  op: Op,
  section: Section,
  { from, to, code }: Textbook,
  count = 400,
): readonly Errors[] {
  const xs = Array.from({ length: count }, (_, i) =>
    Math.fround(from + ((to - from) * (i + 0.5)) / count),
  );
  const exact = xs.map((x) => evaluate(op, section.at(x), settings(op)).cells[0]!);
  return code.map((text) => {
    const run = float32Code(text);
    const points = xs.map((x, i) => ({ x, y: inUlps(run(x), exact[i]!) }));
    return { code: text, points, worst: points.reduce((a, b) => (b.y > a.y ? b : a)) };
  });
}

function inUlps(got: number, { lo }: Certified): number {
  if (!Number.isFinite(got)) return ALL;
  const due = decimalOf(lo);
  return Math.min(ALL, due.minus(got).abs().div(ulp(due, float32)).toNumber());
}
