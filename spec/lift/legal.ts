/** # Whether the elements of inputs are legal; throws a RangeError that names the first that is not */
import type { Lengths } from '../axes.ts';
import type { Classes, Form, Reals } from '../input.ts';
import type { Op } from '../op.ts';
import type { Params, Settings } from '../param.ts';
import type { Tensor, Tensors } from '../tensor.ts';

export function checkLegal(
  { id }: Op,
  tensors: Tensors,
  lengths: Lengths,
  forms: { readonly [name: string]: Form },
  settings: Settings<Params>,
): void {
  for (const [name, form] of Object.entries(forms)) {
    const tensor = tensors[name];
    const what = `${id}: ${name}`;
    if (!tensor) continue;
    if (form.of === 'classes') checkClasses(what, form, tensor, lengths, settings);
    else checkReals(what, form, tensor);
  }
}

function checkClasses(
  what: string,
  form: Classes,
  tensor: Tensor,
  lengths: Lengths,
  settings: Settings<Params>,
): void {
  const count = lengths.get(form.count)![0]!;
  const unless = form.unless === undefined ? undefined : settings[form.unless];
  for (const y of Array.from(tensor.data)) {
    if (y === (unless as unknown) || (Number.isInteger(y) && y >= 0 && y < count)) continue;
    const or = form.unless === undefined ? '' : ` or ${form.unless} = ${unless}`;
    throw new RangeError(`${what} has the class ${y} but should be in [0, ${count})${or}`);
  }
}

function checkReals(what: string, { min = -Infinity, max = Infinity }: Reals, tensor: Tensor) {
  if (min === -Infinity && max === Infinity) return;
  for (const y of Array.from(tensor.data))
    if (!(y >= min && y <= max))
      throw new RangeError(`${what} has the value ${y} but should be in [${min}, ${max}]`);
}
