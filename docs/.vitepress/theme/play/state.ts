/** # What has been typed, and the same as the hash of an address */
import { operators } from '../../../../conformance/operators.ts';
import type { Setting } from '../../../../properties/candidate.ts';
import type { Op } from '../../../../spec/op.ts';
import type { Param } from '../../../../spec/param.ts';
import { example, nested, one } from '../../../build/example.ts';

export const FORMATS = ['f32', 'f16', 'bf16'] as const;
export type FormatName = (typeof FORMATS)[number];

export interface State {
  op: string;
  format: FormatName;
  /** As they were typed; empty where left out. */
  inputs: { [name: string]: string };
  params: { [name: string]: string };
}

/** What is worth looking at first. */
const FIRST: { readonly [op: string]: { readonly [input: string]: string } } = {
  'cross-entropy': { input: '120, 3, -5', target: '1' },
  'binary-cross-entropy-with-logits': { input: '17', target: '0' },
};
const USUAL = 'cross-entropy';

/** An operator with a small example and its defaults. */
export function beginning(id: string, format: FormatName = 'f32'): State {
  const op = operators.get(id) ?? operators.get(USUAL)!;
  const made = example(op, one);
  const given = Object.keys(op.inputs).map((name) => [
    name,
    FIRST[op.id]?.[name] ?? (made[name] ? textOf(nested(made[name])) : ''),
  ]);
  const params = Object.entries(op.params).map(([name, { default: usual }]) => [
    name,
    String(usual),
  ]);
  return {
    ...{ op: op.id, format },
    inputs: Object.fromEntries(given),
    params: Object.fromEntries(params),
  };
}

/** One row without brackets, as it is typed. */
const textOf = (list: unknown): string =>
  Array.isArray(list) && list.every((x) => typeof x === 'number') && list.length > 1
    ? list.join(', ')
    : JSON.stringify(list);

export function toHash({ op, format, inputs, params }: State): string {
  const usual = beginning(op).params;
  const said = {
    ...{ op, ...(format === 'f32' ? {} : { format }) },
    ...Object.fromEntries(Object.entries(inputs).filter(([, text]) => text.trim() !== '')),
    ...Object.fromEntries(Object.entries(params).filter(([name, text]) => text !== usual[name])),
  };
  return `#${new URLSearchParams(said)}`;
}

/** What is not known is passed over. */
export function fromHash(hash: string): State {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const format = FORMATS.find((name) => name === said.get('format')) ?? 'f32';
  const state = beginning(said.get('op') ?? USUAL, format);
  const names = Object.keys(state.inputs);
  if (names.some((name) => said.has(name)))
    for (const name of names) state.inputs[name] = said.get(name) ?? '';
  for (const name of Object.keys(state.params))
    state.params[name] = said.get(name) ?? state.params[name]!;
  return state;
}

/** What is no number stays as it is, for the operator to turn down by its name. */
export const settingsOf = (op: Op, { params }: State): { readonly [name: string]: Setting } =>
  Object.fromEntries(
    Object.entries(op.params).map(([name, param]) => [name, settingOf(param, params[name]!)]),
  );

function settingOf({ kind }: Param, text: string): Setting {
  if (kind === 'choice') return text;
  if (kind === 'flag') return text === 'true';
  const x = Number(text.replace('−', '-'));
  return text.trim() === '' || Number.isNaN(x) ? text : x;
}
