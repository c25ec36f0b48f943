/** # What changed between two records: regressions and improvements, nothing else */
import { isAtLeast } from '../../spec/grade.ts';
import type { PeerRecord, Row } from './record.ts';

export interface Change {
  readonly kind: 'regression' | 'improvement';
  readonly op: string;
  readonly says: string;
}

export function diff(before: PeerRecord, after: PeerRecord): readonly Change[] {
  const [a, b] = [rowsBy(before), rowsBy(after)];
  const ops = [...new Set([...a.keys(), ...b.keys()])].sort();
  return ops.flatMap((op) => changesOf(op, a.get(op), b.get(op)));
}

const rowsBy = (record: PeerRecord): ReadonlyMap<string, Row> =>
  new Map(record.state === 'run' ? record.rows.map((row) => [row.op, row]) : []);

function changesOf(op: string, a: Row | undefined, b: Row | undefined): readonly Change[] {
  const regression = (says: string): Change => ({ kind: 'regression', op, says });
  const improvement = (says: string): Change => ({ kind: 'improvement', op, says });
  if (!a) return [improvement('is offered')];
  if (!b) return [regression('is no longer offered')];
  return [
    ...(['value', 'gradient'] as const).flatMap((of) => {
      const [was, is] = [a[of]?.grade, b[of]?.grade];
      if (was === is) return [];
      const says = `${of} ${was ?? '–'} → ${is ?? '–'}`;
      const isBetter = is !== undefined && (was === undefined || isAtLeast(is, was));
      return [isBetter ? improvement(says) : regression(says)];
    }),
    ...b.failed.filter((check) => !a.failed.includes(check)).map((c) => regression(`fails ${c}`)),
    ...a.failed.filter((check) => !b.failed.includes(check)).map((c) => improvement(`passes ${c}`)),
  ];
}
