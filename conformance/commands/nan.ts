/** # touchstone nan: where the first NaN or ∞ of a loss is born */
import { Command } from 'commander';
import { type Format, formats } from '../../spec/format.ts';
import type { Tensors } from '../../spec/tensor.ts';
import { shortest } from '../digits.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { suggestion } from '../operators.ts';
import { ofJson, readBatch } from '../nan/files.ts';
import { type Born, type Element, find, type Report } from '../nan/find.ts';
import { guess } from '../nan/guess.ts';
import { paramsOf } from '../nan/prepare.ts';
import { FROM, type Settings, type Textbook } from '../nan/textbook.ts';
import { textbooks } from '../nan/textbooks.ts';
import { settingFrom } from '../arguments.ts';
import { table } from '../table.ts';
import type { Colors, Terminal } from '../terminal.ts';

export interface NanOptions {
  readonly input?: string;
  readonly target?: string;
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
  const { textbook, why } = textbookFor(batch, options);
  if (why) tell(`nan: taken for ${textbook.op} of ${textbook.from}: ${why}; --op and --from say otherwise\n`);
  const format = formatFor(batch, textbook, options.format);
  const report = refusing(textbook, () =>
    find({ textbook, batch, format, settings: settingsOf(textbook, options.set) }),
  );
  await print(options.json ? `${inJson(report)}\n` : inWords(report, format, colors));
  return report.born ? EXIT.fails : EXIT.conforms;
}

/** What does not fit is an error of whoever typed or saved it. */
function refusing<T>({ op }: Textbook, make: () => T): T {
  try {
    return make();
  } catch (problem) {
    if (problem instanceof RangeError || problem instanceof TypeError)
      if (messageOf(problem).startsWith(`${op}: `))
        throw failure(EXIT.usage, messageOf(problem), problem);
    throw problem;
  }
}
