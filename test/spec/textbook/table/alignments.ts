/** # CTC: every way of going through blank, label, blank, …, one by one */
import type { Tensors } from '../../../../spec/tensor.ts';
import { type Float, read } from '../../mpfr.ts';
import type { Given, Table } from '../book.ts';
import { lse, sum } from '../formulas.ts';

/** Loss and slopes of one sample of `count`; a slope for every element of the input. */
function sample(t: Tensors, p: Given, n: number, count: number): readonly [Float, Float[]] {
  const { input, target, inputLengths, targetLengths } = t;
  const [steps, most] = [inputLengths!.data[n]!, target!.shape.at(-1)!];
  const labels = Array.from(target!.data).slice(n * most, n * most + targetLengths!.data[n]!);
  const line = [p.blank as number, ...labels.flatMap((y) => [y, p.blank as number])];
  const classes = input!.shape.at(-1)!;
  const place = (time: number, c: number): number => (time * count + n) * classes + c;
  const follows = (s: number, before: number | undefined): boolean =>
    before === undefined
      ? s < 2
      : s === before || s === before + 1 || (s === before + 2 && line[s] !== line[before]);
  let ways: number[][] = [[]];
  for (let time = 0; time < steps; time++)
    ways = ways.flatMap((way) =>
      line.flatMap((_, s) => (follows(s, way.at(-1)) ? [[...way, s]] : [])),
    );
  const passed = ways
    .filter((way) => (way.at(-1) ?? 0) >= line.length - 2 && (steps > 0 || line.length === 1))
    .map((way) => way.map((s, time) => place(time, line[s]!)));
  const slopes = Array.from(input!.data, () => read(0));
  if (passed.length === 0) return [read(p.zeroInfinity ? 0 : Number.POSITIVE_INFINITY), slopes];
  const scores = passed.map((places) => sum(places.map((i) => read(input!.data[i]!))));
  const all = lse(scores);
  for (const [i, places] of passed.entries()) {
    const posterior = scores[i]!.minus(all).exp();
    for (const at of places) slopes[at] = slopes[at]!.minus(posterior);
  }
  return [all.neg(), slopes];
}

export const table: Table = {
  'ctc-loss': (t, p, u) => {
    const count = t.targetLengths!.data.length;
    const lengths = Array.from(t.targetLengths!.data, (n) => Math.max(n, 1));
    const by = (n: number): number => (p.reduction === 'mean' ? lengths[n]! * count : 1);
    const samples = lengths.map((_, n) => sample(t, p, n, count));
    const losses = samples.map(([loss], n) => loss.div(by(n)));
    const isNone = p.reduction === 'none';
    const slopes = samples.map(([, each], n) =>
      each.map((slope) => slope.times(u(isNone ? n : 0)).div(by(n))),
    );
    return {
      out: isNone ? losses : [sum(losses)],
      grad: { input: Array.from(t.input!.data, (_, i) => sum(slopes.map((each) => each[i]!))) },
    };
  },
};
