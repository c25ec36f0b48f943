/** # What stands out: the worst of every implementation, computed from its record */
import { decodeRequest } from '../../conformance/wire/codec.ts';
import { toTensor } from '../../properties/payload.ts';
import { GRADES } from '../../spec/grade.ts';
import { errorText, fromAnswer, settingsOf } from './cases.ts';
import { linkTo } from './grid.ts';
import { cell, table } from './markdown.ts';
import type { Case, Graded, Ran, Row } from './record.ts';

/** Rows of each table. */
const MOST = 6;

export const standsOut = (records: readonly Ran[]): string =>
  [...together(records), ...records.map(alone)].join('\n\n').concat('\n');

/** Operators in which most implementations fail. */
function together(records: readonly Ran[]): readonly string[] {
  const ops = [...new Set(records.flatMap(({ rows }) => rows.map(({ op }) => op)))].sort();
  const counted = ops
    .map((op) => {
      const asked = records.filter(({ rows }) => rows.some((row) => row.op === op));
      const failing = asked.filter(({ rows }) => rows.some((row) => row.op === op && fails(row)));
      return { op, asked: asked.length, failing };
    })
    .filter(({ failing }) => failing.length > 1)
    .sort((a, b) => b.failing.length - a.failing.length || a.asked - b.asked)
    .slice(0, 2 * MOST);
  if (counted.length === 0) return [];
  const lines = counted.map(({ op, asked, failing }) => [
    op,
    `${failing.length} of ${asked}`,
    failing.map(({ peer }) => `[${peer}](${linkTo(peer, op)})`).join(', '),
  ]);
  return [`### Where most fail\n\n${table(['operator', 'fail', ''], lines)}`];
}

const fails = ({ failed }: Row): boolean => failed.length > 0;

function alone(record: Ran): string {
  const kinds = wrongKinds(record);
  const errors = largest(record);
  return [
    `### ${record.peer}`,
    ...(kinds.length > 0 ? [kinds.join('\n')] : ['No result is of the wrong kind.']),
    ...(errors.length > 0 ? [table(HEAD, errors)] : []),
  ].join('\n\n');
}

/** How such faults are named, alone or after the gradient that they are in. */
const KINDS: { readonly [fault: string]: string } = {
  zero: '0 where the result is not 0',
  nan: 'NaN where there is a number, or a number where there is NaN',
  infinite: 'infinite where the result is finite, or the other way round',
  sign: 'a zero with the wrong sign',
};

function wrongKinds({ peer, rows }: Ran): readonly string[] {
  const kindOf = (check: string): string =>
    check
      .slice(check.indexOf('/') + 1)
      .split(' ')
      .at(-1)!;
  return Object.entries(KINDS).flatMap(([kind, says]) => {
    const found = rows.filter(({ failed }) => failed.some((check) => kindOf(check) === kind));
    const links = found.slice(0, 2 * MOST).map(({ op }) => `[${op}](${linkTo(peer, op)})`);
    const rest = found.length > links.length ? ' …' : '';
    return found.length > 0 ? [`- ${says}, in ${found.length}: ${links.join(', ')}${rest}`] : [];
  });
}

const HEAD = ['largest observed', 'of', 'grade', 'where', 'input', 'came', 'exact'];

/** The worst grades first, and of each the largest errors; NaN and ±∞ are listed above. */
function largest({ peer, rows }: Ran): readonly (readonly string[])[] {
  const all = rows.flatMap((row) =>
    (['value', 'gradient'] as const).flatMap((of) => {
      const graded = row[of];
      return graded?.at && isNumber(graded.at) ? [{ row, of, graded }] : [];
    }),
  );
  const worst = (a: Graded, b: Graded): number =>
    GRADES.indexOf(b.grade) - GRADES.indexOf(a.grade) || Number(b.ulps) - Number(a.ulps);
  return all
    .sort((a, b) => worst(a.graded, b.graded))
    .slice(0, MOST)
    .map(({ row, of, graded }) => {
      const name = fails(row) ? `[${row.op}](${linkTo(peer, row.op)})` : row.op;
      const { grade, region, ulps, at } = graded;
      const facts = [`${name}, ${of}`, grade, cell(region), cell(inputText(at!))];
      return [errorText(ulps), ...facts, came(at!), at!.exact ?? ''];
    });
}

const isNumber = (at: Case): boolean => !/NaN|Infinity/.test(came(at)) && at.ulps !== 'Infinity';

const came = (at: Case): string => (at.got === undefined ? '' : fromAnswer(at, at.got));

/** More elements are told by their shape. */
const FEW = 4;

function inputText({ witness }: Case): string {
  const request = decodeRequest(witness);
  const tensors = Object.entries(request.in).map(([name, payload]) => {
    const { data, shape } = toTensor(payload);
    const numbers = Array.from(data, (x) => (Object.is(x, -0) ? '-0' : String(x)));
    const text = data.length > FEW ? `of shape [${shape}]` : numbers.join(', ');
    return shape.length === 0 || data.length > FEW ? `${name} ${text}` : `${name} [${text}]`;
  });
  return [...tensors, ...settingsOf(request)].join('; ');
}
