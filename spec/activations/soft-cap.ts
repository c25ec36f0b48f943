/**
 * # Soft cap
 *
 *     softCap(x) = cap · tanh(x / cap)
 *
 * Keeps logits between ±cap: close to x where |x| is much smaller than that. The default is that of
 * Gemma 2 for its last layer; in attention it takes 50. No framework has it as a function of its own: in
 * ONNX it is the attribute softcap of Attention, where 0 means none.
 */
import { type Real, sigmoid, tanh } from '../functions.ts';
import { elementwise } from '../op.ts';
import { number } from '../param.ts';

/** tanh′(t) = 4σ(2t)σ(−2t) */
const slope = (t: Real): Real =>
  sigmoid(t.times(2))
    .times(sigmoid(t.times(-2)))
    .times(4);

export const softCap = elementwise({
  id: 'soft-cap',
  params: { cap: number({ default: 30, min: 2 ** -20, max: 2 ** 20, draw: [0.25, 64] }) },

  f: (x, { cap }) => tanh(x.div(cap)).times(cap),
  df: (x, { cap }) => slope(x.div(cap)),

  edges: ({ cap }) => ({
    negInf: cap.neg(),
    ...{ negZero: -0, posZero: 0, posInf: cap, nan: NaN },
  }),
  slopes: () => ({ negInf: 0, posInf: 0 }),
  // Where tanh rounds to ±1 in float32; where it is its argument.
  points: ({ cap }) => [9.01, 2.99e-4].flatMap((t) => [t * cap, -t * cap]),
  range: ({ cap }) => [-cap, cap],
  isIncreasing: () => true,
  isOdd: true,

  clauses: {
    'CAP-1': ['range', 'Results lie between −cap and cap.'],
    'CAP-2': ['odd', 'softCap(−x) = −softCap(x), bit for bit.'],
    'CAP-3': ['monotone', 'softCap never decreases.'],
    'CAP-4': ['value', 'Near 0 it keeps its digits: the smallest float is its own result.'],
    'CAP-5': ['edges', 'softCap(±∞) is ±cap, and softCap(±0) is ±0.'],
    'CAP-6': ['gradient', 'The slope keeps its digits where the result rounds to ±cap.'],
    'CAP-7': ['soft-cap-is-tanh-stretched', 'softCap(x) = cap · tanh(x / cap).'],
    'CAP-8': ['parameters', 'With cap = 1 it is tanh; as cap grows it becomes x.'],
  },

  dialects: {},
  sources: [
    'Gemma Team 2024, arXiv:2408.00118, section 2: Gemma 2',
    'Bello et al. 2016, arXiv:1611.09940, appendix A.1: logits clipped by C tanh',
    'Transformers, Gemma2Config: final_logit_softcapping = 30, attn_logit_softcapping = 50',
  ],
});
