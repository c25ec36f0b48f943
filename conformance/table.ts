/** # Columns of text */

/** Rows with their cells padded to the widest of each column; the last one is left as it is. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, j) =>
    Math.max(...rows.map((row) => width(row[j] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, j) => (j === row.length - 1 ? cell : cell + pad(widths[j]! - width(cell))));
  return rows.map((row) => `${indent}${line(row).join('  ')}\n`).join('');
}

const pad = (n: number): string => ' '.repeat(Math.max(0, n));

/** Letters that take room: colours do not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const width = (text: string): number => [...text.replaceAll(/\x1b\[[0-9;]*m/g, '')].length;
