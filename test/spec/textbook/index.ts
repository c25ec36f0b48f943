/**
 * # The textbook: every operator's formula, by its id
 *
 * Every file in `table/` exports a table, and is found without being named here.
 */
import { readdirSync } from 'node:fs';
import type { Table, Textbook } from './book.ts';

const folder = new URL('table/', import.meta.url);

const tables = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const { table } = (await import(new URL(file, folder).href)) as { readonly table?: Table };
    if (table === undefined)
      throw new TypeError(`test/spec/textbook/table/${file} exports no table`);
    return table;
  }),
);
const formulas = tables.flatMap((table) => Object.entries(table));

export const textbook: { readonly [id: string]: Textbook } = Object.fromEntries(formulas);
/** Ids with more than one formula: one would hide the other. */
export const twice: readonly string[] = formulas
  .map(([id]) => id)
  .filter((id, i, all) => all.indexOf(id) !== i);
