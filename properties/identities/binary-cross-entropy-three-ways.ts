/**
 *     binaryCrossEntropyWithLogits(z, t) = softplus(z) − t z
 *                                        = crossEntropy([0, z], [1 − t, t])
 *                                        = crossEntropy([0, z], t)                where t is 0 or 1
 *                                        = binaryCrossEntropy(σ(z), t)            where |z| < 100
 *
 * From |z| = 100 on the last one is less, and certainly so if t does not silence the logarithm that
 * is clamped. On a candidate the way through σ is decided only where σ(z) is not next to 0 or 1.
 */
import fc from 'fast-check';
import { sigmoid as sigma } from '../../spec/functions.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  sigmoid,
  softplus,
} from '../../spec/index.ts';
import { real } from '../../spec/real.ts';
import { type Tensor, type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone } from '../computed.ts';
import { type Draw, dyadic, floats } from '../floats.ts';
import { type Ask, asked, identity } from '../identity.ts';
import { cases } from '../inputs.ts';
import { same, signOf, stated } from '../same.ts';
import { ofLogit, ofLogits, ofProbability, ofSoftplus } from '../terms.ts';

/** Where both logarithms of a probability are clamped. */
const CLAMPED = 100;

const logits = fc.oneof(
  floats()([-Infinity, Infinity], [CLAMPED, -CLAMPED]),
  dyadic(10, 128)([-Infinity, Infinity], []),
);

export const certified = stated(
  fc.tuple(logits, fc.oneof(fc.constantFrom(0, 1), floats()([0, 1], []))),
  ([z, t]) => {
    const isSame = same(
      () => [ofLogit(real(z), real(t))],
      () => [ofSoftplus(real(z)).minus(real(t).times(z))],
      () => [ofLogits([real(0), real(z)], [real(1).minus(t), real(t)])],
      ...(t === 0 || t === 1 ? [() => [ofLogits([real(0), real(z)], t)]] : []),
    );
    const through = () => ofProbability(sigma(real(z)), real(t));
    const isSilent = t === (z > 0 ? 1 : 0);
    if (Math.abs(z) < CLAMPED || isSilent)
      return (
        isSame &&
        same(
          () => [ofLogit(real(z), real(t))],
          () => [through()],
        )
      );
    return isSame && signOf(() => ofLogit(real(z), real(t)).minus(through())) === 1;
  },
);

/** Targets that leave 1 − t exact. */
const draw: Draw = (range, points) =>
  range[0] === 0 && range[1] === 1
    ? fc.oneof(dyadic(10)(range, points), fc.constantFrom(0, 1))
    : logits;

export const law = identity({
  name: 'binary-cross-entropy-three-ways',
  says: 'binary cross-entropy of a logit is that of its sigmoid, and cross-entropy of 0 and the logit',
  ops: [binaryCrossEntropyWithLogits],
  others: [softplus, crossEntropy, sigmoid, binaryCrossEntropy],
  questions: ({ op }) =>
    cases(op, draw).map(({ tensors: { input, target }, settings }) =>
      asked({ tensors: { input, target }, settings }, { reduction: 'none' }),
    ),
  async claims({ tensors }, ask) {
    const { input, target } = tensors as { readonly [name: string]: Tensor };
    const none = { reduction: 'none' };
    const z = Array.from(input!.data);
    const t = Array.from(target!.data);
    const products = monotone(([y], i) => y! - t[i]! * z[i]!, await ask(softplus, { input }));
    const probabilities = await ask(sigmoid, { input });
    return {
      'binary cross-entropy of the logit': await ask(binaryCrossEntropyWithLogits, tensors, none),
      'softplus(z) − t z': products,
      'cross-entropy of [0, z]': await ask(crossEntropy, pairs(z, t), none),
      ...(await ofClasses(z, t, ask)),
      'binary cross-entropy of the sigmoid': await ask(
        binaryCrossEntropy,
        { input: probabilities, target },
        none,
      ),
    };
  },
});

const pairs = (z: readonly number[], t: readonly number[]): Tensors => {
  const shape = [z.length, 2];
  return {
    input: tensor(
      shape,
      z.flatMap((zi) => [0, zi]),
    ),
    target: tensor(
      shape,
      t.flatMap((ti) => [1 - ti, ti]),
    ),
  };
};

/** Of those whose target is 0 or 1. */
async function ofClasses(z: readonly number[], t: readonly number[], ask: Ask) {
  const certain = t.flatMap((ti, i) => (ti === 0 || ti === 1 ? [i] : []));
  if (certain.length === 0) return {};
  const labels = certain.map((i) => t[i]!);
  const { input } = pairs(
    certain.map((i) => z[i]!),
    labels,
  );
  const target = tensor([labels.length], labels, 'i64');
  const answer = await ask(crossEntropy, { input, target }, { reduction: 'none' });
  return { 'cross-entropy of [0, z] and a class': answer };
}
