/**
 * # Derivatives
 *
 * A dual number v + d·ε with ε² = 0. Here d is not multiplied out: it is kept as a linear form in
 * the numbers it came from, and `pullBack` multiplies it out once, from the results to the inputs, so
 * that a whole gradient costs about as much as a value. Coefficients are fractions, and divided out
 * last: a slope of y/6 that happens to be a float, or a tie, is then exactly that.
 *
 * v is worked out when a branch of the formula or a coefficient first asks for it: the gradient of one
 * sample needs no logarithm of another, and none of the results themselves.
 *
 * Read over intervals, the gradient is enclosed as surely as the value.
 */
import { type Arithmetic, type Exact, Real, reading } from '../real.ts';
import { Interval } from './interval.ts';

type Fraction = readonly [numerator: Real, denominator: Real];

/** How a coefficient of the child becomes a coefficient of the parent. */
type Part = readonly [parent: Exact, pull: (c: Fraction) => Fraction];

const along: Part[1] = (c) => c;
const against: Part[1] = ([n, d]) => [n.neg(), d];

export class Dual extends Real {
  readonly parts: readonly Part[];
  /** Position in the order of creation: parents come before their children. */
  readonly born: number;
  readonly #over: Arithmetic;
  readonly #compute: () => Real;
  #value: Real | undefined;

  constructor(over: Arithmetic, compute: () => Real, parts: readonly Part[] = []) {
    super();
    this.#over = over;
    this.#compute = compute;
    this.parts = parts;
    this.born = births++;
  }
  #make(compute: () => Real, ...parts: readonly Part[]): Dual {
    return new Dual(this.#over, compute, parts);
  }

  /** Without recursion: a sum of many thousands is as deep as it is long. */
  get value(): Real {
    for (const due: Dual[] = [this]; this.#value === undefined; ) {
      const last = due.at(-1)!;
      const open = last.parts.flatMap(([parent]) =>
        parent instanceof Dual && parent.#value === undefined ? [parent] : [],
      );
      if (open.length > 0) due.push(...open);
      else due.pop()!.#value ??= last.#compute();
    }
    return this.#value;
  }

  plus(y: Exact): Dual {
    return this.#make(() => this.value.plus(underlying(y)), [this, along], [y, along]);
  }
  minus(y: Exact): Dual {
    return this.#make(() => this.value.minus(underlying(y)), [this, along], [y, against]);
  }
  times(y: Exact): Dual {
    return this.#make(
      () => this.value.times(underlying(y)),
      [this, ([n, d]) => [n.times(underlying(y)), d]],
      [y, ([n, d]) => [n.times(this.value), d]],
    );
  }
  div(y: Exact): Dual {
    const ofDivisor: Part[1] = ([n, d]) => {
      const w = underlying(y);
      return [n.times(this.value).neg(), d.times(w).times(w)];
    };
    return this.#make(
      () => this.value.div(underlying(y)),
      [this, ([n, d]) => [n, d.times(underlying(y))]],
      [y, ofDivisor],
    );
  }
  neg(): Dual {
    return this.#make(() => this.value.neg(), [this, against]);
  }
  sqrt(): Dual {
    const root: Dual = this.#make(
      () => this.value.sqrt(),
      [this, ([n, d]) => [n, d.times(root.value.times(2))]],
    );
    return root;
  }
  exp(): Dual {
    const power: Dual = this.#make(
      () => this.value.exp(),
      [this, ([n, d]) => [n.times(power.value), d]],
    );
    return power;
  }
  expm1(): Dual {
    return this.#make(() => this.value.expm1(), [this, ([n, d]) => [n.times(this.value.exp()), d]]);
  }
  log1p(): Dual {
    return this.#make(
      () => this.value.log1p(),
      [this, ([n, d]) => [n, d.times(this.value.plus(1))]],
    );
  }
  log(): Dual {
    return this.#make(() => this.value.log(), [this, ([n, d]) => [n, d.times(this.value)]]);
  }
  sign(): number {
    return this.value.sign();
  }
  isFinite(): boolean {
    return this.value.isFinite();
  }
  between(): Dual {
    throw new TypeError('an enclosure has no slope: write what needs one with `through`');
  }
  through(f: (x: Real) => Real, slope: (x: Real) => Real): Dual {
    const at = (g: (x: Real) => Real) => reading(this.#over, () => g(this.value));
    return this.#make(() => at(f), [this, ([n, d]) => [n.times(at(slope)), d]]);
  }
}

let births = 0;
const underlying = (y: Exact): Exact => (y instanceof Dual ? y.value : y);

export const dual = (over: Arithmetic): Arithmetic => ({
  digits: over.digits,
  read: (x) => new Dual(over, () => over.read(x)),
  pi: () => new Dual(over, () => over.pi()),
});

/** Σ cotangent · d(result), multiplied out: the coefficient of every number in `inputs`. */
export function pullBack(
  results: readonly Dual[],
  cotangents: readonly Real[],
  inputs: readonly Dual[],
  one: Real,
): readonly Real[] {
  const coefficients = new Map<Exact, Fraction>();
  const add = (to: Exact, amount: Fraction) => {
    const before = coefficients.get(to);
    coefficients.set(to, before ? plus(before, amount, one) : amount);
  };
  for (const [i, result] of results.entries()) add(result, [cotangents[i]!, one]);
  const numbers = latestFirst(results);
  const leads = leading(numbers, inputs);
  for (const child of numbers) {
    for (const [parent, pull] of child.parts)
      if (leads.has(parent)) add(parent, pull(coefficients.get(child)!));
  }
  return inputs.map((input) => {
    const [n, d] = coefficients.get(input) ?? [one.minus(one), one];
    return n.div(d);
  });
}

function plus([n, d]: Fraction, [m, e]: Fraction, one: Real): Fraction {
  if (d === e) return [n.plus(m), d];
  const isPlain = [n, d, m, e].every((x) => x.isFinite()) && d.sign() !== 0 && e.sign() !== 0;
  if (!isPlain || !(isExact(d) || isExact(e))) return [n.div(d).plus(m.div(e)), one];
  if (!isExact(e)) return [n.plus(m.times(d).div(e)), d];
  if (!isExact(d)) return [n.times(e).div(d).plus(m), e];
  return [n.times(e).plus(m.times(d)), d.times(e)];
}

/**
 * An open denominator is divided by at once: multiplied into the other numerator it would enclose
 * what is only just below a tie from both sides.
 */
const isExact = (x: Real): boolean => !(x instanceof Interval) || x.isPoint;

function latestFirst(results: readonly Dual[]): readonly Dual[] {
  const seen = new Set(results);
  for (const child of seen)
    for (const [parent] of child.parts) if (parent instanceof Dual) seen.add(parent);
  return [...seen].sort((a, b) => b.born - a.born);
}

/** Those of the numbers, the latest first, that depend on one of the inputs. */
function leading(numbers: readonly Dual[], inputs: readonly Dual[]): ReadonlySet<Exact> {
  const leads = new Set<Exact>(inputs);
  for (const child of numbers.toReversed())
    if (child.parts.some(([parent]) => leads.has(parent))) leads.add(child);
  return leads;
}
