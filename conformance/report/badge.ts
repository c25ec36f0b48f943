/** # A badge: what an endpoint of shields.io answers */
import { GRADES } from '../../spec/grade.ts';
import { EXIT } from '../failure.ts';
import { foundIn, type Run } from './record.ts';
import { type Row, summarize } from './summary.ts';

export function badge(run: Run): string {
  const { label, message, color } = {
    label: 'touchstone',
    message: messageOf(run),
    color: colorOf(run),
  };
  return `${JSON.stringify({ schemaVersion: 1, label, message, color })}\n`;
}

/** How many operators have which grade, by the worse of value and gradient; or why there are none. */
function messageOf({ results, verdict }: Run): string {
  const grades = summarize(results).flatMap(gradeOf);
  const counts = GRADES.map((grade) => [grade, grades.filter((g) => g === grade).length] as const);
  const text = counts.filter(([, n]) => n > 0).map(([grade, n]) => `${grade} ${n}`);
  const isOver = verdict.exitCode !== EXIT.interrupted && text.length > 0;
  return isOver ? text.join(' · ') : verdict.says.split(':')[0]!;
}

function gradeOf({ value, gradient }: Row) {
  const both = [value, gradient].flatMap((g) => (g ? [GRADES.indexOf(g.grade)] : []));
  return both.length > 0 ? [GRADES[Math.max(...both)]!] : [];
}

/** Green is for what has no failures, not even known ones. */
function colorOf(run: Run): string {
  if (run.verdict.exitCode !== EXIT.conforms) return 'red';
  return foundIn(run).length > 0 ? 'yellow' : 'brightgreen';
}
