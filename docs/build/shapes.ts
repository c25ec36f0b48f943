/** # Inputs and parameters in tables */
import { words as axisWords } from '../../spec/axes.ts';
import { type Form, formsOf, type Input, isDifferentiable, isOptional } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { type Param, settle } from '../../spec/param.ts';
import type { Words } from '../words/en.ts';
import { code, fill, paragraphs, plain, table } from './markdown.ts';

export function shapes(op: Op, w: Words): string {
  const rows = Object.entries(op.inputs).map(([name, input]) => [
    code(name),
    formsOf(input)
      .map(({ axes }) => code(`[${axes}]`))
      .join('<br>'),
    formsOf(input)
      .map((form) => plain(holds(form, w)))
      .join('<br>'),
    isOptional(input) ? String(absent(input)) : w.required,
    isDifferentiable(input) ? w.yes : w.no,
  ]);
  const result = [`**${w.result}**`, resultOf(op, w), '', '', ''];
  const head = [w.input, w.shape, w.holds, w.absent, w.hasGradient];
  return paragraphs(table(head, [...rows, result]), plain(w.axesNote));
}

const absent = (input: Input): number => (input.of === 'reals' ? input.absent! : 0);

function resultOf(op: Op, w: Words): string {
  if (op.kind === 'elementwise') return w.sameShape;
  return op.kind === 'rowwise' ? code(`[${op.output}]`) : plain(fill(w.underNone, op.over));
}

function holds(form: Form, w: Words): string {
  if (form.of === 'classes') {
    const count = axisWords(form.count).join(' + ');
    if (form.lengths) return fill(w.lengthsTo, count);
    if (form.end !== undefined) return fill(w.classesEnd, count, form.end);
    return form.unless === undefined
      ? fill(w.classesIn, count)
      : fill(w.classesUnless, count, form.unless);
  }
  const { min, max, labels, broadcast } = form;
  const isAny = min === undefined && max === undefined;
  return [
    isAny ? w.anyReal : fill(w.realsIn, min ?? '−∞', max ?? '∞'),
    ...(labels ? [fill(w.labels, labels.join(', '))] : []),
    ...(broadcast ? [w.broadcasts] : []),
  ].join('; ');
}

export function parameters(op: Op, w: Words): string {
  const rows = Object.entries(op.params).map(([name, param]) => [
    code(name),
    param.kind === 'number' && param.like !== undefined
      ? fill(w.asParameter, code(param.like))
      : code(shown(param.default)),
    plain(legal(param, w)),
    code(refusal(op, name, param)),
  ]);
  return rows.length === 0
    ? w.noParameters
    : table([w.parameter, w.default, w.legal, w.outside], rows);
}

const shown = (value: unknown): string => String(value).replace('Infinity', '∞').replace(/^-/, '−');

function legal(param: Param, w: Words): string {
  if (param.kind === 'choice') return fill(w.oneOf, param.values.join(', '));
  if (param.kind === 'flag') return w.trueFalse;
  if (param.kind === 'integer' && param.count !== undefined) return fill(w.classBelow, param.count);
  const { min, max } = param;
  const range =
    min === undefined && max === undefined
      ? w.finite
      : fill(w.fromTo, shown(min ?? -Infinity), shown(max ?? Infinity));
  return param.kind === 'number' ? range : `${w.wholeNumber}, ${range}`;
}

/** What the first of some values that are not legal is answered. */
function refusal(op: Op, name: string, param: Param): string {
  const { min, max } = param as { readonly min?: number; readonly max?: number };
  const tries = [
    ...(min === undefined ? [] : [min - 1]),
    ...(max === undefined ? [] : [max + 1]),
    ...[0.5, NaN, 'other'],
  ];
  for (const value of tries) {
    try {
      settle(op, { [name]: value } as never);
    } catch (problem) {
      const { name: kind, message } = problem as Error;
      if (kind === 'RangeError' || value === 'other') return `${kind}: ${message}`;
    }
  }
  throw new Error(`${op.id}: ${name} takes anything`);
}
