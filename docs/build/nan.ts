/**
 * # The causes of NaN, as a page shows them
 *
 * The block between the two comments is made of the causes that the tests run: nothing in it can say
 * what `touchstone nan` does not.
 */
import { type Cause, causes } from '../../conformance/nan/causes.ts';
import { find } from '../../conformance/nan/find.ts';
import type { Instead } from '../../conformance/nan/instead.ts';
import { commandOf, questionOf } from '../../conformance/nan/posed.ts';
import type { Report } from '../../conformance/nan/report.ts';
import { findClause } from '../../conformance/operators.ts';
import type { CauseWords } from '../words/causes.ts';
import { code, fence, fill, link, list, paragraphs, plain } from './markdown.ts';

const BLOCK = /(<!-- causes: .* -->\n)[\s\S]*(<!-- end of causes -->)/;

/** The page with its block as it is. */
export function withCauses(page: string, words: CauseWords, hasPlayground: boolean, some = causes) {
  if (!BLOCK.test(page)) throw new Error('the page has no place for the causes');
  return page.replace(
    BLOCK,
    (_, start, end) =>
      `${start}\n${paragraphs(hasPlayground ? words.playground : undefined, block(words, some))}\n\n${end}`,
  );
}

const block = (words: CauseWords, some: readonly Cause[]): string =>
  paragraphs(
    ...some.flatMap((cause) => [
      words.groups[cause.id] && `## ${words.groups[cause.id]} {#from-${cause.id}}`,
      section(cause, words),
    ]),
  );

function section(cause: Cause, words: CauseWords): string {
  const report = find(questionOf(cause));
  return paragraphs(
    `### ${plain(words.titleOf(cause))} {#${cause.id}}`,
    code(report.title),
    fence('sh', `npx touchstone ${commandOf(cause).map(quoted).join(' ')}`),
    list([...birth(report, words), ...advice(cause, report, words)]),
  );
}

const quoted = (word: string): string => (/^[\w.=-]+$/.test(word) ? word : `'${word}'`);

function birth({ born, loss, gradient }: Report, w: CauseWords): readonly string[] {
  const exact = (text: string | undefined): string => code(text ?? '–');
  const losses = fill(w.loss, code(String(loss.value)), exact(loss.exact));
  if (!born) return [w.nothing, losses];
  const at = `${born.step}${born.place}`;
  const isNamed = born.step === born.formula;
  return [
    fill(
      w.born[born.where],
      code(isNamed ? at : `${at} = ${born.formula}`),
      code(String(born.value)),
      exact(born.exact),
    ),
    losses,
    ...(gradient.bad > 0 ? [fill(w.gradient, gradient.bad, gradient.size)] : []),
  ];
}

function advice({ id }: Cause, { born, instead }: Report, w: CauseWords): readonly string[] {
  const said = w.adviceOn(id, born?.fix);
  return [
    ...(said === undefined ? [] : [fill(w.advice, plain(said))]),
    ...(born?.clause ? [fill(w.clause, clauseLink(born.clause.id, w))] : []),
    ...(instead ? [right(instead, w)] : []),
  ];
}

/** What the operator gives for the batch, or why it turns it down. */
const right = ({ op, exact, refusal }: Instead, w: CauseWords): string =>
  fill(
    exact === undefined ? w.refused : w.instead,
    link(op, `${w.base}/operators/${op}`),
    code(exact ?? refusal ?? '–'),
  );

const clauseLink = (id: string, { base }: CauseWords): string =>
  link(id, `${base}/operators/${findClause(id)!.op.id}#${id.toLowerCase()}`);
