/** # Gradients, and the definition as code */
import { isDifferentiable } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import type { Words } from '../words/en.ts';
import { code, fence, fill, folded, paragraphs } from './markdown.ts';
import { formula, namesIn } from './relations.ts';

export function gradients(op: Op, source: string, w: Words): string {
  const of = Object.entries(op.inputs).flatMap(([name, input]) =>
    isDifferentiable(input) ? [code(name)] : [],
  );
  const stated = source.split('\n').flatMap((line) => /^\s*\/\/ (∂.*=.*)$/.exec(line)?.[1] ?? []);
  return paragraphs(
    of.length > 0 ? fill(w.gradientOf, of.join(', ')) : w.noGradient,
    stated.length > 0 ? formula(stated, namesIn(w, ...Object.keys(op.params))) : '',
    op.stated ? fill(w.statedGradient, op.stated.map(code).join(', ')) : '',
    folded(w.asCode, fence('ts', excerpt(source))),
  );
}

/** The formulas of a definition: what stands in these fields, as it is written. */
export function excerpt(source: string): string {
  const body = source.slice(source.search(/= (?:elementwise|rowwise|loss)\(\{/));
  const fields =
    body.match(/^ {2}(?:f|df|term|derivative)\b[\s\S]*?(?=^ {2}\w|^ {2}\/\/|^\}\))/gm) ?? [];
  return fields.map((field) => field.replaceAll(/^ {2}/gm, '').trimEnd()).join('\n');
}
