/**
 * # Cosine embedding loss
 *
 *     ℓ(u, v, t) = 1 − cos, max(0, cos − margin), or 0, for t = 1, −1, or any other t
 *     cos = u · v / √((u · u + ε) (v · v + ε))
 *
 * ε is 1e−12 rounded to float32. The slope at cos = margin is that of the cosine.
 */
import { cosine, cosineSlopes, raisedBy } from '../math/cosine.ts';
import { hinge } from '../math/hinge.ts';
import { number } from '../parameters.ts';
import { checkRows } from '../places.ts';
import { termLoss } from '../term-loss.ts';

const id = 'cosine-embedding-loss';
const length = raisedBy(Math.fround(1e-12));

type Vector = ArrayLike<number>;
/** cos − margin; ε keeps the cosine between −1 and 1, though rounding does not. */
function above(u: Vector, v: Vector, margin: number): number {
  const cos = cosine(u, v, length);
  if (Math.abs(margin) < 1 || Number.isNaN(cos)) return cos - margin;
  return margin > 0 ? Math.min(cos - margin, -Number.MIN_VALUE) : Math.max(cos - margin, 0);
}

function slopes(u: Vector, v: Vector, t: number, margin: number): number[] {
  const isOpposite = t === -1 && !(above(u, v, margin) < 0);
  if (t !== 1 && !isOpposite) return Array.from(u, () => 0);
  return cosineSlopes(u, v, length).map((slope) => -t * slope);
}

export const cosineEmbeddingLoss = termLoss({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  parameters: { margin: number({ default: 0 }) },
  inputs: { input1: 'vector', input2: 'vector', target: 'number' },
  differentiable: ['input1', 'input2'],
  refuse: ({ input1 }) => checkRows(id, input1.shape),
  value({ input1: u, input2: v, target: t }, { margin }) {
    if (t === 1) return 1 - cosine(u, v, length);
    return t === -1 ? hinge(above(u, v, margin)) : 0;
  },
  slopes: ({ input1: u, input2: v, target: t }, { margin }) => ({
    input1: slopes(u, v, t, margin),
    input2: slopes(v, u, t, margin),
  }),
});
