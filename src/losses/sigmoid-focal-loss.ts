/**
 * # Focal loss of a sigmoid
 *
 *     ℓ(x, t) = a v^γ H,   H = −t ln p − (1 − t) ln(1 − p),   p = σ(x)
 *     ∂ℓ/∂x = a v^γ (γ (1 − 2t) p (1 − p)/v · H + (1 − t) p − t (1 − p))
 *     v = t (1 − p) + (1 − t) p,   a = αt + (1 − α)(1 − t), or 1 where α < 0
 *
 * t is in [0, 1]. For p (1 − p)/v numerator and denominator are divided by the smaller of both, as
 * v may be next to 0.
 */
import { checkProbabilities } from '../check.ts';
import { exp, log, log1p, softplus } from '../math/float64.ts';
import { scaled } from '../math/scaled.ts';
import { number } from '../parameters.ts';
import { termLoss } from '../term-loss.ts';

interface Params {
  readonly alpha: number;
  readonly gamma: number;
}
type Pair = { readonly input: number; readonly target: number };

const id = 'sigmoid-focal-loss';

const sigmoid = (x: number): number => (x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)));

const balance = (t: number, alpha: number): number =>
  alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);

/** ln v. A label of 0 or 1 leaves one exponential; near 1, v is 1 − (t p + (1 − t)(1 − p)). */
function logOfRest({ input: x, target: t }: Pair): number {
  if (t === 0) return -softplus(-x);
  if (t === 1) return -softplus(x);
  const [p, q] = [sigmoid(x), sigmoid(-x)];
  const right = t * p + (1 - t) * q;
  return right < 0.5 ? log1p(-right) : log(t * q + (1 - t) * p);
}
const focus = (pair: Pair, gamma: number): number =>
  gamma === 0 ? 1 : exp(gamma * logOfRest(pair));

const entropy = ({ input: x, target: t }: Pair): number =>
  scaled(t, softplus(-x)) + scaled(1 - t, softplus(x));

/** p (1 − p) / v */
function steepness({ input: x, target: t }: Pair): number {
  if (t === 0) return sigmoid(-x);
  if (t === 1) return sigmoid(x);
  const e = exp(-Math.abs(x));
  const alone = x < 0 ? t : 1 - t;
  return (sigmoid(Math.abs(x)) * e) / (alone + (1 - alone) * e);
}

function slope(pair: Pair, { alpha, gamma }: Params): number {
  const { input: x, target: t } = pair;
  const bent = gamma * scaled((1 - 2 * t) * steepness(pair), entropy(pair));
  const straight = (1 - t) * sigmoid(x) - t * sigmoid(-x);
  return balance(t, alpha) * focus(pair, gamma) * (bent + straight);
}

export const sigmoidFocalLoss = termLoss({
  id,
  accuracy: { value: 'A', gradient: 'B' },
  parameters: {
    alpha: number({ default: 0.25, min: -1, max: 1 }),
    gamma: number({ default: 2, min: 0 }),
  },
  inputs: { input: 'number', target: 'number' },
  differentiable: ['input'],
  refuse: ({ target }) => checkProbabilities({ id, name: 'target' }, target.data as Float32Array),
  value: (pair, { alpha, gamma }: Params) =>
    scaled(balance(pair.target, alpha) * focus(pair, gamma), entropy(pair)),
  slopes: (pair, params) => ({ input: slope(pair, params) }),
});
