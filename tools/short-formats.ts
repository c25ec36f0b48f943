/**
 * # Every input of a 16-bit format
 *
 * The oracle certifies value and slope at each of the 65,536 inputs, and judges a candidate. Ours is
 * the float32 kernel whose result is rounded to the format: two roundings, so that a result next to a
 * tie may be off by hardly more than half an ulp.
 */
import { type Format, fromBits, roundNumber } from '../spec/format.ts';
import { GRADES, type Grade, judge, worse } from '../spec/grade.ts';
import { type Lifted, lift } from '../spec/lift.ts';
import type { Elementwise } from '../spec/op.ts';
import { type Certified, gradientsOf, Uncertified, valuesOf } from '../spec/oracle/index.ts';
import { tensor } from '../spec/tensor.ts';

export const PATTERNS = 2 ** 16;
/** Inputs at a time. */
const BLOCK = 1024;

/** What answers in float32. */
export interface Answers {
  value(x: Float32Array): Float32Array;
  slope(x: Float32Array): Float32Array;
}

export interface Tally {
  /** How many results have each grade. */
  readonly grades: { readonly [G in Grade]?: number };
  readonly worst: Grade;
  /** In ulp. */
  readonly largest: number;
  /** The input of the largest error. */
  readonly at: number;
}
export interface Sweep {
  readonly inputs: number;
  /** Results that the oracle certified. */
  readonly certified: number;
  /** Of a candidate, if there is one. */
  readonly value?: Tally;
  readonly slope?: Tally;
}

type Certify = (lifted: Lifted, format: Format) => readonly Certified[];
const certifyValues: Certify = (lifted, format) => valuesOf(lifted, format);
const certifySlopes: Certify = (lifted, format) => gradientsOf(lifted, 'input', undefined, format);

/** One by one where a block has an element that the oracle refuses: undefined for that one. */
function certified(op: Elementwise, x: Float32Array, format: Format, certify: Certify) {
  const of = (x: Float32Array) => certify(lift(op, { input: tensor([x.length], x) }), format);
  const attempt = (x: Float32Array): readonly (Certified | undefined)[] => {
    try {
      return of(x);
    } catch (reason) {
      if (!(reason instanceof Uncertified)) throw reason;
      return x.length === 1
        ? [undefined]
        : Array.from(x).flatMap((e) => attempt(Float32Array.of(e)));
    }
  };
  return attempt(x);
}

const nothing: Tally = { grades: {}, worst: 'S', largest: 0, at: 0 };

function counted(tally: Tally, x: number, got: number, cell: Certified, format: Format): Tally {
  const { grade, ulps } = judge(got, cell, format);
  return {
    grades: { ...tally.grades, [grade]: (tally.grades[grade] ?? 0) + 1 },
    worst: worse(tally.worst, grade),
    ...(ulps > tally.largest ? { largest: ulps, at: x } : { largest: tally.largest, at: tally.at }),
  };
}

function* blocks(format: Format, stride: number): IterableIterator<Float32Array> {
  const all = Float32Array.from({ length: Math.ceil(PATTERNS / stride) }, (_, i) =>
    fromBits(BigInt(i * stride), format),
  );
  for (let from = 0; from < all.length; from += BLOCK) yield all.slice(from, from + BLOCK);
}

/** Every `stride`-th input, at the default parameters. */
export function sweepShort(
  op: Elementwise,
  format: Format,
  answers: Answers | undefined,
  stride = 1,
): Sweep {
  const tallies = { value: nothing, slope: nothing };
  let [inputs, decided] = [0, 0];
  for (const x of blocks(format, stride)) {
    for (const [of, certify] of [
      ['value', certifyValues],
      ['slope', certifySlopes],
    ] as const) {
      const got = answers?.[of](x);
      for (const [i, cell] of certified(op, x, format, certify).entries()) {
        if (cell === undefined) continue;
        decided++;
        if (got === undefined) continue;
        tallies[of] = counted(tallies[of], x[i]!, roundNumber(got[i]!, format), cell, format);
      }
    }
    inputs += x.length;
  }
  return { inputs, certified: decided, ...(answers === undefined ? {} : tallies) };
}

const told = ({ grades, largest, at }: Tally): string => {
  const counts = GRADES.flatMap((grade) => (grades[grade] ? [`${grades[grade]} ${grade}`] : []));
  const errors =
    largest === 0 ? 'exact' : `largest observed error ${largest.toFixed(4)} ulp at ${at}`;
  return `${counts.join(', ')}; ${errors}`;
};

/** One line, or two where there is a candidate. */
export function describeSweep(op: string, format: Format, sweep: Sweep): string {
  const { inputs, certified: decided, value, slope } = sweep;
  const all = inputs === PATTERNS && decided === 2 * inputs;
  const number = inputs.toLocaleString('en');
  const proof = all
    ? `proved on all ${number} inputs`
    : `${decided} results of ${number} inputs certified`;
  if (value === undefined || slope === undefined)
    return `${op}, ${format.name}: ${proof}; src/ does not have it\n`;
  return `${op}, ${format.name}: ${proof}\n  value  ${told(value)}\n  slope  ${told(slope)}\n`;
}
