/** # From a term to a loss: one piece for each sample, or one for their sum */
import { bind } from '../axes.ts';
import type { Addends, Loss } from '../op.ts';
import { type Params, read, type Settings } from '../param.ts';
import { type Real, real } from '../real.ts';
import { denominator, reduce } from '../reduction.ts';
import type { Tensors } from '../tensor.ts';
import { checkLegal } from './legal.ts';
import { type Access, type Lifted, type Part, type Piece, partsOf } from './lifted.ts';
import { formsGiven, lengthsOf, type Sample, samplesOf } from './samples.ts';

export function liftLoss(op: Loss, tensors: Tensors, settings: Settings<Params>): Lifted {
  const { lengths, forms } = bind(op.id, op.inputs, tensors);
  const given = formsGiven(forms, tensors);
  checkLegal(op, tensors, lengths, forms, settings);
  op.refuse(settings, given);
  const samples = samplesOf(op, tensors, lengths, forms);
  const first = tensors[Object.keys(op.inputs)[0]!]!.shape;
  const reduction = settings.reduction as unknown as string;
  const shape = reduction === 'none' ? lengthsOf(op.over, lengths) : [];
  return {
    ...{ op, settings, tensors, given, shape },
    ...(reduction === 'none'
      ? unreduced(op, settings, samples)
      : reduced(op, settings, samples, reduction, first)),
  };
}

type Formulas = Omit<Lifted, 'op' | 'settings' | 'tensors' | 'given' | 'shape'>;

/** Every sample has a result of its own. */
function unreduced(op: Loss, settings: Settings<Params>, samples: readonly Sample[]): Formulas {
  const p = () => read(op.params, settings);
  return {
    pieces: samples.map(({ row }, i): Piece => {
      return { at: [i], signed: false, formula: (x) => [op.term(row(x), p()).value] };
    }),
    summed: Math.max(1, ...samples.map(longest)),
    addends: (x) => samples.map(({ row }) => op.addends(row(x), p())),
    textbook: (x) => samples.map(({ row }) => op.textbook(row(x), p())),
    divisor: () => real(1),
    derivative: (input, x, u) =>
      slopesOf(op, settings, samples, input, x, (a, s) => u[s]!.times(a)),
  };
}

/** All samples share one result. */
function reduced(
  op: Loss,
  settings: Settings<Params>,
  samples: readonly Sample[],
  reduction: string,
  first: readonly number[],
): Formulas {
  const p = () => read(op.params, settings);
  const terms = (x: Access) => samples.map(({ row }) => op.term(row(x), p()));
  const divisor = (x: Access) => denominator(terms(x), reduction, op.reductions, first);
  /** What every sample is divided by in all. */
  const divisors = (x: Access): readonly Real[] => {
    const all = terms(x);
    const by = denominator(all, reduction, op.reductions, first);
    return all.map(({ parts }) =>
      reduction === 'mean' && parts !== undefined ? by.times(parts) : by,
    );
  };
  const divided = (formula: (row: never) => Addends, x: Access): readonly Addends[] => {
    const by = divisors(x);
    return [samples.flatMap(({ row }, s) => formula(row(x)).map((a) => a.div(by[s]!)))];
  };
  const formula = (x: Access) => reduce(terms(x), reduction, op.reductions, first);
  return {
    pieces: [{ at: [0], signed: false, formula }],
    summed: Math.max(
      1,
      samples.reduce((n, sample) => n + longest(sample), 0),
    ),
    addends: (x) => divided((row) => op.addends(row, p()), x),
    textbook: (x) => divided((row) => op.textbook(row, p()), x),
    divisor,
    derivative(input, x, [u]) {
      const by = divisors(x);
      return slopesOf(op, settings, samples, input, x, (a, s) => u!.times(a).div(by[s]!));
    },
  };
}

/** The stated slopes of every sample, each addend with its share of the cotangent. */
function slopesOf(
  op: Loss,
  settings: Settings<Params>,
  samples: readonly Sample[],
  input: string,
  x: Access,
  share: (addend: Real, sample: number) => Real,
): readonly Part[] | undefined {
  const slope = op.derivative[input];
  return (
    slope &&
    samples.flatMap(({ row, places }, s) => {
      const sums = slope(row(x), read(op.params, settings));
      return partsOf(
        places[input]!,
        sums.map((addends) => addends.map((a) => share(a, s))),
      );
    })
  );
}

/** Elements that enter the term of a sample. */
const longest = ({ places }: Sample): number =>
  Math.max(1, ...Object.values(places).map((p) => p.length));
