/**
 * # Charts
 *
 * SVG without colours of its own: lines take them from classes, so that a page that turns dark takes
 * its charts along. Numbers are the only text, so that a chart belongs to every language.
 */
import type { Point } from './curves.ts';

export interface Line {
  readonly points: readonly Point[];
  readonly name: string;
}
export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** What is written beside a tick of y. */
  label(y: number): string;
}

const [WIDTH, HEIGHT] = [600, 300];
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 12, 10, 26];

export function svg({ title, lines, x, y, xTicks, yTicks, label }: Chart): string {
  const across = (v: number) => LEFT + ((v - x[0]) / (x[1] - x[0])) * (WIDTH - LEFT - RIGHT);
  const up = (v: number) =>
    HEIGHT - BOTTOM - ((v - y[0]) / (y[1] - y[0])) * (HEIGHT - TOP - BOTTOM);
  const grid = [
    ...xTicks.map((v) => `<path d="M${px(across(v))} ${TOP}V${HEIGHT - BOTTOM}"/>`),
    ...yTicks.map((v) => `<path d="M${LEFT} ${px(up(v))}H${WIDTH - RIGHT}"/>`),
  ];
  const texts = [
    ...xTicks.map(
      (v) => `<text x="${px(across(v))}" y="${HEIGHT - 8}" text-anchor="middle">${minus(v)}</text>`,
    ),
    ...yTicks.map(
      (v) => `<text x="${LEFT - 6}" y="${px(up(v) + 4)}" text-anchor="end">${label(v)}</text>`,
    ),
  ];
  const paths = lines.map(
    ({ points, name }) => `<path class="line ${name}" d="${path(points, across, up, y)}"/>`,
  );
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<g class="grid">${grid.join('')}</g>`,
    ...paths,
    `<g class="ticks">${texts.join('')}</g>`,
    '</svg>',
  ].join('\n');
}

/** Tenths of a pixel. */
const px = (v: number): string => String(Math.round(v * 10) / 10);
const minus = (v: number): string => String(v).replace('-', '−');

/** What leaves the frame is cut off, and a jump is no line. */
function path(
  points: readonly Point[],
  across: (v: number) => number,
  up: (v: number) => number,
  [low, high]: readonly [number, number],
): string {
  let isDrawing = false;
  return points
    .flatMap(({ x, y }, i) => {
      const before = points[i - 1]?.y ?? y;
      const isIn = Number.isFinite(y) && y >= low && y <= high;
      const isJump = Math.abs(y - before) > (high - low) / 4 && points.length < 300;
      const mark = !isIn ? '' : `${isDrawing && !isJump ? 'L' : 'M'}${px(across(x))} ${px(up(y))}`;
      isDrawing = isIn;
      return mark === '' ? [] : [mark];
    })
    .join('');
}

/** About so many round numbers from one to the other. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / count;
  let unit = 1;
  while (unit * 10 <= rough) unit *= 10;
  while (unit > rough) unit /= 10;
  const step = [1, 2, 5, 10].map((k) => k * unit).find((s) => s >= rough)!;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
