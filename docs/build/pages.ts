/** # Every generated page, by its path below docs/ */
import type { Op } from '../../spec/op.ts';
import { en } from '../words/en.ts';
import { operatorsEn } from '../words/operators.en.ts';
import { operatorsZh } from '../words/operators.zh.ts';
import { zh } from '../words/zh.ts';
import type { Facts } from './facts.ts';
import { code, fill, link, MADE, matter, paragraphs, plain, table } from './markdown.ts';
import { rosettaPage } from './names.ts';
import { type Language, operatorPage } from './operator.ts';
import { draw } from './plots.ts';
import { lawsPage } from './relations.ts';

export const languages: readonly Language[] = [
  { words: en, operators: operatorsEn },
  { words: zh, operators: operatorsZh },
];

/** Pages of all operators, or of some. */
export function pages(facts: Facts, some: readonly Op[] = facts.ops): ReadonlyMap<string, string> {
  const drawn = new Map(some.map((op) => [op.id, draw(op)]));
  return new Map(
    languages.flatMap((language) => {
      const { words } = language;
      const at = (path: string) => `${words.base}/${path}.md`.slice(1);
      return [
        ...some.map((op): [string, string] => [
          at(`operators/${op.id}`),
          operatorPage(op, drawn.get(op.id)!, facts, language),
        ]),
        [at('operators/index'), indexPage(facts, language)],
        [at('laws'), lawsPage(facts, words)],
        [at('rosetta'), rosettaPage(facts, words)],
      ];
    }),
  );
}

function indexPage({ ops }: Facts, { words: w, operators }: Language): string {
  const kinds = ['elementwise', 'rowwise', 'loss'] as const;
  const rowsOf = (kind: Op['kind']) =>
    ops
      .filter((op) => op.kind === kind)
      .map(({ id }) => {
        const [name, meaning] = operators[id]!;
        return [link(plain(name), `${w.base}/operators/${id}`), code(id), plain(meaning)];
      });
  return `${paragraphs(
    matter({ title: w.operators, editLink: false }),
    MADE,
    `# ${w.operators}`,
    fill(w.counted, ops.length),
    ...kinds.flatMap((kind) => [
      `## ${w.kinds[kind]} {#${kind}}`,
      table([w.operator, 'id', w.meaning], rowsOf(kind)),
    ]),
  )}\n`;
}
