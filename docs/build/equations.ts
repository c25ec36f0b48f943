/**
 * # Equations from blocks of text
 *
 *     elu(x) = x                where x > 0
 *              α (e^x − 1)      elsewhere
 *
 * A line that stands further to the right goes on with the equation above it: as another case, or
 * after a sign of its own. Wide gaps separate what a line says from where it holds, and equations
 * from each other.
 */
import { type Names, toLatex } from './formula.ts';

/** LaTeX of the block, or undefined where it cannot be read. */
export function equations(lines: readonly string[], names: Names): string | undefined {
  try {
    const rows = inOrder(lines.map((line) => rowsOf(line, names)));
    return `\\begin{aligned}\n${joinRows(rows).join(' \\\\\n')}\n\\end{aligned}`;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

/** What else a line says comes after the lines that go on with it. */
function inOrder(lines: readonly (readonly Row[])[]): readonly Row[] {
  const rows: Row[] = [];
  let waiting: Row[] = [];
  for (const [first, ...others] of lines) {
    if (!first!.isMore) rows.push(...waiting.splice(0));
    rows.push(first!);
    waiting = [...waiting, ...others];
  }
  return [...rows, ...waiting];
}

interface Row {
  /** Goes on with the equation above. */
  readonly isMore: boolean;
  readonly left: string;
  readonly relation?: string;
  readonly right: string;
  readonly where?: string;
}

const CONDITION = /^(?:where|elsewhere|for|if|else|otherwise|with|between|or|along|just|also)\b/;
const RELATION = /^(.*?)\s(=|≤|≥|⟺|≈)\s+(.*)$/;

function rowsOf(line: string, names: Names): readonly Row[] {
  const text = line.trim().replaceAll(/\s+(=|⟺)\s/g, ' $1 ');
  const parts = text.split(/(?<!\s)\s{3,}/).map((part) => part.trim().replace(/,$/, ''));
  const isMore = /^\s/.test(line);
  const rows: Row[] = [];
  for (const [i, part] of parts.entries()) {
    const last = rows.at(-1);
    if (last && isCondition(part, names))
      rows[rows.length - 1] = { ...last, where: prose(part, names) };
    else rows.push(rowOf(part, names, isMore && i === 0));
  }
  return labelled(rows, parts, names);
}

const isCondition = (part: string, { known }: Names): boolean =>
  CONDITION.test(part) || known.has(/^\w+/.exec(part)?.[0] ?? '');

const prose = (part: string, names: Names): string => toLatex(part, names, true);

function rowOf(part: string, names: Names, isMore: boolean): Row {
  if (isMore) {
    const sign = /^[=≤≥]/.exec(part)?.[0];
    const right = toLatex(sign ? part.slice(1) : part, names);
    return { isMore, left: '', ...(sign ? { relation: toLatex(sign, names) } : {}), right };
  }
  const relation = RELATION.exec(part);
  if (!relation || isInside(relation[1]!)) return { isMore, left: '', right: toLatex(part, names) };
  const [left, sign, right] = relation.slice(1).map((text) => toLatex(text, names));
  return { isMore, left: left!, relation: sign!, right: right! };
}

/** Whether a bracket is still open at the end. */
const isInside = (text: string): boolean =>
  [...text].reduce((depth, c) => depth + (/[([{]/.test(c) ? 1 : /[)\]}]/.test(c) ? -1 : 0), 0) > 0;

/** A word alone before an equation is its name. */
function labelled(rows: readonly Row[], parts: readonly string[], names: Names): readonly Row[] {
  const [first, second, ...others] = rows;
  if (!first || !second || first.isMore || !/^[a-z]+(?:-[a-z]+)*$/.test(parts[0]!)) return rows;
  return [{ ...second, left: `\\text{${names.word(parts[0]!)}:}\\quad ${second.left}` }, ...others];
}

/** Rows of an equation that has cases in braces, those of all others under each other. */
function joinRows(rows: readonly Row[]): readonly string[] {
  const result: string[] = [];
  for (let i = 0; i < rows.length; ) {
    let end = i + 1;
    while (rows[end] && isCase(rows[end]!)) end++;
    result.push(end > i + 1 ? braced(rows.slice(i, end)) : single(rows[i]!));
    i = end;
  }
  return result;
}

/** Goes on without a sign of its own. */
const isCase = (row: Row): boolean => row.isMore && row.relation === undefined && !isSigned(row);
const isSigned = ({ right }: Row): boolean => /^[+-]/.test(right);

function single({ isMore, left, relation, right, where }: Row): string {
  const begin = relation === undefined && isMore ? '&\\quad' : `${left} &${relation ?? ''}`;
  return `${begin} ${right}${where === undefined ? '' : ` \\quad ${where}`}`;
}

function braced(cases: readonly Row[]): string {
  const { left, relation = '' } = cases[0]!;
  const rows = cases.map(({ right, where = '' }) => `${right} & ${where}`);
  return `${left} &${relation} \\begin{dcases} ${rows.join(' \\\\ ')} \\end{dcases}`;
}
