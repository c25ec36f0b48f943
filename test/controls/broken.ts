/**
 * # Candidates that are broken on purpose
 *
 * Each has one mistake in every operator, and a law that must find it wherever the mistake can show.
 * A suite that lets one of them pass would let anything pass.
 */
import { operators } from '../../conformance/operators.ts';
import type { Candidate, Payload, Reply, Request } from '../../properties/candidate.ts';
import { bfloat16, float32, fromBits, roundNumber, toBits } from '../../spec/format.ts';
import { settle } from '../../spec/param.ts';
import {
  answering,
  beside,
  changing,
  dividing,
  EVERY,
  hasClasses,
  isOut,
  mistaking,
  numbersOf,
  right,
  samples,
} from '../planted.ts';
import * as shows from './shows.ts';

export interface Control {
  readonly what: string;
  readonly law: string;
  readonly candidate: Candidate;
  readonly shows: shows.Shows;
  /** A few of the operators in which it shows, to be looked at every time. */
  readonly sample: readonly string[];
}

const control = (
  what: string,
  law: string,
  candidate: Candidate,
  where: shows.Shows,
  sample: string,
): Control => ({ what, law, candidate, shows: where, sample: sample.split(' ') });

// Numbers ----------------------------------------------------------------------------------------

type Number_ = (y: number, i: number, request: Request) => number;
const numbers = (names: typeof isOut, f: Number_): Candidate =>
  changing(EVERY, (reply, request) => numbersOf(reply, names, (y, i) => f(y, i, request)));
const results = (f: Number_): Candidate => numbers(isOut, f);
const every = (f: Number_): Candidate => numbers(() => true, f);

/** Of a result that is off by so little only what has to be exact, and grade A, take notice. */
export const oneUlpOff = every(beside);

/** The next float above. */
const above = (y: number): number =>
  Number.isFinite(y) && y !== 0 ? fromBits(toBits(y, float32) + (y > 0 ? 1n : -1n), float32) : y;

/** From an end of the range the next float outside of it. */
function outside(y: number, _: number, { op: id, params }: Request): number {
  const op = operators.get(id)!;
  if (op.kind !== 'elementwise') return y;
  const [low, high] = op.range(params as never);
  if (y === high) return y === 0 ? 2 ** -149 : above(y);
  if (y !== low) return y;
  return y === 0 ? -(2 ** -149) : -above(-y);
}

function unsteady(): Candidate {
  let asked = 0;
  return changing(EVERY, (reply) => {
    asked++;
    return numbersOf(reply, isOut, (y) => (asked % 2 === 0 ? beside(y) : y));
  });
}

const isFirstOfMany: (i: number, request: Request) => boolean = (i, { in: inputs }) =>
  i === 0 && Object.values(inputs)[0]!.data.length > 2;

// Whole answers ----------------------------------------------------------------------------------

const through = (change: (out: Payload) => Payload): Candidate =>
  changing(EVERY, (reply) => (reply.out ? { ...reply, out: change(reply.out) } : reply));

const insteadOfErrors = (answer: (request: Request) => Reply): Candidate =>
  answering(EVERY, (request) => {
    const reply = right(request);
    return reply.error ? answer(request) : reply;
  });

const filled =
  (y: number) =>
  ({ in: inputs }: Request): Reply => {
    const { shape, data } = Object.values(inputs)[0]!;
    return { out: { dtype: 'f32', shape, data: new Float32Array(data.length).fill(y) } };
  };

const crash = (): never => {
  throw new Error('index out of bounds');
};

// Other questions --------------------------------------------------------------------------------

const withoutWeights = mistaking(EVERY, (request) => {
  const { weight: _, ...rest } = request.in;
  const { op } = request;
  return shows.whereWeighted(operators.get(op)!) ? { ...request, in: rest } : request;
});

const withDefaults = mistaking(EVERY, (request) => {
  const { reduction } = request.params;
  const given = reduction === undefined ? {} : { reduction };
  return { ...request, params: settle(operators.get(request.op)!, given as never) as never };
});

const byCount = dividing(EVERY, (request) => {
  const isMeant = shows.whereWeightsAreDividedBy(operators.get(request.op)!);
  return isMeant && hasClasses(request) && request.in.weight ? samples(request) : undefined;
});

const refusing = answering(EVERY, () => ({ error: { kind: 'invalid_input', message: 'no' } }));

export const controls: readonly Control[] = [
  ...[
    control(
      'NaN for everything',
      'value',
      every(() => NaN),
      shows.everywhere,
      'relu softmax',
    ),
    control(
      'all zeros',
      'value',
      every(() => 0),
      shows.everywhere,
      'sigmoid mse-loss',
    ),
    control(
      'numbers of 8 bits, as in bfloat16',
      'value',
      every((y) => roundNumber(y, bfloat16)),
      ({ id }) => id !== 'hardmax',
      'tanh cross-entropy',
    ),
    control(
      'subnormals are flushed, though it says that they are not',
      'value',
      results((y) => (Math.abs(y) < 2 ** -126 ? 0 : y)),
      shows.whereTiny,
      'silu exponential',
    ),
    control(
      'float32 that is called float64',
      'value',
      through((out) => ({
        ...out,
        ...{ dtype: 'f64', data: Float64Array.from(out.data as Float32Array) },
      })),
      shows.whereRounded,
      'sigmoid log-softmax',
    ),
    control(
      'one axis more',
      'value',
      through((out) => ({ ...out, shape: [...out.shape, 1] })),
      shows.everywhere,
      'relu nll-loss',
    ),
    control(
      'samples in reverse order',
      'value',
      through((out) => ({ ...out, data: out.data.slice().reverse() })),
      shows.everywhere,
      'relu mse-loss',
    ),
    control('everything is refused', 'value', refusing, shows.everywhere, 'relu'),
  ],
  ...[
    control(
      'gradients with the wrong sign',
      'gradient',
      numbers(
        (name) => !isOut(name),
        (y) => -y,
      ),
      shows.whereSlopesAre,
      'gelu cross-entropy',
    ),
    control(
      'the cotangent is ignored',
      'gradient',
      mistaking(EVERY, (request) => ({ ...request, grad_out: null })),
      shows.whereSlopesAre,
      'relu kl-div',
    ),
  ],
  ...[
    control(
      '−0 in place of +0',
      'edges',
      results((y) => (y === 0 ? -0 : y)),
      shows.whereZeroIsPositive,
      'relu tanh',
    ),
    control(
      'NaN is swallowed',
      'edges',
      results((y) => (Number.isNaN(y) ? 0 : y)),
      shows.inElements,
      'sigmoid',
    ),
    control(
      'NaN is swallowed in rows',
      'special rows',
      results((y) => (Number.isNaN(y) ? 0 : y)),
      shows.whereNaN,
      'softmax',
    ),
    control(
      'a bit outside of the range',
      'range',
      results(outside),
      shows.whereRangeEnds,
      'sigmoid',
    ),
    control(
      'every second result is a bit larger',
      'monotone',
      results((y, i) => (i % 2 === 0 ? above(above(y)) : y)),
      shows.whereIncreasing,
      'tanh',
    ),
    control(
      'positive results are a bit larger',
      'odd',
      results((y) => (y > 0 ? above(y) : y)),
      shows.whereOdd,
      'tanh',
    ),
  ],
  ...[
    control(
      'the mean divides by N and not by Σ w',
      'reduction',
      byCount,
      shows.whereWeightsAreDividedBy,
      'cross-entropy nll-loss',
    ),
    control(
      'the mean of nothing is 0',
      'empty',
      results((y, _, { params }) => (params.reduction === 'mean' && Number.isNaN(y) ? 0 : y)),
      shows.inLosses,
      'mse-loss',
    ),
    control('weights are ignored', 'parameters', withoutWeights, shows.whereWeighted, 'nll-loss'),
    control('parameters are ignored', 'parameters', withDefaults, shows.whereParameters, 'gelu'),
  ],
  ...[
    control(
      'the first of many is a bit larger',
      'batch',
      results((y, i, request) => (isFirstOfMany(i, request) ? beside(y) : y)),
      shows.everywhere,
      'softmax mse-loss',
    ),
    control('another bit every second time', 'deterministic', unsteady(), shows.everywhere, 'tanh'),
    control(
      'zeros in place of an error',
      'errors',
      insteadOfErrors(filled(0)),
      shows.everywhere,
      'nll-loss relu',
    ),
    control(
      'NaN in place of an error',
      'errors',
      insteadOfErrors(filled(NaN)),
      shows.everywhere,
      'cross-entropy',
    ),
    control(
      'a crash in place of an error',
      'errors',
      insteadOfErrors(crash),
      shows.everywhere,
      'cross-entropy',
    ),
  ],
];
