/** # touchstone nan: where the first NaN or ∞ of a loss is born */
import type { Format } from '../../spec/format.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { settingFrom } from '../arguments.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { FORMATS, isFormat } from '../formats.ts';
import { choose } from '../nan/choose.ts';
import { ofJson, readBatch } from '../nan/files.ts';
import { find } from '../nan/find.ts';
import { paramsOf } from '../nan/prepare.ts';
import { inWords } from '../nan/print.ts';
import type { Settings, Textbook } from '../nan/textbook.ts';
import type { Terminal } from '../terminal.ts';

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
  const name = said ?? batch[inputs[0]!]?.dtype ?? 'f32';
  if (isFormat(name)) return FORMATS[name];
  if (said === undefined) return FORMATS.f32;
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
