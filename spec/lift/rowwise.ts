/** # From a row to a tensor: one piece for each position of `over` */
import { bind, viewOf, words } from '../axes.ts';
import type { Addends, Op, Rowwise } from '../op.ts';
import { type Params, read, type Settings } from '../param.ts';
import { real } from '../real.ts';
import type { Tensors } from '../tensor.ts';
import { type Access, type Lifted, type Piece, partsOf } from './lifted.ts';
import { formsGiven, lengthsOf, type Sample, samplesOf } from './samples.ts';

export function liftRowwise(op: Rowwise, tensors: Tensors, settings: Settings<Params>): Lifted {
  const first = tensors[Object.keys(op.inputs)[0]!];
  const moved = first && 'dim' in op.params ? axisOf(op, first.shape, settings) : undefined;
  const asRows = first?.shape.length === 0 && moved !== undefined ? rowOfOne(tensors) : tensors;
  const { lengths, forms } = bind(op.id, op.inputs, asRows, moved);
  const samples = samplesOf(op, asRows, lengths, forms, moved);
  const own = words(op.output).find((word) => !words(op.over).includes(word));
  const along = lengthsOf(op.over, lengths);
  const full =
    own === undefined ? along : along.toSpliced(moved ?? along.length, 0, lengths.get(own)![0]!);
  const view = viewOf(full, own === undefined ? undefined : moved);
  const p = () => read(op.params, settings);
  const outputs = samples.map(({ position }) => {
    const base = position.reduce((total, index, i) => total + index * view.strides[i]!, 0);
    const length = own === undefined ? 1 : lengths.get(own)![0]!;
    return Array.from({ length }, (_, i) => base + i * (view.strides[along.length] ?? 0));
  });
  const pieces = samples.map(({ row }, s): Piece => {
    return { at: outputs[s]!, signed: false, formula: (x) => op.f(row(x), p()) };
  });
  return {
    ...{ op, settings, tensors, pieces, given: formsGiven(forms, tensors) },
    shape: first!.shape.length === 0 ? [] : full,
    summed: Math.max(
      1,
      ...samples.flatMap(({ places }) => Object.values(places).map((a) => a.length)),
    ),
    addends: (x) => scattered(samples, outputs, (row) => op.addends(row, p()), x),
    divisor: () => real(1),
    textbook: (x) => scattered(samples, outputs, (row) => op.textbook(row, p()), x),
    derivative(input, x, u) {
      const pull = op.derivative[input];
      if (!pull) return undefined;
      return samples.flatMap(({ row, places }, s) => {
        const cotangent = outputs[s]!.map((place) => u[place]!);
        return partsOf(places[input]!, pull(row(x), cotangent, p()));
      });
    },
  };
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
