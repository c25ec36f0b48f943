/**
 * # Hardmax
 *
 *     yᵢ = 1 at the first largest element, else 0
 *
 * NaN throughout beside a NaN. There is no gradient.
 */
import { checkFloats } from '../check.ts';
import { operator } from '../operator.ts';
import { integer } from '../parameters.ts';
import { eachRow, firstLargest } from '../row-function.ts';
import { axisOf, type Input, type Params } from '../rowwise.ts';
import { rowsOf } from '../tensor.ts';

const id = 'hardmax';

function oneHot(x: Float64Array): Float64Array {
  const first = firstLargest(x);
  return x.map((_, i) => (first < 0 ? NaN : i === first ? 1 : 0));
}

export const hardmax = operator<Input, Params, object>({
  id,
  accuracy: { value: 'S', gradient: 'S' },
  inputs: ['input'],
  differentiable: [],
  parameters: { dim: integer(-1) },
  plan({ input }, { dim }) {
    const { data, shape } = checkFloats({ id, name: 'input' }, input);
    const rows = rowsOf(shape, axisOf(id, shape, dim));
    return {
      ...{ shape, shapes: {} },
      value: (out) => eachRow(rows, [data], out, ([x]) => oneHot(x!)),
      gradient: () => {},
    };
  },
});
