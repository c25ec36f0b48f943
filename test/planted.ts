/**
 * # Planted bugs
 *
 * Wrong implementations, each with one mistake that people make, and where it must be found. All are
 * our fast implementation or the reference with something changed on the way in or out, or a
 * textbook formula in float32. An operator without one by hand gets plain ones.
 */
import { fast } from '../conformance/adapters/fast.ts';
import { operators } from '../conformance/operators.ts';
import type { Candidate, Payload, Reply, Request, Wanted } from '../properties/candidate.ts';
import { rank } from '../properties/floats.ts';
import { float32, fromBits, toBits } from '../spec/format.ts';
import { isDifferentiable } from '../spec/input.ts';
import type { Op } from '../spec/op.ts';
import { sizeOf } from '../spec/tensor.ts';

export interface Planted {
  readonly what: string;
  readonly candidate: Candidate;
  readonly op: string;
  /** The law that must find it, and the name of the fault. */
  readonly law: string;
  readonly fault: string;
  /** Numbers of the first input of the smallest case. */
  readonly numbers?: number;
  /** What the report says that it looks like. */
  readonly like?: string | RegExp;
  /** Questions that are enough to find it, if more than usual. */
  readonly runs?: number;
}

// Ways to plant ----------------------------------------------------------------------------------

export const sound = fast('planted');

export type Mend = (reply: Reply, request: Request) => Reply;

/** In place of an operator: all of them. */
export const EVERY = '*';

/** Other answers for one operator, or for every one. */
export const answering = (
  op: string,
  run: (request: Request) => Reply | Promise<Reply>,
): Candidate => ({
  hello: () => sound.hello(),
  run: (request) => (op === EVERY || request.op === op ? run(request) : sound.run(request)),
});

export const right = (request: Request): Reply => sound.run(request) as Reply;

/** Right answers, changed on their way out. */
export const changing = (op: string, change: Mend): Candidate =>
  answering(op, (request) => {
    const reply = right(request);
    return reply.error ? reply : change(reply, request);
  });

/** The right answer to another question. */
export const mistaking = (op: string, mistake: (request: Request) => Request): Candidate =>
  answering(op, (request) => right(mistake(request)));

const isWanted = (name: string): name is Wanted => name === 'out' || name.startsWith('grad:');

/** Every number of what `names` accepts through `f`. */
export const numbersOf = (
  reply: Reply,
  names: (name: Wanted) => boolean,
  f: (y: number, i: number) => number,
): Reply =>
  Object.fromEntries(
    Object.entries(reply).map(([name, field]) => {
      if (!isWanted(name) || !names(name)) return [name, field];
      const { dtype, shape, data } = field as Payload;
      return [name, { dtype, shape, data: Float32Array.from(data as Float32Array, f) }];
    }),
  );
export const isOut = (name: Wanted): boolean => name === 'out';

export const changingOut = (
  op: string,
  f: (y: number, i: number, request: Request) => number,
): Candidate =>
  changing(op, (reply, request) => numbersOf(reply, isOut, (y, i) => f(y, i, request)));

export const x = ({ in: { input } }: Request, i: number): number => Number(input!.data[i]);

/** The next float away from 0, or back from the largest. */
export const beside = (y: number): number =>
  Number.isFinite(y) && y !== 0
    ? fromBits(toBits(y, float32) + (Math.abs(y) > 3e38 ? -1n : 1n), float32)
    : y;

export const samples = ({ in: { target } }: Request): number => sizeOf(target!.shape);

/** The sum, divided by something else than what the mean divides by. */
export const dividing = (op: string, by: (request: Request) => number | undefined): Candidate =>
  answering(op, (request) => {
    const divisor = request.params.reduction === 'mean' ? by(request) : undefined;
    if (divisor === undefined) return right(request);
    const sum = right({ ...request, params: { ...request.params, reduction: 'sum' } });
    return numbersOf(
      sum,
      () => true,
      (y) => y / divisor,
    );
  });

export const withParams = (request: Request, params: Request['params']): Request => ({
  ...request,
  params: { ...request.params, ...params },
});

export const hasClasses = ({ in: { target } }: Request): boolean => target?.dtype === 'i64';

// Textbook formulas in float32 -------------------------------------------------------------------

export const f32 = Math.fround;
export const exp = (y: number): number => f32(Math.exp(y));
export const log = (y: number): number => f32(Math.log(y));
export const total = (all: readonly number[]): number => all.reduce((a, b) => f32(a + b), 0);
export const most = (all: readonly number[]): number =>
  all.reduce((a, b) => Math.max(a, b), -Infinity);

/** One formula on the rows of a matrix; whatever has another shape is answered rightly. */
const onRows = (op: string, f: (row: readonly number[], at: number) => readonly number[]) =>
  changing(op, (reply, request) => {
    const { shape, data } = request.in.input!;
    const { dim = -1 } = request.params;
    if (shape.length !== 2 || dim !== -1 || !reply.out) return reply;
    const rows = Array.from({ length: shape[0]! }, (_, r) =>
      f(Array.from(data.slice(r * shape[1]!, (r + 1) * shape[1]!), Number), r),
    );
    return { ...reply, out: { ...reply.out, data: Float32Array.from(rows.flat()) } };
  });

/** x − m, where m is what is taken out of the exponentials, and ln Σ e^(x − m). */
const shifted = (row: readonly number[], m: number) => {
  const d = row.map((xi) => f32(xi - m));
  return { d, lse: log(total(d.map(exp))) };
};

/** Finite rows only: special ones are another matter. */
const ordinary = (row: readonly number[], f: () => readonly number[]): readonly number[] =>
  row.every(Number.isFinite) ? f() : row.map(() => Number.NaN);

export const softmaxWithoutMaximum = onRows('softmax', (row) =>
  ordinary(row, () => {
    const e = row.map(exp);
    return e.map((ei) => f32(ei / total(e)));
  }),
);
export const logSoftmaxBy = (m: (row: readonly number[]) => number) =>
  onRows('log-softmax', (row) =>
    ordinary(row, () => {
      const { d, lse } = shifted(row, m(row));
      return d.map((di) => f32(di - lse));
    }),
  );
/** Cross-entropy with all its options, as rows of −Σ_c a_c ln p_c. */
export const crossEntropyBy = (m: (row: readonly number[]) => number) =>
  changing('cross-entropy', (reply, { in: { input, target, weight }, params }) => {
    if (!reply.out) return reply;
    const axis = input!.shape.length > 1 ? 1 : 0;
    const count = input!.shape[axis]!;
    const inner = sizeOf(input!.shape.slice(axis + 1));
    const rows = sizeOf(input!.shape) / count;
    const epsilon = Number(params.labelSmoothing);
    const w = (c: number): number => (weight ? Number(weight.data[c]) : 1);
    const isClasses = target!.dtype === 'i64';
    let divisor = 0;
    const losses = Array.from({ length: rows }, (_, r) => {
      const place = (c: number) => (Math.floor(r / inner) * count + c) * inner + (r % inner);
      const row = Array.from({ length: count }, (_, c) => Number(input!.data[place(c)]));
      const y = isClasses ? Number(target!.data[r]) : undefined;
      if (y === params.ignoreIndex) return 0;
      divisor += y === undefined ? 1 : w(y);
      const { d, lse } = shifted(row, m(row));
      const q = (c: number) => (y === undefined ? Number(target!.data[place(c)]) : Number(c === y));
      return total(
        d.map((di, c) => {
          const a = w(c) * ((1 - epsilon) * q(c) + epsilon / count);
          return a === 0 ? 0 : f32(a * f32(lse - di));
        }),
      );
    });
    const { reduction } = params;
    const sum = total(losses);
    const data = reduction === 'none' ? losses : [reduction === 'sum' ? sum : sum / divisor];
    return { ...reply, out: { ...reply.out, data: Float32Array.from(data) } };
  });

// The bugs that everybody plants -----------------------------------------------------------------

const overflow = /overflows/;
const lostTail = /lost: 1 \+ ε rounded to 1/;

const classic: readonly Planted[] = [
  ...['cross-entropy', 'linear', 'sigmoid', 'binary-cross-entropy-with-logits', 'kl-div'].map(
    (op): Planted => ({
      what: 'a sign in the gradient',
      candidate: changing(op, (reply) =>
        numbersOf(
          reply,
          (n) => n === 'grad:input',
          (y) => -y,
        ),
      ),
      ...{ op, law: 'gradient', fault: 'grad:input size' },
      ...{ numbers: 2, like: 'the negative of it: a sign is wrong' },
    }),
  ),
  ...['cross-entropy', 'nll-loss'].map((op): Planted => {
    const candidate = dividing(op, (r) => (hasClasses(r) && r.in.weight ? samples(r) : undefined));
    return {
      what: 'mean over N with weights',
      ...{ candidate, op, law: 'reduction', fault: 'size', numbers: 4 },
      like: 'sum / N instead of sum / Σw',
    };
  }),
  ...['cross-entropy', 'nll-loss'].map((op): Planted => {
    const candidate = dividing(op, (request) => {
      const { target, weight } = request.in;
      const { ignoreIndex } = request.params;
      if (!hasClasses(request)) return undefined;
      const parts = Array.from(target!.data, Number).map((y) =>
        y === ignoreIndex || !weight ? 1 : Number(weight.data[y]),
      );
      return parts.reduce((a, b) => a + b, 0);
    });
    return {
      what: 'ignored samples count in the mean',
      ...{ candidate, op, law: 'reduction', fault: 'size', numbers: 16, runs: 300 },
      like: /^sum \/ (N|length of the first axis) instead of sum/,
    };
  }),
  ...['cross-entropy', 'nll-loss'].map(
    (op): Planted => ({
      what: 'ignored samples are not ignored',
      candidate: mistaking(op, (request) => {
        const { ignoreIndex } = request.params;
        const count = request.in.input!.shape[request.in.input!.shape.length > 1 ? 1 : 0]!;
        const isClass = Number(ignoreIndex) >= 0 && Number(ignoreIndex) < count;
        return isClass && hasClasses(request)
          ? withParams(request, { ignoreIndex: -1000 })
          : request;
      }),
      ...{
        op,
        law: 'reduction',
        fault: 'size',
        numbers: 4,
        runs: 200,
        like: /as if ignored samples counted|as if ignoreIndex were|^sum \/ N instead/,
      },
    }),
  ),
  {
    what: 'the maximum is not subtracted',
    candidate: softmaxWithoutMaximum,
    ...{ op: 'softmax', law: 'value', fault: 'nan', numbers: 1, like: overflow },
  },
  {
    what: 'the maximum is not subtracted',
    candidate: logSoftmaxBy(() => 0),
    ...{ op: 'log-softmax', law: 'value', fault: 'infinite', numbers: 1, like: overflow },
  },
  {
    what: 'the maximum is not subtracted',
    candidate: crossEntropyBy(() => 0),
    ...{ op: 'cross-entropy', law: 'value', fault: 'infinite', numbers: 4, like: overflow },
  },
  {
    what: 'log in place of log1p',
    candidate: changingOut('softplus', (y, i, request) => {
      const { beta, threshold } = request.params;
      const xi = x(request, i);
      return beta === 1 && threshold === Infinity && Number.isFinite(xi)
        ? f32(Math.max(xi, 0) + log(f32(1 + exp(-Math.abs(xi)))))
        : y;
    }),
    ...{ op: 'softplus', law: 'value', fault: 'zero', numbers: 1, like: lostTail },
  },
  {
    what: 'log in place of log1p',
    candidate: logSoftmaxBy(most),
    ...{ op: 'log-softmax', law: 'value', fault: 'zero', numbers: 2, like: lostTail },
  },
  {
    what: 'log in place of log1p',
    candidate: crossEntropyBy(most),
    ...{ op: 'cross-entropy', law: 'value', fault: 'zero', numbers: 2, like: lostTail },
  },
  {
    what: 'smoothing is spread over C + 1 classes',
    candidate: answering('cross-entropy', (request) => {
      const epsilon = Number(request.params.labelSmoothing);
      const { shape } = request.in.input!;
      const count = shape[shape.length > 1 ? 1 : 0]!;
      const reply = right(request);
      const plain = right(withParams(request, { labelSmoothing: 0 }));
      if (reply.error || !reply.out || !plain.out || epsilon === 0) return reply;
      const mixed = (y: number, i: number): number =>
        (count * y + (1 - epsilon) * Number(plain.out!.data[i])) / (count + 1);
      return numbersOf(reply, isOut, mixed);
    }),
    ...{ op: 'cross-entropy', law: 'reduction', fault: 'size', numbers: 2 },
  },
  {
    what: 'posWeight multiplies both',
    candidate: mistaking('binary-cross-entropy-with-logits', (request) => {
      const { posWeight, weight, ...rest } = request.in;
      return posWeight && !weight ? { ...request, in: { ...rest, weight: posWeight } } : request;
    }),
    op: 'binary-cross-entropy-with-logits',
    ...{ law: 'reduction', fault: 'size', numbers: 2 },
  },
  {
    what: 'batchmean is mean',
    candidate: mistaking('kl-div', (request) =>
      request.params.reduction === 'batchmean'
        ? withParams(request, { reduction: 'mean' })
        : request,
    ),
    ...{ op: 'kl-div', law: 'reduction', fault: 'size', numbers: 2 },
    like: /^sum \/ (N|number of elements) instead of sum \/ \(the divisor of batchmean\)/,
  },
  {
    what: 'weight is left out',
    candidate: mistaking('binary-cross-entropy', (request) => {
      const { weight: _, ...rest } = request.in;
      return { ...request, in: rest };
    }),
    ...{ op: 'binary-cross-entropy', law: 'parameters', fault: 'weight is ignored', numbers: 1 },
  },
  ...['softmax', 'log-softmax'].map(
    (op): Planted => ({
      what: 'dim is left out',
      candidate: mistaking(op, (request) => withParams(request, { dim: -1 })),
      ...{ op, law: 'reduction', fault: 'size', numbers: 2, like: 'as if dim were -1' },
    }),
  ),
  {
    what: 'dim is left out',
    // The result has the shape that is due only where all axes are of one length, so that cases
    // do not get shorter axis by axis.
    candidate: mistaking('log-sum-exp', (request) =>
      new Set(request.in.input!.shape).size === 1 ? withParams(request, { dim: -1 }) : request,
    ),
    ...{
      op: 'log-sum-exp',
      law: 'value',
      fault: 'size',
      runs: 500,
    },
  },
  {
    what: 'the cotangent is left out',
    candidate: mistaking('tanh', (request) => ({ ...request, grad_out: null })),
    ...{ op: 'tanh', law: 'gradient', fault: 'grad:input size', numbers: 1 },
    like: 'not multiplied by the cotangent',
  },
  {
    what: 'a wrong last bit in one of 1000 elements',
    candidate: changingOut('relu', (y) => (toBits(y, float32) % 1000n === 7n ? beside(y) : y)),
    ...{ op: 'relu', law: 'value', fault: 'size', numbers: 1, runs: 600 },
  },
];

// Answers that are none --------------------------------------------------------------------------

const cut = ({ dtype, shape, data }: Payload): Payload => ({
  ...{ dtype, shape },
  data: data.slice(0, -1) as Float32Array,
});
let count = 0;

const malformed: readonly Planted[] = [
  {
    what: 'the result has another shape',
    candidate: changing('softmax', ({ out, ...rest }) =>
      out ? { ...rest, out: { ...out, shape: [...out.shape, 1] } } : rest,
    ),
    ...{ op: 'softmax', law: 'value', fault: 'malformed', numbers: 1 },
  },
  {
    what: 'too few elements',
    candidate: changing('sigmoid', ({ out, ...rest }) => (out ? { ...rest, out: cut(out) } : rest)),
    ...{ op: 'sigmoid', law: 'value', fault: 'malformed', numbers: 1 },
  },
  {
    what: 'whole numbers for a result',
    candidate: changing('relu', ({ out, ...rest }) =>
      out
        ? {
            ...rest,
            out: { ...out, dtype: 'i32', data: Int32Array.from(out.data as Float32Array) },
          }
        : rest,
    ),
    ...{ op: 'relu', law: 'value', fault: 'malformed', numbers: 1 },
  },
  {
    what: 'no answer at all',
    candidate: answering('tanh', () => ({})),
    ...{ op: 'tanh', law: 'value', fault: 'malformed', numbers: 1 },
  },
  {
    what: 'a gradient is missing',
    candidate: changing('kl-div', ({ 'grad:target': _, ...rest }) => rest),
    ...{ op: 'kl-div', law: 'gradient', fault: 'malformed', numbers: 1 },
  },
  {
    what: 'an error for legal input',
    candidate: changing('log-sum-exp', (reply, request) =>
      request.in.input!.data.length > 1
        ? { error: { kind: 'invalid_input', message: 'log-sum-exp: too long' } }
        : reply,
    ),
    ...{ op: 'log-sum-exp', law: 'value', fault: 'refused', numbers: 2 },
  },
  {
    what: 'an exception',
    candidate: answering('linear', () => {
      throw new TypeError('undefined is not a function');
    }),
    ...{ op: 'linear', law: 'value', fault: 'refused', numbers: 1 },
  },
  {
    what: 'every second time another bit',
    candidate: changingOut('logsigmoid', (y) => (count++ % 2 ? beside(y) : y)),
    ...{ op: 'logsigmoid', law: 'deterministic', fault: 'differs', numbers: 1 },
  },
  {
    what: 'another bit at odd places',
    candidate: changingOut('sigmoid', (y, i) => (i % 2 ? beside(y) : y)),
    ...{ op: 'sigmoid', law: 'batch', fault: 'depends', numbers: 2 },
  },
  {
    what: 'NaN in place of an error',
    candidate: answering('nll-loss', (request) => {
      const reply = right(request);
      if (reply.error?.kind !== 'invalid_input') return reply;
      return { out: { dtype: 'f32', shape: [], data: Float32Array.of(Number.NaN) } };
    }),
    ...{ op: 'nll-loss', law: 'errors', fault: 'target beyond the classes', numbers: 1 },
  },
  {
    what: 'a crash in place of an error',
    candidate: answering('cross-entropy', (request) => {
      const reply = right(request);
      return reply.error ? { error: { ...reply.error, kind: 'internal' } } : reply;
    }),
    ...{ op: 'cross-entropy', law: 'errors', fault: 'target beyond the classes', numbers: 1 },
  },
];

// What a single law is there for -----------------------------------------------------------------

const lawful: readonly Planted[] = [
  {
    what: 'tanh(−0) = 0',
    candidate: changingOut('tanh', (y) => y + 0),
    ...{ op: 'tanh', law: 'edges', fault: 'sign', numbers: 1 },
  },
  {
    what: 'σ(∞) is NaN',
    candidate: changingOut('sigmoid', (y, i, r) => (x(r, i) === Infinity ? Number.NaN : y)),
    ...{ op: 'sigmoid', law: 'edges', fault: 'nan', numbers: 1 },
  },
  {
    what: 'a slope of 1 at ∞',
    candidate: changing('sigmoid', (reply, r) =>
      numbersOf(
        reply,
        (n) => n === 'grad:input',
        (y, i) => (x(r, i) === Infinity ? 1 : y),
      ),
    ),
    ...{ op: 'sigmoid', law: 'edges', fault: 'grad:input size', numbers: 1 },
  },
  {
    what: 'σ beyond 1',
    candidate: changingOut('sigmoid', (y) => (y === 1 ? beside(y) : y)),
    ...{ op: 'sigmoid', law: 'range', fault: 'outside', numbers: 1 },
  },
  {
    what: 'every second result is a bit larger',
    candidate: changingOut('sigmoid', (y, i, r) =>
      rank(x(r, i), float32) % 2n === 0n ? beside(y) : y,
    ),
    ...{ op: 'sigmoid', law: 'monotone', fault: 'decreases', numbers: 2 },
  },
  {
    what: 'positive results are a bit larger',
    candidate: changingOut('tanh', (y) => (y > 0 ? beside(y) : y)),
    ...{ op: 'tanh', law: 'odd', fault: 'uneven', numbers: 1 },
  },
  {
    what: '−∞ makes a row NaN',
    candidate: changingOut('softmax', (y, _, r) =>
      Array.from(r.in.input!.data, Number).includes(-Infinity) ? Number.NaN : y,
    ),
    ...{ op: 'softmax', law: 'special rows', fault: 'nan', numbers: 2 },
  },
  {
    what: 'the logarithm of −0 has a sign of its own',
    candidate: changingOut('binary-cross-entropy', (y, _, r) =>
      Array.from(r.in.input!.data, Number).some((p) => Object.is(p, -0)) ? -y : y,
    ),
    ...{ op: 'binary-cross-entropy', law: 'special rows', fault: 'size', numbers: 2 },
  },
  {
    what: 'the mean of nothing is 0',
    candidate: changingOut('nll-loss', (y) => (Number.isNaN(y) ? 0 : y)),
    ...{ op: 'nll-loss', law: 'empty', fault: 'nan' },
  },
  {
    what: 'smoothing is left out',
    candidate: mistaking('cross-entropy', (r) => withParams(r, { labelSmoothing: 0 })),
    ...{ op: 'cross-entropy', law: 'parameters', fault: 'labelSmoothing is ignored', numbers: 2 },
  },
  {
    what: 'beta is left out',
    candidate: mistaking('softplus', (r) => withParams(r, { beta: 1 })),
    ...{ op: 'softplus', law: 'parameters', fault: 'beta is ignored', numbers: 1 },
  },
];

const countOf = ({ in: { targetLengths } }: Request): number => sizeOf(targetLengths!.shape);

/** What people get wrong about sequences. */
const sequential: readonly Planted[] = [
  {
    what: 'the mean divides by samples only',
    candidate: dividing('ctc-loss', countOf),
    ...{ op: 'ctc-loss', law: 'reduction', fault: 'size' },
  },
  {
    what: 'the gradient is that of log-softmax and loss together',
    candidate: changing('ctc-loss', (reply, r) =>
      numbersOf(
        reply,
        (n) => n === 'grad:input',
        (y, i) => (y === 0 ? y : y + exp(x(r, i))),
      ),
    ),
    ...{ op: 'ctc-loss', law: 'gradient', fault: 'grad:input size', numbers: 1 },
  },
  {
    what: 'all samples have the time of the first',
    candidate: mistaking('ctc-loss', (r) => {
      const { inputLengths } = r.in;
      const data = BigInt64Array.from(inputLengths!.data as BigInt64Array).fill(
        BigInt(inputLengths!.data[0] ?? 0),
      );
      return { ...r, in: { ...r.in, inputLengths: { ...inputLengths!, data } } };
    }),
    ...{ op: 'ctc-loss', law: 'batch', fault: 'depends' },
  },
  {
    what: 'the mean of no samples is 0',
    candidate: changingOut('ctc-loss', (y, _, r) => (countOf(r) === 0 ? 0 : y)),
    ...{ op: 'ctc-loss', law: 'empty', fault: 'nan' },
  },
  {
    what: 'a blank that is no class counts as 0',
    candidate: mistaking('ctc-loss', (r) =>
      r.params.blank === 1000 ? withParams(r, { blank: 0 }) : r,
    ),
    ...{ op: 'ctc-loss', law: 'errors', fault: 'blank beyond its range', numbers: 1 },
  },
  {
    what: 'zeroInfinity is left out',
    candidate: mistaking('ctc-loss', (r) => withParams(r, { zeroInfinity: false })),
    ...{ op: 'ctc-loss', law: 'special rows', fault: 'infinite' },
  },
];

// What any operator can have ---------------------------------------------------------------------

const byHand: readonly Planted[] = [...classic, ...malformed, ...lawful, ...sequential];

/** Results that are off in their fourth digit, and a gradient with the wrong sign. */
function plain(op: Op): readonly Planted[] {
  const differentiable = Object.entries(op.inputs).find(([, input]) => isDifferentiable(input));
  const offValue: Planted = {
    what: 'results are larger by 2^−10 of themselves',
    candidate: changingOut(op.id, (y) => y * (1 + 2 ** -10)),
    ...{ op: op.id, law: 'value', fault: 'size' },
  };
  if (!differentiable) return [offValue];
  const name = `grad:${differentiable[0]}` as const;
  const wrongSign: Planted = {
    what: 'a sign in the gradient',
    candidate: changing(op.id, (reply) =>
      numbersOf(
        reply,
        (n) => n === name,
        (y) => -y,
      ),
    ),
    ...{ op: op.id, law: 'gradient', fault: `${name} size` },
  };
  return [offValue, wrongSign];
}

const withoutOne = [...operators.values()].filter(({ id }) => !byHand.some(({ op }) => op === id));

/** Bugs that are found, shrunk and named. */
export const planted = byHand;
/** Bugs of every other operator, of which hardly an answer is right: enough that they are noticed. */
export const plainlyPlanted: readonly Planted[] = withoutOne.flatMap(plain);
