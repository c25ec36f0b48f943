/** # What ties an operator to laws and to other operators */
import type { Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import { equations } from './equations.ts';
import type { Facts, Identity } from './facts.ts';
import type { Names } from './formula.ts';
import { code, fence, link, list, MADE, matter, paragraphs, plain, table } from './markdown.ts';

/** Formulas of a language's page, in which these names mean something. */
export const namesIn = (w: Words, ...known: readonly string[]): Names => ({
  known: new Set(known),
  word: (text) => spoken(text, w.formulaWords),
});

/** Whole phrases first, then words one by one. */
function spoken(text: string, words: { readonly [word: string]: string }): string {
  const whole = words[text];
  if (whole !== undefined) return whole;
  return text
    .split(' ')
    .map((word) => words[word] ?? word)
    .join(' ');
}

/** Displayed, or as it stands where it cannot be read. */
export function formula(lines: readonly string[], names: Names): string {
  const tex = equations(lines, names);
  return tex === undefined ? fence('text', lines.join('\n')) : fence('math', tex);
}

const PARAMETERS =
  `mean sum none swap distance full hard batchmean margin beta tau eps alpha blank bias
  lambd lower upper min max reduction logInput cap`.split(/\s+/);

const anchor = (name: string): string => name.replaceAll(' ', '-');
export const lawLink = (name: string, w: Words): string => `${w.base}/laws#${anchor(name)}`;

export function identitiesOf(op: Op, { identities }: Facts, w: Words): string {
  const mine = identities.filter(({ of }) => of.includes(op.id));
  if (mine.length === 0) return w.noIdentities;
  return paragraphs(w.identitiesNote, ...mine.map((one) => identityBlock(one, op.id, w)));
}

function identityBlock({ law, comment, of }: Identity, self: string, w: Words): string {
  const others = of.filter((id) => id !== self && of.length < 8);
  const links = others.map((id) => link(code(id), `${w.base}/operators/${id}`));
  const first = comment.parts.find((part) => part.kind === 'formula');
  return paragraphs(
    `**${link(plain(law.says), lawLink(law.name, w))}**${links.length > 0 ? ` · ${links.join(' ')}` : ''}`,
    first ? formula(first.lines, namesIn(w, ...PARAMETERS)) : '',
  );
}

export function clausesOf(op: Op, w: Words): string {
  return list(
    Object.entries(op.clauses).map(([id, [law, sentence]]) => {
      const mark = `<a id="${id.toLowerCase()}"></a>${link(`**${id}**`, `#${id.toLowerCase()}`)}`;
      const by = link(code(law), lawLink(law, w));
      return `${mark} <span lang="en">${plain(sentence)}</span> <small>(${w.testedBy.replace('{0}', by)})</small>`;
    }),
  );
}

/** The page of all laws. */
export function lawsPage({ laws, identities }: Facts, w: Words): string {
  const row = (name: string, says: string) => [
    `<a id="${anchor(name)}"></a>${code(name)}`,
    plain(says),
  ];
  return `${paragraphs(
    matter({ title: w.laws, editLink: false }),
    MADE,
    `# ${w.laws}`,
    w.lawsNote,
    table(
      [w.law, w.says],
      laws.map(({ name, says }) => row(name, says)),
    ),
    `## ${w.sections.identities}`,
    ...identities.map((one) =>
      paragraphs(`<a id="${anchor(one.law.name)}"></a>`, identityBlock(one, '', w), prose(one)),
    ),
  )}\n`;
}

const prose = ({ comment }: Identity): string =>
  comment.parts
    .flatMap((part) => (part.kind === 'prose' ? [`<p lang="en">${plain(part.text)}</p>`] : []))
    .join('\n\n');
