/** # touchstone ledger: how many questions of each law reach each region of an operator */
import { type Ledger, ledgerOf } from '../../properties/ledger.ts';
import { type Required, requiredOf } from '../../properties/required.ts';
import { EXIT } from '../failure.ts';
import { findOperator } from '../operators.ts';
import { planOf } from '../plan.ts';
import { everyLaw } from '../run.ts';
import { table } from '../table.ts';
import type { Colors, Terminal } from '../terminal.ts';

export interface LedgerOptions {
  readonly profile: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Returns the exit code: a region that must be reached and is not is a failure. */
export async function ledger(
  id: string,
  { profile, seed, json, markdown }: LedgerOptions,
  { print, tell, colors }: Terminal,
): Promise<number> {
  const op = findOperator(id);
  const plan = planOf({ profile, seed, minGrade: 'C' }, 'ledger');
  const found = ledgerOf(op, everyLaw, plan);
  const sheet = { ...sheetOf(found, requiredOf(op)), profile };
  if (json) await print(`${JSON.stringify({ profile, ...found })}\n`);
  else await print(markdown ? inMarkdown(sheet) : inText(sheet, colors));
  for (const { law, region } of found.missed)
    tell(`${colors.red('not reached')}: ${id}: no question of ${law} reaches: ${region}\n`);
  return found.missed.length > 0 ? EXIT.fails : EXIT.conforms;
}

interface Cell {
  readonly count: number;
  readonly isDue: boolean;
}
interface Sheet {
  readonly ledger: Ledger;
  readonly rows: readonly { readonly region: string; readonly cells: readonly Cell[] }[];
}

/** A row for each region that is reached or must be, a column for each law. */
function sheetOf(ledger: Ledger, required: readonly Required[]): Sheet {
  const { entries } = ledger;
  const reached = entries.flatMap((entry) => Object.keys(entry.reached));
  const regions = [...new Set([...reached, ...required.map(({ region }) => region)])].sort();
  const due = new Set(required.map(keyOf));
  const rows = regions.map((region) => ({
    region,
    cells: entries.map(({ law, reached }) => ({
      count: reached[region] ?? 0,
      isDue: due.has(keyOf({ law, region })),
    })),
  }));
  return { ledger, rows };
}
const keyOf = ({ law, region }: Required): string => `${law}: ${region}`;

type Titled = Sheet & { readonly profile: string };

const titleOf = ({ ledger, profile }: Titled): string =>
  `${ledger.op}, profile ${profile}, seed ${ledger.seed}`;

function inText(sheet: Titled, colors: Colors): string {
  const { entries } = sheet.ledger;
  const shown = ({ count, isDue }: Cell): string => {
    if (count > 0) return isDue ? colors.bold(`${count}`) : `${count}`;
    return isDue ? colors.red('0!') : '·';
  };
  const laws = entries.map(({ law, questions }, i) => [`${i + 1}`, `${questions}`, law]);
  const head = ['region', ...entries.map((_, i) => `${i + 1}`)];
  const rows = sheet.rows.map(({ region, cells }) => [region, ...cells.map(shown)]);
  return [
    `${colors.bold(titleOf(sheet))}\n`,
    table([['law', 'questions', ''], ...laws]),
    `How many of them reach each region; 0! is one that must be reached and is not.\n`,
    table([head, ...rows]),
  ].join('\n');
}

function inMarkdown(sheet: Titled): string {
  const { op, entries, missed } = sheet.ledger;
  const shown = ({ count, isDue }: Cell): string => {
    if (count > 0) return isDue ? `**${count}**` : `${count}`;
    return isDue ? '**0!**' : '';
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const laws = entries.map(({ law, questions }, i) => line([`${i + 1}`, law, `${questions}`]));
  const rows = sheet.rows.map(({ region, cells }) =>
    line([region.replaceAll('|', '\\|'), ...cells.map(shown)]),
  );
  return [
    `# What the laws look at: ${titleOf(sheet)}\n\n`,
    `Written by \`touchstone ledger ${op} --markdown\`. Laws, and how many questions each asks:\n\n`,
    ...[line(['', 'law', 'questions']), '|--:|---|--:|\n', ...laws, '\n'],
    'How many of them reach each region. Bold is what must not be 0: from the declaration of the\n',
    `operator, not from what is drawn. ${missed.length} of these are 0.\n\n`,
    line(['region', ...entries.map((_, i) => `${i + 1}`)]),
    `|---|${'--:|'.repeat(entries.length)}\n`,
    ...rows,
  ].join('');
}
