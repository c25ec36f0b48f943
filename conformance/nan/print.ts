/** # A report in words */
import { type Format, float32 } from '../../spec/format.ts';
import type { Tensor, Tensors } from '../../spec/tensor.ts';
import { shortest } from '../digits.ts';
import { table } from '../table.ts';
import type { Colors } from '../terminal.ts';
import type { Born, Element, Report } from './report.ts';

export function inWords(
  report: Report,
  title: string,
  batch: Tensors,
  format: Format,
  colors: Colors,
): string {
  const { born } = report;
  const parts = [
    `${colors.bold(title)}: ${report.title}  (${report.format})\n`,
    table(Object.entries(batch).map(([name, tensor]) => described(name, tensor!))),
    `${colors.bold('steps')}\n${table(stepRows(report))}`,
    born ? bornLines(report, born, format, colors) : nothingLines(report, format),
    table(verdictRows(report, format)),
    report.others.length === 0
      ? ''
      : `${colors.bold('the same batch, written otherwise')}\n${table(otherRows(report, format))}`,
  ];
  return parts.join('');
}

function described(name: string, { dtype, shape, data }: Tensor): readonly string[] {
  const finite = Array.from(data).filter(Number.isFinite);
  const ends = finite.reduce(
    ([a, b], x) => [Math.min(a!, x), Math.max(b!, x)],
    [Infinity, -Infinity],
  );
  const odd = data.length - finite.length;
  const range = finite.length === 0 ? 'no finite number' : `from ${ends[0]} to ${ends[1]}`;
  return [
    name,
    `${dtype} [${shape.join(', ')}]`,
    odd === 0 ? range : `${range}, ${odd} not finite`,
  ];
}

const stepRows = ({ steps, born }: Report): readonly (readonly string[])[] =>
  steps.map(({ step, formula, size, nan, infinite }) => [
    step,
    step === formula ? '' : formula,
    `${size}`,
    countsOf(nan, infinite),
    ...(born?.where === 'forward' && born.step === step ? ['← here'] : []),
  ]);

const countsOf = (nan: number, infinite: number): string =>
  [...(nan > 0 ? [`${nan} NaN`] : []), ...(infinite > 0 ? [`${infinite} ∞`] : [])].join(', ') ||
  'finite';

const row = (
  { step, formula, place, value, exact }: Element,
  format: Format,
): readonly string[] => [
  `${step}${place}`,
  step === formula ? '' : formula,
  shortest(value, format),
  exact === undefined ? 'no digits tell' : `exact ${exact}`,
];

function bornLines(report: Report, born: Born, format: Format, colors: Colors): string {
  const what = Number.isNaN(born.value) ? 'NaN' : 'infinite number';
  const named = `${born.step}${born.place}`;
  const where = {
    batch: `The first ${what} came in with the batch: ${named}`,
    forward: `The first ${what} is born at ${named} = ${born.formula}`,
    backward: `The loss is finite; the first ${what} is born in the gradient, in the slope of ${named}`,
  }[born.where];
  const through = born.through
    ? `  it passes back through ${born.through.step}: ${born.through.slope}, with g = ${born.through.g}, gives ${born.value}; exact ${born.exact ?? 'unknown'}\n`
    : '';
  const isLost = Number.isFinite(report.loss.value) && report.gradient.bad === 0;
  return [
    `${colors.red(where)}\n${through}`,
    isLost ? '  it reaches neither the loss nor the gradient\n' : '',
    table((report.trail.length > 0 ? report.trail : [born]).map((element) => row(element, format))),
    `  ${colors.bold('do')}: ${born.fix}\n`,
    born.clause ? `  ${born.clause.id}: ${born.clause.says}\n` : '',
  ].join('');
}

function nothingLines({ worst }: Report, format: Format): string {
  const nothing =
    'Nothing that is not finite is born here, forward or backward. If the loss is NaN later, look at what makes the batch: learning rate, gradients, data.\n';
  if (!worst) return `${nothing}  Every step is the nearest float.\n`;
  return `${nothing}  largest error, ${ulpsOf(worst.ulps)}:\n${table([row(worst, format)])}`;
}

const ulpsOf = (ulps: number): string =>
  `${ulps < 1000 ? Number(ulps.toFixed(2)) : ulps.toExponential(1)} ulp`;

function verdictRows({ loss, gradient, instead }: Report, format: Format) {
  const bad = gradient.bad === 0 ? 'finite' : `${gradient.bad} of ${gradient.size} not finite`;
  const rows = [
    ['loss', shortest(loss.value, format), `exact ${loss.exact ?? 'unknown'}`],
    ['gradient', bad],
  ];
  if (!instead) return rows;
  const { op, exact, refusal, value, ulps, isGradientFinite } = instead;
  if (refusal !== undefined) return [...rows, [op, 'refuses this batch', refusal]];
  const off = ulps === undefined || !Number.isFinite(ulps) ? '' : `, ${ulpsOf(ulps)}`;
  const ours = `our kernel${off}; its gradient is ${isGradientFinite ? 'finite' : 'not finite'}`;
  return [...rows, [op, shortest(value!, float32), `exact ${exact}; ${ours}`]];
}

const otherRows = ({ others }: Report, format: Format) =>
  others.map(({ textbook, title, value, born }) => [
    textbook,
    shortest(value, format),
    born === undefined ? 'nothing is born' : `born at ${born}`,
    title,
  ]);
