/**
 * # Softmax over the channels of an image
 *
 *     p_c = e^(x_c − m)/Σ_k e^(x_k − m),   m = max x
 *
 * over the channels at every point: along the third axis from the last, of [N C H W] or [C H W].
 */
import { checkFloats } from '../check.ts';
import { operator } from '../operator.ts';
import { alongAxis, type Input } from '../rowwise.ts';
import { showShape } from '../tensor.ts';
import { ofRows, softmaxKernels } from './softmax.ts';

const id = 'softmax2d';
const planned = alongAxis({ id, reduces: false, kernels: softmaxKernels, ...ofRows });

export const softmax2d = operator<Input, object, Input>({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  inputs: ['input'],
  differentiable: ['input'],
  parameters: {},
  plan({ input }) {
    const tensor = checkFloats({ id, name: 'input' }, input);
    const rank = tensor.shape.length;
    if (rank === 3 || rank === 4) return planned(tensor, rank - 3);
    const due = 'should be [C H W] or [N C H W]';
    throw new RangeError(`${id}: input has shape ${showShape(tensor.shape)} but ${due}`);
  },
});
