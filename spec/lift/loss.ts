/** # From a term to a loss: one piece for each sample, or one for their sum */
import { bind, type Lengths } from '../axes.ts';
import type { Form } from '../input.ts';
import type { Addends, Loss } from '../op.ts';
import { type Params, read, type Settings } from '../param.ts';
import { denominator, reduce } from '../reduction.ts';
import type { Tensor, Tensors } from '../tensor.ts';
import { type Access, type Lifted, type Piece, partsOf } from './lifted.ts';
import { formsGiven, lengthsOf, type Sample, samplesOf } from './samples.ts';

export function liftLoss(op: Loss, tensors: Tensors, settings: Settings<Params>): Lifted {
  const { lengths, forms } = bind(op.id, op.inputs, tensors);
  const given = formsGiven(forms, tensors);
  for (const [name, form] of Object.entries(forms)) {
    const tensor = tensors[name];
    if (tensor) checkLegal(op.id, name, form, tensor, lengths, settings);
  }
  op.refuse(settings, given);
  const samples = samplesOf(op, tensors, lengths, forms);
  const first = Object.values(tensors)[0]!.shape;
  const reduction = settings.reduction as unknown as string;
  const isNone = reduction === 'none';
  const p = () => read(op.params, settings);
  const terms = (x: Access) => samples.map(({ row }) => op.term(row(x), p()));
  const divisor = (x: Access) => denominator(terms(x), reduction, op.reductions, first);
  const whole: Piece = {
    at: [0],
    signed: false,
    formula: (x) => reduce(terms(x), reduction, op.reductions, first),
  };
  const reduced = (all: readonly Addends[], x: Access): readonly Addends[] => {
    if (isNone) return all;
    const by = divisor(x);
    return [all.flat().map((a) => a.div(by))];
  };
  const each = ({ row }: Sample, i: number): Piece => {
    return { at: [i], signed: false, formula: (x) => [op.term(row(x), p()).value] };
  };
  return {
    ...{ op, settings, tensors, given },
    shape: isNone ? lengthsOf(op.over, lengths) : [],
    pieces: isNone ? samples.map(each) : [whole],
    summed: summedBy(samples, isNone),
    addends: (x) =>
      reduced(
        samples.map(({ row }) => op.addends(row(x), p())),
        x,
      ),
    divisor,
    textbook: (x) =>
      reduced(
        samples.map(({ row }) => op.textbook(row(x), p())),
        x,
      ),
    derivative(input, x, u) {
      const slope = op.derivative[input];
      if (!slope) return undefined;
      const by = divisor(x);
      return samples.flatMap(({ row, places }, s) => {
        const share = u[isNone ? s : 0]!;
        const sums = slope(row(x), p());
        return partsOf(
          places[input]!,
          sums.map((addends) => addends.map((a) => share.times(a).div(by))),
        );
      });
    },
  };
}

/** Elements that enter a result: those of a row, times the number of rows that are added up. */
function summedBy(samples: readonly Sample[], isNone: boolean): number {
  const longest = samples.map(({ places }) =>
    Math.max(1, ...Object.values(places).map((p) => p.length)),
  );
  const all = isNone ? Math.max(1, ...longest) : longest.reduce((a, b) => a + b, 0);
  return Math.max(1, all);
}

function checkLegal(
  id: string,
  name: string,
  form: Form,
  tensor: Tensor,
  lengths: Lengths,
  settings: Settings<Params>,
): void {
  if (form.of === 'classes') {
    const count = lengths.get(form.count)![0]!;
    const unless = form.unless === undefined ? undefined : settings[form.unless];
    for (const y of Array.from(tensor.data)) {
      if (y === (unless as unknown) || (Number.isInteger(y) && y >= 0 && y < count)) continue;
      const or = form.unless === undefined ? '' : ` or ${form.unless} = ${unless}`;
      throw new RangeError(`${id}: ${name} has the class ${y} but should be in [0, ${count})${or}`);
    }
    return;
  }
  const { min = -Infinity, max = Infinity } = form;
  if (min === -Infinity && max === Infinity) return;
  for (const y of Array.from(tensor.data))
    if (!(y >= min && y <= max))
      throw new RangeError(`${id}: ${name} has the value ${y} but should be in [${min}, ${max}]`);
}
