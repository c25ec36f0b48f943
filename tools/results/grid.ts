/** # Operators × implementations, one grid for each kind of operator */
import { table } from './markdown.ts';
import type { PeerRecord, Row } from './record.ts';

const KINDS = [
  ['elementwise', 'Elementwise'],
  ['rowwise', 'Rows'],
  ['loss', 'Losses'],
] as const satisfies readonly (readonly [Row['kind'], string])[];

export const grids = (records: readonly PeerRecord[]): string =>
  KINDS.map(([kind, title]) => `### ${title}\n\n${gridOf(kind, records)}`).join('\n\n');

function gridOf(kind: Row['kind'], records: readonly PeerRecord[]): string {
  const all = records.flatMap(rowsOf).filter((row) => row.kind === kind);
  const ops = [...new Set(all.map(({ op }) => op))].sort();
  const head = ['', ...records.map(({ peer }) => peer)];
  const lines = ops.map((op) => [op, ...records.map((record) => cellOf(record, op))]);
  return table(head, lines, (column) => (column === 0 ? '---' : ':-:'));
}

export const rowsOf = (record: PeerRecord): readonly Row[] =>
  record.state === 'run' ? record.rows : [];

export function cellOf(record: PeerRecord, op: string): string {
  if (record.state === 'not run') return 'n/r';
  const row = record.rows.find((its) => its.op === op);
  if (row === undefined) return '–';
  const { compared, failed, dialects } = row;
  const grades =
    compared === 0 ? 'none' : `${row.value?.grade ?? '–'} · ${row.gradient?.grade ?? '–'}`;
  const others = dialects.length > 0 ? ` ≈ ${dialects.length}` : '';
  if (failed.length + dialects.length === 0) return grades;
  const failing = failed.length > 0 ? ` **✗ ${failed.length}**` : '';
  return `[${grades}${failing}${others}](${linkTo(record.peer, op)})`;
}

/** GitHub gives a heading its text as anchor. */
export const linkTo = (peer: string, op: string): string => `${peer}.md#${op}`;
