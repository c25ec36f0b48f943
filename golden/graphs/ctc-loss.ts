/**
 * # CTC loss
 *
 * The recursion α_t(s) = x_t(l_s) + log(e^α(s) + e^α(s−1) + [l_s ≠ l_(s−2)] e^α(s−2)) over l = blank,
 * y₁, blank, y₂, …, one step after the other. Samples of other lengths stand still after their last.
 */
import { type Composition, numberIn, rankOf, reduced } from './composition.ts';
import {
  add,
  apply,
  div,
  equal,
  exp,
  greater,
  input,
  integer,
  list,
  log,
  max,
  mul,
  neg,
  real,
  sub,
  sumOver,
  type Term,
  toFloat64,
  where,
} from './expression.ts';

const NOTHING = real(-Infinity);

const axisAt = (x: Term, axis: number): Term => apply('Unsqueeze', [x, list(axis)]);
const join = (axis: number, ...parts: readonly Term[]): Term =>
  apply('Concat', parts, { axis: { int: axis } });
const row = (values: readonly number[], dtype: 'f64' | 'i64'): Term => ({
  ...{ values, shape: [1, values.length], dtype },
});

/** The columns of x moved by k to the right, where others come in. */
const moved = (x: Term, k: number, length: number, others: Term): Term =>
  apply('Slice', [apply('Pad', [x, list(0, k, 0, 0), others]), list(0), list(length), list(1)]);

/** log Σ e^xᵢ, −∞ where all are. */
function logSum(of: readonly Term[], sum: (powers: readonly Term[]) => Term, most: Term): Term {
  const finite = where(greater(most, NOTHING), most, real(0));
  return add(finite, log(sum(of.map((x) => exp(sub(x, finite))))));
}
const logAdd = (a: Term, b: Term, c: Term): Term =>
  logSum([a, b, c], ([x, y, z]) => add(add(x!, y!), z!), max(max(a, b), c));
const logSumOf = (x: Term): Term => {
  const most = apply('ReduceMax', [x, list(1)], { keepdims: { int: 1 } });
  return sumOver(
    logSum([x], ([powers]) => axisAt(sumOver(powers!, 1), 1), most),
    1,
  );
};

/** blank, y₁, blank, y₂, …, blank */
function labelsOf(target: Term, blank: number): Term {
  const blanks = add(mul(target, integer(0)), integer(blank));
  const pairs = join(2, axisAt(target, 2), axisAt(blanks, 2));
  const first = apply('Slice', [blanks, list(0), list(1), list(1)]);
  return join(1, first, apply('Reshape', [pairs, list(0, -1)]));
}

export const ctcLoss: Composition = (asked) => {
  const single = rankOf(asked, 'input') === 2;
  const batched = (name: string, axis: number): Term =>
    single ? axisAt(input(name), axis) : input(name);
  const x = batched('input', 1);
  const [times, counts] = ['inputLengths', 'targetLengths'].map((n) => axisAt(batched(n, 0), 1));
  const steps = asked.in.input!.shape[0]!;
  const length = 2 * asked.in.target!.shape.at(-1)! + 1;
  const labels = labelsOf(batched('target', 0), numberIn(asked, 'blank'));
  const repeats = equal(labels, moved(labels, 2, length, integer(-1)));
  const score = (t: number): Term => {
    const now = apply('Gather', [x, integer(t)], { axis: { int: 0 } });
    return apply('GatherElements', [now, labels], { axis: { int: 1 } });
  };
  const places = Array.from({ length }, (_, s) => s);
  const from = (count: number): Term =>
    row(
      places.map((s) => (s < count ? 0 : -Infinity)),
      'f64',
    );
  // Before the first step, as if it had come from a blank of no time.
  const nowhere = add(mul(toFloat64(labels), real(0)), from(1));
  let come = where(greater(times!, integer(0)), add(score(0), from(2)), nowhere);
  for (let t = 1; t < steps; t++) {
    const skipping = where(repeats, NOTHING, moved(come, 2, length, NOTHING));
    const next = add(score(t), logAdd(come, moved(come, 1, length, NOTHING), skipping));
    come = where(greater(times!, integer(t)), next, come);
  }
  const last = mul(counts!, integer(2));
  const ends = [last, sub(last, integer(1))].map((end) => equal(row(places, 'i64'), end));
  const whole = neg(logSumOf(where(apply('Or', ends), come, NOTHING)));
  const loss = asked.params.zeroInfinity
    ? where(equal(whole, real(Infinity)), real(0), whole)
    : whole;
  const parts = max(toFloat64(batched('targetLengths', 0)), real(1));
  const terms = reduced(asked.params.reduction === 'mean' ? div(loss, parts) : loss, asked);
  return single && asked.params.reduction === 'none' ? apply('Squeeze', [terms, list(0)]) : terms;
};
