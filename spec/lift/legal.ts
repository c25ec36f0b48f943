/**
 * # Whether the elements of inputs are legal, and parameters that are classes
 *
 * Throws a RangeError that names the first that is not.
 */
import { classCount, type Lengths } from '../axes.ts';
import type { Classes, Form, Reals } from '../input.ts';
import type { Op } from '../op.ts';
import type { Params, Settings } from '../param.ts';
import type { Tensor, Tensors } from '../tensor.ts';

export function checkLegal(
  { id, params }: Op,
  tensors: Tensors,
  lengths: Lengths,
  forms: { readonly [name: string]: Form },
  settings: Settings<Params>,
): void {
  for (const [name, param] of Object.entries(params))
    if (param.kind === 'integer' && param.count !== undefined)
      checkClass(`${id}: ${name}`, settings[name] as number, lengths.get(param.count)![0]!);
  for (const [name, form] of Object.entries(forms)) {
    const tensor = tensors[name];
    const what = `${id}: ${name}`;
    if (!tensor) continue;
    if (form.of === 'classes') checkClasses(what, form, tensor, lengths, settings);
    else checkReals(what, form, tensor);
  }
}

function checkClass(what: string, y: number, count: number): void {
  if (y < count) return;
  throw new RangeError(`${what} = ${y} should be a class in [0, ${count})`);
}

function checkClasses(
  what: string,
  form: Classes,
  tensor: Tensor,
  lengths: Lengths,
  settings: Settings<Params>,
): void {
  const last = classCount(form.count, (word) => lengths.get(word)!) - (form.lengths ? 0 : 1);
  const unless = form.unless === undefined ? undefined : settings[form.unless];
  const others: readonly unknown[] = [unless, form.end];
  for (const y of Array.from(tensor.data)) {
    if (others.includes(y) || (Number.isInteger(y) && y >= 0 && y <= last)) continue;
    const due = form.lengths ? `a length in [0, ${last}]` : `a class in [0, ${last + 1})`;
    const or = form.unless === undefined ? '' : ` or ${form.unless} = ${unless}`;
    const end = form.end === undefined ? '' : ` or ${form.end}, which ends the list`;
    throw new RangeError(`${what} has ${y} but should be ${due}${or}${end}`);
  }
}

function checkReals(what: string, { min = -Infinity, max = Infinity }: Reals, tensor: Tensor) {
  if (min === -Infinity && max === Infinity) return;
  for (const y of Array.from(tensor.data))
    if (!(y >= min && y <= max))
      throw new RangeError(`${what} has the value ${y} but should be in [${min}, ${max}]`);
}
