/**
 * # Clip, or clamp
 *
 *     clip(x) = min(max(x, min), max)
 *
 * The order is part of the definition: where min > max the result is max, whatever x. Bounds of ±∞ do
 * not bound; they are the defaults, so that clip alone is the identity. PyTorch 2.13 returns the slope
 * 1 at a bound. Where min ≥ max it is a constant and the slope is 0.
 */
import { isAt, max as larger, type Real, real, min as smaller } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

interface Bounds {
  readonly min: Real;
  readonly max: Real;
}
const clamped = (x: Real, { min, max }: Bounds): Real =>
  min.lt(max) ? smaller(larger(x, min), max) : max;

export const clip = elementwise({
  id: 'clip',
  params: {
    min: number({ default: -Infinity, min: -Infinity, max: Infinity, draw: [-8, 8] }),
    max: number({ default: Infinity, min: -Infinity, max: Infinity, draw: [-8, 8] }),
  },

  f: clamped,
  df: (x, { min, max }) => real(x.gt(min) && x.lt(max) ? 1 : 0),

  edges: (p) => ({
    negInf: clamped(real(-Infinity), p),
    negZero: clamped(real(-0), p),
    posZero: clamped(real(0), p),
    posInf: clamped(real(Infinity), p),
    nan: NaN,
  }),
  // Where min < max, an infinite min is −∞ and an infinite max is +∞.
  slopes: ({ min, max }) => ({
    negInf: min.lt(max) && !min.isFinite() ? 1 : 0,
    posInf: min.lt(max) && !max.isFinite() ? 1 : 0,
  }),
  kinks: ({ min, max }) =>
    min < max
      ? [
          { at: min, left: 0, right: 1, torch: 1 },
          { at: max, left: 1, right: 0, torch: 1 },
        ].filter(({ at }) => Number.isFinite(at))
      : [],
  points: ({ min, max }) => [min, max].filter(Number.isFinite),
  range: ({ min, max }) => [Math.min(min, max), max],
  isIncreasing: () => true,

  clauses: {
    'CLIP-1': ['value', 'clip returns x between the bounds and a bound beyond, exactly.'],
    'CLIP-2': ['parameters', 'Where min > max the result is max.'],
    'CLIP-3': ['edges', 'clip(NaN) is NaN; ±∞ pass where no bound is finite on their side.'],
    'CLIP-4': ['gradient', 'The slope at a bound is 1; anything from 0 is a subgradient.'],
    'CLIP-5': [
      'clip-is-hardtanh-where-the-bounds-are-ordered',
      'Where min ≤ max it has the values of hardtanh, but not its slope at the bounds.',
    ],
  },

  dialects: {
    pytorch: {
      name: 'clamp',
      note: 'one bound at least is required',
      differs: [
        {
          where: 'the gradient at a bound',
          since: '2.14',
          formula: {
            df: (x, { min, max }) =>
              min.lt(max) && (isAt(x, min) || isAt(x, max)) ? 0 : undefined,
          },
          witness: { in: { input: 2 }, params: { max: 2 }, of: 'grad:input', spec: 1, theirs: 0 },
        },
        {
          where: 'the gradient at NaN',
          formula: { slopes: () => ({ nan: 0 }) },
          witness: { in: { input: NaN }, of: 'grad:input', spec: NaN, theirs: 0 },
        },
        {
          where: 'the gradient at x = min = max, where the result is constant',
          formula: { df: (x, { min, max }) => (isAt(x, min) && isAt(x, max) ? 1 : undefined) },
          witness: {
            in: { input: 2 },
            params: { min: 2, max: 2 },
            of: 'grad:input',
            spec: 0,
            theirs: 1,
          },
        },
      ],
    },
    onnx: {
      name: 'Clip',
      note: 'the bounds are two inputs; without them they are the largest finite numbers',
      differs: [
        {
          where: 'float32, x = ∞ without bounds',
          // The largest float32.
          witness: { in: { input: Infinity }, spec: Infinity, theirs: 2 ** 128 - 2 ** 104 },
        },
      ],
    },
    jax: { name: 'jax.numpy.clip' },
    keras: { name: 'keras.ops.clip', note: 'both bounds are required' },
    tfjs: { name: 'tf.clipByValue', note: 'both bounds are required; min > max is refused' },
    tinygrad: { name: 'Tensor.clip', also: { 'Tensor.clamp': {} } },
  },
  sources: ['ONNX operator Clip-13', 'PyTorch torch.clamp'],
});
