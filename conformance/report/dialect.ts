/** What people read about dialects: which is in force, what it excused, and which one is spoken. */

import { requestOf } from '../../properties/subject.ts';
import { type Inferred, inForce, type Likeness, showDialect } from '../dialect.ts';
import { operators } from '../operators.ts';
import { table } from '../table.ts';
import { encodeHex, encodeRequest } from '../wire/codec.ts';
import { numberText } from './number.ts';
import type { Run } from './record.ts';

export function dialectText(run: Run): string {
  const { hello, plan, inferred } = run;
  const asked =
    plan.dialect === undefined ? 'as the candidate says; --dialect NAME changes it' : '';
  const lines = [
    ['in force', showDialect(inForce(hello, plan)), asked],
    ...(inferred && inferred.asked > 0 ? likenessRows(inferred) : []),
  ];
  return ['dialect', table(lines), ...legalText(run)].join('\n');
}

/** `answers like pytorch in 38 of 40, …`, and what is answered unlike the nearest. */
function likenessRows({ deviations, ...whole }: Inferred): readonly string[][] {
  const unlike = deviations.map(({ op, where, want, got, due }) => [
    `unlike ${whole.nearest}`,
    `${op}: ${where}`,
    `${want} is ${numberText(got)}, should be ${numberText(due)}`,
  ]);
  return [['answers like', whole.nearest, counted(whole)], ...unlike];
}

function counted({ nearest, like, asked }: Likeness): string {
  const others = Object.keys(like).filter((name) => name !== nearest);
  const rest = others.map((name) => `${name} in ${like[name]}`).join(', ');
  const also = rest === '' ? '' : `; like ${rest}`;
  return `in ${like[nearest]} of ${asked} answers that tell dialects apart${also}`;
}

/** Every legal difference that was met: where, how often, and its smallest case. */
function legalText({ results }: Run): readonly string[] {
  const rows = results.flatMap(({ op, law, dialects = [] }) =>
    dialects.flatMap((one) => [
      [
        'DIALECT',
        `${op}/${law}`,
        one.name,
        `${one.count} ${one.count === 1 ? 'number' : 'numbers'}`,
        `such as ${numberText(one.got!)} instead of ${numberText(one.due!)}`,
      ],
      [
        '',
        'replay',
        JSON.stringify(encodeRequest(requestOf(operators.get(op)!, one.question), encodeHex)),
      ],
    ]),
  );
  return rows.length > 0 ? [table(rows)] : [];
}
