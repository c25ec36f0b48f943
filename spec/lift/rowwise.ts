/** # From a row to a tensor: one piece for each position of `over` */
import { bind, type Lengths, viewOf, words } from '../axes.ts';
import type { Addends, Op, Rowwise } from '../op.ts';
import { type Params, read, type Settings } from '../param.ts';
import { real } from '../real.ts';
import type { Tensors } from '../tensor.ts';
import { checkLegal } from './legal.ts';
import { type Access, type Lifted, type Piece, partsOf } from './lifted.ts';
import { formsGiven, lengthsOf, type Sample, samplesOf } from './samples.ts';

export function liftRowwise(op: Rowwise, tensors: Tensors, settings: Settings<Params>): Lifted {
  const { samples, outputs, shape, given } = layoutOf(op, tensors, settings);
  const p = () => read(op.params, settings);
  const rows = samples.map(({ row, places }, s) => ({ row, places, at: outputs[s]! }));
  const lengths = rows.flatMap(({ places }) => Object.values(places).map((a) => a.length));
  return {
    ...{ op, settings, tensors, given, shape },
    pieces: rows.map(({ row, at }): Piece => {
      return { at, signed: false, formula: (x) => op.f(row(x), p()) };
    }),
    summed: Math.max(1, ...lengths),
    addends: (x) => scattered(samples, outputs, (row) => op.addends(row, p()), x),
    textbook: (x) => scattered(samples, outputs, (row) => op.textbook(row, p()), x),
    divisor: () => real(1),
    derivative(input, x, u) {
      const pull = op.derivative[input];
      return (
        pull &&
        rows.flatMap(({ row, places, at }) => {
          const cotangent = at.map((place) => u[place]!);
          return partsOf(places[input]!, pull(row(x), cotangent, p()));
        })
      );
    },
  };
}

interface Layout {
  readonly samples: readonly Sample[];
  /** Where the results of each sample lie. */
  readonly outputs: readonly (readonly number[])[];
  readonly shape: readonly number[];
  readonly given: Lifted['given'];
}

function layoutOf(op: Rowwise, tensors: Tensors, settings: Settings<Params>): Layout {
  const first = tensors[Object.keys(op.inputs)[0]!];
  const moved = first && 'dim' in op.params ? axisOf(op, first.shape, settings) : undefined;
  const isRowOfOne = first?.shape.length === 0 && moved !== undefined;
  const { lengths, forms } = bind(
    op.id,
    op.inputs,
    isRowOfOne ? rowOfOne(tensors) : tensors,
    moved,
  );
  const given = formsGiven(forms, tensors);
  checkLegal(op, tensors, lengths, forms, settings);
  op.refuse(settings, given);
  const samples = samplesOf(op, tensors, lengths, forms, moved);
  const along = lengthsOf(op.over, lengths);
  const own = words(op.output).find((word) => !words(op.over).includes(word));
  const length = own === undefined ? 1 : lengths.get(own)![0]!;
  const axis = own === undefined ? undefined : (moved ?? axesBefore(own, op.output, lengths));
  const shape = axis === undefined ? along : along.toSpliced(axis, 0, length);
  const { strides } = viewOf(shape, axis);
  const outputs = samples.map(({ position }) => {
    const base = position.reduce((total, index, i) => total + index * strides[i]!, 0);
    return Array.from({ length }, (_, i) => base + i * (strides[along.length] ?? 0));
  });
  return { samples, outputs, shape: isRowOfOne ? [] : shape, given };
}

/** How many axes of the result come before its own. */
function axesBefore(own: string, output: string, lengths: Lengths): number {
  const names = words(output);
  return lengthsOf(names.slice(0, names.indexOf(own)).join(' '), lengths).length;
}

/** What a formula gives for every row, at the places of its results. */
function scattered(
  samples: readonly Sample[],
  outputs: readonly (readonly number[])[],
  formula: (row: never) => readonly Addends[],
  x: Access,
): readonly Addends[] {
  const all: Addends[] = [];
  for (const [s, { row }] of samples.entries())
    for (const [i, addends] of formula(row(x)).entries()) all[outputs[s]![i]!] = addends;
  return all;
}

const rowOfOne = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, t && { ...t, shape: [1] }]));

function axisOf(op: Op, shape: readonly number[], settings: Settings<Params>): number {
  const dim = settings.dim as unknown as number;
  const rank = Math.max(1, shape.length);
  const axis = dim < 0 ? dim + rank : dim;
  if (axis >= 0 && axis < rank) return axis;
  throw new RangeError(
    `${op.id}: dim = ${dim} should be from ${-rank} to ${rank - 1} for input of shape [${shape}]`,
  );
}
