/**
 * The same two logits (a, b), the first one being right: once as two classes, once as two questions of
 * which one is to be answered yes and the other one no.
 *
 *     crossEntropy((a, b), 0)                            = softplus(b − a)
 *     binaryCrossEntropyWithLogits((a, b), (1, 0); mean) = (softplus(−a) + softplus(b)) / 2
 *
 * At a = b = 0, where every probability is ½, both are ln 2, as is binaryCrossEntropy(½, t) for every
 * t. On the antisymmetric rows (z, −z) they agree nowhere else: for z > 0 cross-entropy is certainly
 * less, for z < 0 certainly more. Off that line they can meet again: at a = −ln(3 − √7) and
 * b = ln(3 + √7) both are ln 3. A softmax of ½ alone does not make them agree either: at (3, 3)
 * cross-entropy is ln 2 and the other one 1.5486.
 */
import fc from 'fast-check';
import { exp, expm1, log, log1p } from '../../spec/functions.ts';
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  softplus,
} from '../../spec/index.ts';
import { type Exact, type Real, real } from '../../spec/real.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import { monotone, summed } from '../computed.ts';
import { dyadic, floats } from '../floats.ts';
import { asked, identity } from '../identity.ts';
import { same, signOf, stated } from '../same.ts';
import { ofLogit, ofLogits, ofProbability, ofSoftplus } from '../terms.ts';

type Pair = readonly [a: number, b: number];

/** Beyond, antisymmetric rows are not drawn: enough to see how far the statement reaches. */
const FAR = 2 ** 50;

/** Cross-entropy of both logits, the first one being right. */
export const together = (a: Exact, b: Exact): Real => ofLogits([real(a), real(b)], 0);

/** The mean of both binary losses. */
export const apart = (a: Exact, b: Exact): Real =>
  ofLogit(real(a), real(1))
    .plus(ofLogit(real(b), real(0)))
    .div(2);

const logit = fc.oneof(dyadic(10)([-Infinity, Infinity], []), floats()([-Infinity, Infinity], []));
const pairs: fc.Arbitrary<Pair> = fc.oneof(
  fc.tuple(logit, logit),
  logit.map((z): Pair => [z, -z]),
  fc.constantFrom<Pair>([0, 0], [3, 3]),
);

/** Where both meet although no probability is ½. */
export const meeting = (): readonly [a: Real, b: Real] => [
  log(real(3).minus(real(7).sqrt())).neg(),
  log(real(3).plus(real(7).sqrt())),
];

/**
 * crossEntropy − binaryCrossEntropy at (z, −z) for z > 0: log((1 + e^−2z) / (1 + e^−z)), written so that
 * its sign is seen even where both are smaller than any power that is calculated.
 */
function gap(z: number): Real {
  const q = exp(real(-z));
  return log1p(q.times(expm1(real(-z))).div(q.plus(1)));
}

/** e^−2z is calculated up to here. */
const CALCULATED = 4000;

export const certified = stated(
  fc.tuple(pairs, floats()([-FAR, FAR], []), floats()([0, 1], [])),
  ([[a, b], z, t]) => formulasHold(a, b) && halvesAgree(t) && (z === 0 || othersDiffer(z)),
);

const formulasHold = (a: number, b: number): boolean =>
  same(
    () => [together(a, b)],
    () => [ofSoftplus(real(b).minus(a))],
  ) &&
  same(
    () => [apart(a, b)],
    () => [
      ofSoftplus(real(a).neg())
        .plus(ofSoftplus(real(b)))
        .div(2),
    ],
  );

const halvesAgree = (t: number): boolean =>
  same(
    () => [log(2)],
    () => [together(0, 0)],
    () => [apart(0, 0)],
    () => [ofProbability(real('0.5'), real(t))],
  );

function othersDiffer(z: number): boolean {
  const difference = () => together(z, -z).minus(apart(z, -z));
  const isBelow = z > 0 ? signOf(() => gap(z)) === -1 : signOf(difference) === 1;
  if (z <= 0 || z > CALCULATED) return isBelow;
  return (
    isBelow &&
    same(
      () => [difference()],
      () => [gap(z)],
    )
  );
}

export const law = identity({
  name: 'one-output-and-two-agree-on-antisymmetric-rows-only-at-one-half',
  says: 'cross-entropy of two logits is another loss than binary cross-entropy of both, but for ln 2 where both are 0',
  ops: [binaryCrossEntropyWithLogits],
  others: [crossEntropy, softplus, binaryCrossEntropy],
  questions: () =>
    pairs.map((pair) => asked({ tensors: rowOf(pair), settings: { reduction: 'mean' } })),
  async claims({ tensors, settings }, ask) {
    const [a, b] = Array.from(tensors.input!.data) as [number, number];
    const right = tensor([], [0], 'i64');
    const singles = await ask(softplus, { input: tensor([2], [-a, b]) });
    const apart = summed(
      monotone(([y]) => y! / 2, singles),
      [[0, 1]],
    );
    const whole = await ask(crossEntropy, { input: tensors.input, target: right });
    const halves = tensor([5], [0.5, 0.5, 0.5, 0.5, 0.5]);
    const targets = tensor([5], [0, 0.25, 0.5, 0.75, 1]);
    const difference = b - a;
    return {
      'binary cross-entropy of both': await ask(binaryCrossEntropyWithLogits, tensors, settings),
      '(softplus(−a) + softplus(b)) ÷ 2': apart,
      'cross-entropy': whole,
      ...(isSingle(b, a) && {
        'softplus(b − a)': await ask(softplus, { input: tensor([1], [difference]) }),
      }),
      'binary cross-entropy of one half': await ask(
        binaryCrossEntropy,
        { input: halves, target: targets },
        { reduction: 'none' },
      ),
    };
  },
});

/** b − a is a float32: it is one as a float64, and its rounding error (Knuth's two-sum) is 0. */
function isSingle(b: number, a: number): boolean {
  const d = b - a;
  const t = d - b;
  return Math.fround(d) === d && b - (d - t) - (a + t) === 0;
}

const rowOf = ([a, b]: Pair): Tensors => ({
  input: tensor([2], [a, b]),
  target: tensor([2], [1, 0]),
});
