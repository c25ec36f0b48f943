/** # A batch and settings as a textbook takes them */
import { type Format, roundNumber } from '../../spec/format.ts';
import { choice, type Settings as Given, type Params, settle } from '../../spec/param.ts';
import { type Dtype, isInteger, type Tensor, type Tensors } from '../../spec/tensor.ts';
import { operators } from '../operators.ts';
import type { Settings, Textbook } from './textbook.ts';

const DTYPES: { readonly [format: string]: Dtype } = {
  float32: 'f32',
  float16: 'f16',
  bfloat16: 'bf16',
  float64: 'f64',
};

/** The parameters that a textbook has. There is one loss, so `none` reduces nothing and is out. */
export function paramsOf({ instead, op, params, own }: Textbook): Params {
  const known = operators.get(instead ?? op)!.params as Params;
  const taken = params.map((name) => [name, taking(name, known[name]!)]);
  return { ...Object.fromEntries(taken), ...own };
}
const taking = (name: string, param: Params[string]): Params[string] =>
  name === 'reduction' && param.kind === 'choice'
    ? choice(...(param.values.filter((v) => v !== 'none') as [string, ...string[]]))
    : param;

/** Throws what `settle` throws. */
export const settingsFor = (textbook: Textbook, given: Settings): Settings =>
  settle(
    { id: textbook.op, params: paramsOf(textbook) },
    given as unknown as Partial<Given<Params>>,
  ) as unknown as Settings;

/** Throws a TypeError for a tensor that the textbook does not take. */
export function batchFor(textbook: Textbook, batch: Tensors, format: Format): Tensors {
  const known = [...textbook.inputs, ...(textbook.optional ?? [])];
  for (const name of Object.keys(batch))
    if (!known.includes(name))
      throw new TypeError(
        `${textbook.op}: there is no input ${name}; there is ${known.join(', ')}`,
      );
  const first = batch[textbook.inputs[0]!];
  return Object.fromEntries(
    Object.entries(batch).map(([name, tensor]) => [name, inFormat(name, tensor!, first, format)]),
  );
}

/** Classes stay whole numbers; labels with the shape of the input are numbers like it. */
function inFormat(name: string, tensor: Tensor, first: Tensor | undefined, format: Format): Tensor {
  const isClasses = name === 'target' && isInteger(tensor.dtype);
  if (isClasses && String(tensor.shape) !== String(first?.shape)) return tensor;
  const data = Array.from(tensor.data, (x) => roundNumber(x, format));
  return { dtype: DTYPES[format.name]!, shape: tensor.shape, data };
}
