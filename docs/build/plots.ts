/** # Plots of an operator: its curve, and the errors of common code */
import type { Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import { ALL, curve, type Errors, errorsOf, type Point, sectionOf } from './curves.ts';
import { code, fill, paragraphs, plain } from './markdown.ts';
import { svg, ticks } from './svg.ts';
import { textbooks } from './textbook.ts';

/** All that is drawn of an operator, whatever the language. */
export interface Drawn {
  readonly rest: string;
  readonly curve: string;
  readonly errors?: { readonly chart: string; readonly of: readonly Errors[] };
}

const POINTS = 145;

export function draw(op: Op): Drawn {
  const section = sectionOf(op);
  const { value, slope } = curve(op, section, POINTS);
  const y = rangeOf([...value, ...slope]);
  const chart = svg({
    title: op.id,
    lines: [
      { points: value, name: 'value' },
      { points: slope, name: 'slope' },
    ],
    ...{ x: [section.from, section.to], y },
    ...{ xTicks: ticks(section.from, section.to, 6), yTicks: ticks(...y, 5) },
    label: (v) => String(v).replace('-', '−'),
  });
  const textbook = textbooks[op.id];
  if (!textbook) return { rest: section.rest, curve: chart };
  const of = errorsOf(op, section, textbook);
  return { rest: section.rest, curve: chart, errors: { chart: errorChart(op, of), of } };
}

/** From the least to the largest, not further than ±8, with some room. */
function rangeOf(points: readonly Point[]): [number, number] {
  const ys = points.map(({ y }) => y).filter((y) => Number.isFinite(y) && Math.abs(y) <= 8);
  const [low, high] = [Math.min(0, ...ys), Math.max(0, ...ys)];
  const room = Math.max((high - low) * 0.06, 0.1);
  return [low - room, high + room];
}

/** From a quarter of an ulp to all digits. */
const [LOW, HIGH] = [-2, 24];
const level = (ulps: number): number => Math.min(HIGH, Math.max(LOW, Math.log2(ulps)));

function errorChart(op: Op, all: readonly Errors[]): string {
  const xs = all[0]!.points.map(({ x }) => x);
  const [from, to] = [Math.floor(xs[0]!), Math.ceil(xs.at(-1)!)];
  return svg({
    title: `${op.id}, ulp`,
    lines: all.map(({ points }, i) => ({
      points: points.map(({ x, y }) => ({ x, y: level(y) })),
      name: `code${i + 1}`,
    })),
    ...{ x: [from, to], y: [LOW - 0.5, HIGH + 0.5] },
    ...{ xTicks: ticks(from, to, 6), yTicks: [-1, 1, 4, 8, 12, 16, 20, 24] },
    label: (v) => (v < 0 ? '½' : v < 16 ? String(2 ** v) : `2${raised(v)}`),
  });
}

const raised = (n: number): string => [...String(n)].map((c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]).join('');

export function plots({ rest, curve, errors }: Drawn, w: Words): string {
  const caption = rest === '' ? w.plotOf : fill(w.plotSection, code(rest));
  return paragraphs(
    figure(curve, caption),
    errors ? figure(errors.chart, `${plain(w.plotError)}<br>${legend(errors.of)}`) : '',
  );
}

const figure = (chart: string, caption: string): string =>
  `<figure>\n${chart}\n<figcaption>${caption}</figcaption>\n</figure>`;

const legend = (all: readonly Errors[]): string =>
  all.map(({ code: text }, i) => `<i class="swatch code${i + 1}"></i> ${code(text)}`).join('<br>');

export const isLost = (ulps: number): boolean => ulps >= ALL;
