/**
 * # Digits
 *
 * What is exact, to 20 significant decimal digits. They are certified like bits: both ends of an
 * enclosure round to them.
 */
import { Decimal } from 'decimal.js';
import type { Payload, Request, Wanted } from '../properties/candidate.ts';
import { formatOf, toTensor } from '../properties/payload.ts';
import { exactly } from '../spec/exact.ts';
import { type Format, roundNumber } from '../spec/format.ts';
import { accessTo, type Lifted } from '../spec/lift.ts';
import { enclose, type Settle } from '../spec/oracle/enclose.ts';
import { slopes, toDecimals } from '../spec/oracle/index.ts';
import type { Arithmetic, Real } from '../spec/real.ts';
import { sizeOf, type Tensor } from '../spec/tensor.ts';
import { type Case, inputOf, read } from './reference.ts';

const PLACES = 20;

export type Digits = { readonly [wanted in Wanted]?: readonly string[] };

/**
 * Every element of what is wanted to 20 significant digits, certified. Throws what `run` answers as
 * an error.
 */
export function digitsOf(request: Request): Digits {
  const case_ = read(request);
  return Object.fromEntries(request.want.map((wanted) => [wanted, digits(case_, wanted)]));
}

function digits({ lifted, cotangent }: Case, wanted: Wanted): readonly string[] {
  const what = `${lifted.op.id} ${wanted}`;
  const result: string[] = [];
  for (const { at, formula } of wanted === 'out'
    ? valueParts(lifted)
    : slopeParts(lifted, inputOf(wanted), cotangent))
    for (const [i, text] of enclose(what, formula, settled).entries()) result[at[i]!] = text;
  return result;
}

/** A formula, and where its results lie. */
interface Part {
  readonly at: readonly number[];
  formula(over: Arithmetic): readonly Real[];
}

const valueParts = ({ pieces, tensors }: Lifted): readonly Part[] =>
  pieces.map(({ at, formula }) => ({ at, formula: () => formula(accessTo(tensors)) }));

/** What is a function of one element alone is differentiated alone. */
function slopeParts(
  { op, pieces, tensors }: Lifted,
  wrt: string,
  cotangent: Tensor | undefined,
): readonly Part[] {
  const every = Array.from({ length: sizeOf(tensors[wrt]!.shape) }, (_, i) => i);
  const groups = op.kind === 'elementwise' ? pieces.map((piece) => [piece]) : [pieces];
  return groups.map((group) => {
    const at = op.kind === 'elementwise' ? group[0]!.at : every;
    return { at, formula: slopes(group, tensors, wrt, at, cotangent) };
  });
}

/** Decimal digits of a reading; what 480 cannot tell from 0 is 0 in every format. */
const LAST = 480;
const toPlaces = toDecimals(PLACES);

/** `0e-479` where all that can be said is that the exact value is within 10⁻⁴⁷⁹ of 0. */
const settled: Settle<string> = (y, precision) => {
  const text = toPlaces(y, precision);
  if (text !== undefined || precision < LAST) return text;
  const { lo, hi } = y;
  if (lo.gt(0) || hi.lt(0)) return undefined;
  const places = -Math.max(lo.isZero() ? hi.e : lo.e, hi.isZero() ? lo.e : hi.e) - 1;
  return places >= PLACES ? `${hi.gt(0) ? '' : '-'}0e-${places}` : undefined;
};

/** The exact value of each element of a tensor, to 20 digits; all digits of a whole number's. */
export const decimalsOf = (payload: Payload): readonly string[] =>
  formatOf(payload.dtype) === undefined
    ? Array.from<number | bigint, string>(payload.data, String)
    : Array.from(toTensor(payload).data, (x) => {
        if (x === 0) return Object.is(x, -0) ? '-0' : '0';
        return new Decimal(exactly(x)).toSignificantDigits(PLACES).toString();
      });

/** The fewest digits that are read back as the same float. */
export function shortest(x: number, format: Format): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  // 17 digits tell all float64 apart.
  for (let digits = 1; digits < 17; digits++) {
    const text = String(Number(x.toPrecision(digits)));
    if (roundNumber(Number(text), format) === x) return text;
  }
  return String(x);
}
