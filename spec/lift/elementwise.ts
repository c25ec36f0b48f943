/** # From f(x) to a tensor: one piece for each element */
import { bind } from '../axes.ts';
import type { Edges, Elementwise } from '../op.ts';
import { type Params, read, type Settings, type Values } from '../param.ts';
import { type Real, real } from '../real.ts';
import type { Tensors } from '../tensor.ts';
import type { Lifted, Piece } from './lifted.ts';
import { formsGiven } from './samples.ts';

export function liftElementwise(
  op: Elementwise,
  tensors: Tensors,
  settings: Settings<Params>,
): Lifted {
  const { forms } = bind(op.id, op.inputs, tensors);
  const given = formsGiven(forms, tensors);
  op.refuse(settings, given);
  const { shape, data } = tensors.input!;
  const pieces = Array.from(data, (raw, i): Piece => {
    const signed = edgeOf(raw) !== undefined;
    return { at: [i], signed, formula: (x) => [at(op, settings, x('input', i), raw)] };
  });
  return {
    ...{ op, settings, tensors, shape, pieces, summed: 1, given },
    addends: () => undefined,
    textbook: () => [],
    divisor: () => real(1),
    derivative: (_, x, u) =>
      pieces.map((_, i) => {
        const slope = () => op.df(x('input', i), read(op.params, settings));
        return { place: i, addends: [u[i]!.times(slopeAt(op, settings, data[i]!, slope))] };
      }),
  };
}

/** f(x), by table where the definition has one: at the edges and, for the slope, at kinks. */
function at(op: Elementwise, settings: Settings<Params>, x: Real, raw: number): Real {
  const p = (): Values<Params> => read(op.params, settings);
  const edge = edgeOf(raw);
  if (!edge && !op.kinks(settings).some((k) => k.at === raw)) return op.f(x, p());
  return x.through(
    (x) => (edge ? real(op.edges(p())[edge]) : op.f(x, p())),
    (x) => slopeAt(op, settings, raw, () => op.df(x, p())),
  );
}

function slopeAt(op: Elementwise, settings: Settings<Params>, raw: number, df: () => Real): Real {
  const p = read(op.params, settings);
  const kink = op.kinks(settings).find((k) => k.at === raw);
  if (kink) return real(kink.torch);
  const edge = edgeOf(raw);
  if (edge === 'nan') return real(op.slopes(p).nan ?? NaN);
  return edge === 'negInf' || edge === 'posInf' ? real(op.slopes(p)[edge]) : df();
}

export function edgeOf(x: number): keyof Edges | undefined {
  if (Number.isNaN(x)) return 'nan';
  if (x === 0) return Object.is(x, -0) ? 'negZero' : 'posZero';
  if (Number.isFinite(x)) return undefined;
  return x < 0 ? 'negInf' : 'posInf';
}
