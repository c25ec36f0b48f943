/** # touchstone nan: where the first NaN or ∞ of a loss is born */
import { bfloat16, type Format, float16, float32 } from '../../spec/format.ts';
import type { Tensor, Tensors } from '../../spec/tensor.ts';
import { settingFrom } from '../arguments.ts';
import { shortest } from '../digits.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { choose } from '../nan/choose.ts';
import { ofJson, readBatch } from '../nan/files.ts';
import { type Born, type Element, find, type Report } from '../nan/find.ts';
import { paramsOf } from '../nan/prepare.ts';
import type { Settings, Textbook } from '../nan/textbook.ts';
import { table } from '../table.ts';
import type { Colors, Terminal } from '../terminal.ts';

export interface NanOptions {
  readonly input?: string;
  readonly target?: string;
  readonly tensor: readonly string[];
  readonly op?: string;
  readonly from?: string;
  readonly as?: string;
  readonly format?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
}
const FORMATS: { readonly [name: string]: Format } = { f32: float32, f16: float16, bf16: bfloat16 };

/** Returns the exit code: something that was born is a failure. */
export async function nan(
  file: string | undefined,
  options: NanOptions,
  { print, tell, colors }: Terminal,
): Promise<number> {
  const batch = batchOf(file, options);
  const { textbook, why } = usage(() => choose(batch, options));
  const { op, from, id } = textbook;
  if (why) tell(`nan: taken for ${op} of ${from}, because ${why}; --op and --from say otherwise\n`);
  const format = formatOf(batch, textbook, options.format);
  const settings = usage(() => settingsOf(textbook, options.set));
  const report = usage(() => find({ textbook, batch, format, settings }), `${op}: `);
  const guessed = why === undefined ? {} : { guessed: why };
  if (options.json) await print(`${JSON.stringify({ ...report, ...guessed }, special)}\n`);
  else await print(inWords(report, `${op} of ${from} as ${id}`, batch, format, colors));
  return report.born ? EXIT.fails : EXIT.conforms;
}

/** What does not fit is an error of whoever typed or saved it; `begins` tells it from one of ours. */
function usage<T>(make: () => T, begins = ''): T {
  try {
    return make();
  } catch (problem) {
    const isRefused = problem instanceof RangeError || problem instanceof TypeError;
    if (!isRefused || !problem.message.startsWith(begins)) throw problem;
    throw failure(EXIT.usage, `nan: ${messageOf(problem)}`, problem);
  }
}

/** JSON has no number for them. */
const special = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

// What was asked ---------------------------------------------------------------------------------

const pairOf = (flag: string, said: string): readonly [name: string, value: string] => {
  const at = said.indexOf('=');
  if (at > 0) return [said.slice(0, at), said.slice(at + 1)];
  throw failure(EXIT.usage, `nan: ${flag} is ${said} but should be name=value`);
};

function batchOf(file: string | undefined, { input, target, tensor }: NanOptions): Tensors {
  const named = [
    ...(input === undefined ? [] : [['input', input] as const]),
    ...(target === undefined ? [] : [['target', target] as const]),
    ...tensor.map((said) => pairOf('--tensor', said)),
  ];
  if ((file === undefined) === (named.length === 0))
    throw failure(EXIT.usage, 'nan: give a file, or --input and --target, and not both');
  if (file !== undefined) return readBatch(file);
  return usage(() => Object.fromEntries(named.map(([name, json]) => [name, ofJson(name, json)])));
}

/** That of the first input, if it is one of them. */
function formatOf(batch: Tensors, { inputs }: Textbook, said: string | undefined): Format {
  if (said === undefined) return FORMATS[batch[inputs[0]!]?.dtype ?? 'f32'] ?? float32;
  const format = Object.hasOwn(FORMATS, said) ? FORMATS[said] : undefined;
  if (format) return format;
  const known = Object.keys(FORMATS).join(', ');
  throw failure(EXIT.usage, `nan: --format is ${said} but should be one of ${known}`);
}

const settingsOf = (textbook: Textbook, said: readonly string[]): Settings => {
  const params = paramsOf(textbook);
  return Object.fromEntries(
    said.map((one) => {
      const [name, value] = pairOf('--set', one);
      const param = Object.hasOwn(params, name) ? params[name] : undefined;
      return [name, param ? settingFrom(param, value) : value];
    }),
  );
};

// In words ---------------------------------------------------------------------------------------

function inWords(
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
    table(report.trail.map((element) => row(element, format))),
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
    ['loss', shortest(loss.value, format), loss.exact === undefined ? '' : `exact ${loss.exact}`],
    ['gradient', bad, ''],
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
