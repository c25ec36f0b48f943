/**
 * # Comparing with a witness
 *
 * A pure function of what ONNX Runtime answered and of whoever answers the same cases. It is given
 * the answers as functions, so that a test can hand it wrong ones and see that it notices.
 */
import { type Answer, isOffered } from './answers.ts';
import { type Case, describeCase } from './case.ts';
import { type Scale, scaleOf } from './scale.ts';
import { gradeOf, type Tolerance, toleranceOf } from './tolerances.ts';
import type { Precision, Witnessed } from './witness.ts';

export interface Difference {
  readonly who: Who;
  readonly of: Case;
  readonly precision: Precision;
  readonly message: string;
}

export type Who = 'reference' | 'fast';
export type Answers = { readonly [W in Who]: Answer };

/** The format's gap at x. The exponent comes from the bits, as logarithms are not exact. */
export function gap(x: number, precision: Precision): number {
  const [digits, lowest] = precision === 'float32' ? [24, -126] : [53, -1022];
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const exponent = ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, lowest) - digits + 1);
}

const parts = (t: Tolerance, want: number, scale: Scale, precision: Precision): number =>
  (t.ulps ?? 0) * gap(want, precision) +
  (t.relative ?? 0) * Math.abs(want) +
  ((t.absolute ?? 0) + (t.ofLogit ?? 0) * scale.logit) * scale.factor +
  ((t.ofSize ?? 0) + (t.ofSizePerTerm ?? 0) * scale.terms) * scale.size;

/** The rounding of the answer compared: of the reference half an ulp, of `src/` what its grade allows. */
function ownRounding(who: Who, op: string, want: number, scale: Scale, precision: Precision) {
  if (who === 'reference') return gap(want, precision) / 2;
  const grade = gradeOf(op);
  if (grade === 'S') return gap(want, 'float32') / 2;
  if (grade === 'A') return gap(want, 'float32');
  const u = 2 ** -24;
  return Math.max(gap(want, 'float32'), u * (Math.ceil(Math.log2(scale.terms)) + 7) * scale.size);
}

/** What `who` may differ by from a witness that answered `want`. */
export function allowed(who: Who, { of, precision }: Witnessed, want: number): number {
  const tolerance = toleranceOf(of.op, precision);
  // The reference answers in the witness's format, `src/` in float32 only.
  if (tolerance.isExact && (who === 'reference' || precision === 'float32')) return 0;
  const scale = scaleOf(of);
  return parts(tolerance, want, scale, precision) + ownRounding(who, of.op, want, scale, precision);
}

/** Infinities and NaN have no neighbours; a zero of either sign is zero, since witnesses differ there. */
function agrees(got: number, want: number, limit: () => number): boolean {
  if (Number.isNaN(want)) return Number.isNaN(got);
  if (!Number.isFinite(want)) return got === want;
  return Math.abs(got - want) <= limit();
}

function messageOf(who: Who, witnessed: Witnessed, got: readonly number[]): string | undefined {
  const { answer, precision } = witnessed;
  const want = Array.from<number | bigint, number>(answer.data, Number);
  if (got.length !== want.length) return `has ${got.length} elements, but ${want.length} are due`;
  const at = got.findIndex((x, i) => !agrees(x, want[i]!, () => allowed(who, witnessed, want[i]!)));
  if (at < 0) return undefined;
  const limit = allowed(who, witnessed, want[at]!);
  return `out[${at}] is ${got[at]}, onnxruntime's ${precision} says ${want[at]}, allowed ±${limit}`;
}

async function differenceOf(
  who: Who,
  answer: Answer,
  witnessed: Witnessed,
): Promise<Difference | undefined> {
  const { of, precision } = witnessed;
  const { shape, values } = await answer(of, precision);
  const fits = String(shape) === String(witnessed.answer.shape);
  const told = fits
    ? messageOf(who, witnessed, values)
    : `has shape [${shape}], onnxruntime's [${witnessed.answer.shape}]`;
  if (told === undefined) return undefined;
  return { who, of, precision, message: `${of.op}, ${who}: ${told}\n${describeCase(of)}` };
}

/** Whoever has the operator; that `src/` has all of them is tested by its own tests. */
export const whoHas = (op: string): readonly Who[] =>
  isOffered(op) ? ['reference', 'fast'] : ['reference'];

export async function differences(
  witnesses: readonly Witnessed[],
  answers: Answers,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const witnessed of witnesses)
    for (const who of whoHas(witnessed.of.op)) {
      const difference = await differenceOf(who, answers[who], witnessed);
      if (difference !== undefined) found.push(difference);
    }
  return found;
}
