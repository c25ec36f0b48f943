/** # Numbers and births in words */
import { shortest } from '../../../../conformance/digits.ts';
import type { Born } from '../../../../conformance/nan/report.ts';
import { type Format, toBits } from '../../../../spec/format.ts';
import { fill } from '../../../build/markdown.ts';
import type { PlayWords } from '../../../words/play.en.ts';
import type { Answer, Got } from './answer.ts';

/** A number as it is read: −, and ∞ for what is infinite. */
export const spelt = (text: string): string => text.replaceAll('-', '−').replace('Infinity', '∞');

export const numberIn = (x: number, format: Format): string => spelt(shortest(x, format));

export const hex = (x: number, format: Format): string =>
  toBits(x, format)
    .toString(16)
    .padStart(format.bits / 4, '0');

/** How far it is off. */
export const ulpsIn = ({ ulps }: Got): string => {
  if (!Number.isFinite(ulps)) return '∞ ulp';
  if (ulps < 0.0005) return '0 ulp';
  return `${ulps < 1000 ? Number(ulps.toPrecision(3)) : spelt(ulps.toExponential(1))} ulp`;
};

export function bornIn({ where, step, place, formula, value }: Born, w: PlayWords): string {
  return fill(w[where], spelt(String(value)), `${step}${place}`, formula);
}

export const throughIn = ({ through, value, exact }: Born, w: PlayWords): string =>
  through
    ? fill(
        w.through,
        ...[through.step, through.slope, spelt(String(through.g))],
        ...[spelt(String(value)), spelt(exact ?? '?')],
      )
    : '';

/** All in two or three sentences, to be read aloud when it has changed. */
export function summaryOf({ exact, ways }: Answer, w: PlayWords): string {
  const [out] = exact;
  const [ours] = ways;
  const born = ways.flatMap(({ story, title }) =>
    story?.born ? [[title, story.born] as const] : [],
  );
  const [first] = born;
  const got = ours?.got.out?.[0];
  return [
    out!.digits.length === 1
      ? fill(w.exactly, spelt(out!.digits[0]!))
      : fill(w.exactlyMany, out!.digits.length),
    got && out!.digits.length === 1
      ? fill(w.oursIs, `${numberIn(got.value, ours!.format)}, ${ulpsIn(got)}`)
      : '',
    first
      ? fill(born.length === 1 ? w.oneBorn : w.firstBorn, born.length, placeOf(first))
      : ways.some(({ story }) => story)
        ? w.noneBorn
        : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const placeOf = ([title, { step, place }]: readonly [string | undefined, Born]): string =>
  `${step}${place} (${title})`;
