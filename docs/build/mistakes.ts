/** # Common mistakes: what textbook code loses, and what wrong answers looked like */
import type { Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import { ranOf } from './differences.ts';
import type { Facts } from './facts.ts';
import { code, fill, list, paragraphs, plain } from './markdown.ts';
import { type Drawn, isLost } from './plots.ts';
import { written } from './values.ts';

export function mistakes(op: Op, { errors }: Drawn, facts: Facts, w: Words): string {
  const lost = (errors?.of ?? []).map(({ code: text, worst: { x, y } }) => {
    const ulps = isLost(y) ? '≥ 2²⁴' : Number(y.toPrecision(3)).toLocaleString('en');
    return `${code(text)}: ${fill(w.largestAt, ulps, written(x))}`;
  });
  const seen = likenesses(op, facts).map(
    ([like, peers]) => `<span lang="en">${plain(like)}</span> <small>(${peers.join(', ')})</small>`,
  );
  const text = paragraphs(
    ...(lost.length > 0 ? [w.mistakesCode, list(lost)] : []),
    ...(seen.length > 0 ? [w.mistakesSeen, list(seen)] : []),
  );
  return text === '' ? w.noMistakes : text;
}

/** What wrong answers were recognised as, and whose they were. */
function likenesses(op: Op, facts: Facts): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, Set<string>>();
  for (const { peer, rows } of ranOf(facts))
    for (const row of rows.filter((one) => one.op === op.id))
      for (const { like } of row.findings)
        if (like !== undefined) found.set(like, (found.get(like) ?? new Set()).add(peer));
  return [...found].map(([like, peers]) => [like, [...peers]]);
}
