/** # The page of one operator */
import type { Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import type { Sentence } from '../words/operators.en.ts';
import { openingComment } from './comment.ts';
import { differences } from './differences.ts';
import { type Facts, fileOf } from './facts.ts';
import { gradients } from './gradient.ts';
import { code, fill, folded, list, MADE, matter, paragraphs, plain } from './markdown.ts';
import { mistakes } from './mistakes.ts';
import { names } from './names.ts';
import { type Drawn, plots } from './plots.ts';
import { reductions } from './reductions.ts';
import { clausesOf, formula, identitiesOf, namesIn } from './relations.ts';
import { parameters, shapes } from './shapes.ts';
import { specialValues, workedExample } from './values.ts';

export interface Language {
  readonly words: Words;
  readonly operators: { readonly [id: string]: Sentence };
}

export function operatorPage(
  op: Op,
  drawn: Drawn,
  facts: Facts,
  { words: w, operators }: Language,
): string {
  const source = facts.sourceOf(op);
  const [name, meaning] = operators[op.id]!;
  const section = (key: keyof Words['sections'], body: string) =>
    `## ${w.sections[key]} {#${key}}\n\n${body}`;
  return `${paragraphs(
    matter({ title: name, description: meaning, editLink: false, outline: [2, 2] }),
    MADE,
    `# ${plain(name)}`,
    `${code(op.id)} · ${w.kind[op.kind]} · ${fill(w.definedIn, code(fileOf(op)))}`,
    `<p class="lead">${plain(meaning)}</p>`,
    section('formula', opening(op, source, w)),
    section('shapes', shapes(op, w)),
    section('parameters', parameters(op, w)),
    op.kind === 'loss' ? section('reductions', reductions(op, w)) : '',
    section('gradient', gradients(op, source, w)),
    op.kind === 'elementwise'
      ? section('values', specialValues(op, w))
      : section('example', workedExample(op, w)),
    section('plots', plots(drawn, w)),
    section('identities', identitiesOf(op, facts, w)),
    section('clauses', clausesOf(op, w)),
    section('differs', differences(op, facts, w)),
    section('names', names(op, w)),
    section('mistakes', mistakes(op, drawn, facts, w)),
    section('changes', changes(op, facts, w)),
    section('sources', list(op.sources.map(plain))),
  )}\n`;
}

/** Formulas, and what the definition says between them, which is English. */
function opening(op: Op, source: string, w: Words): string {
  const { parts } = openingComment(source);
  const known = namesIn(
    w,
    ...Object.keys(op.params),
    ...Object.keys(op.inputs).filter((n) => n.length > 1),
  );
  const formulas = parts.flatMap((part) =>
    part.kind === 'formula' ? [formula(part.lines, known)] : [],
  );
  const prose = parts.flatMap((part) => (part.kind === 'prose' ? [proseOf(part.text)] : []));
  const remarks = prose.join('\n\n');
  if (w.language !== 'en')
    return paragraphs(...formulas, remarks && folded(w.remarks, remarks, 'en'));
  return paragraphs(...formulas, remarks);
}

/** Its backquotes and lists are those of Markdown, and nothing else is. */
const proseOf = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? code(part.slice(1, -1)) : literal(part)))
    .join('');
const literal = (text: string): string =>
  text.replaceAll(/[&<>|*_[\]{}$~\\]/g, (c) => `&#${c.codePointAt(0)};`);

/** What the list of changes says about its clauses and its name. */
function changes(op: Op, { changes: text, version }: Facts, w: Words): string {
  const names = new RegExp(`\`(?:${[op.id, ...Object.keys(op.clauses)].join('|')})\``);
  const lines = text.split(/\n- /).filter((line) => names.test(line));
  return paragraphs(list(lines.map((line) => plain(line))), fill(w.firstEdition, version));
}
