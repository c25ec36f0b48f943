/** # A case in words: what was put in, what came, what was due */
import { shortest } from '../../conformance/digits.ts';
import { operators } from '../../conformance/operators.ts';
import { ulpsText } from '../../conformance/report/text.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import type { Payload, Request } from '../../properties/candidate.ts';
import { formatOf, toTensor } from '../../properties/payload.ts';
import { type Format, float32, fromBits, toBits } from '../../spec/format.ts';
import type { Dtype } from '../../spec/tensor.ts';
import type { Case, Ulps } from './record.ts';

/** Longer tensors are cut off here; the witness has them whole. */
const LONGEST = 12;

/** Every tensor of a question, then the parameters that are not the default. */
export function inputLines({ witness }: Case): readonly string[] {
  const request = decodeRequest(witness);
  const given = Object.entries(request.in);
  const all = request.grad_out ? [...given, ['grad_out', request.grad_out] as const] : given;
  const set = settingsOf(request);
  return [
    ...all.map(([name, tensor]) => labelled(name, tensorText(tensor))),
    ...(set.length > 0 ? [labelled('with', set.join(', '))] : []),
  ];
}

export function settingsOf({ op, params }: Request): readonly string[] {
  const defaults = operators.get(op)?.params ?? {};
  return Object.entries(params)
    .filter(([name, value]) => value !== defaults[name]?.default)
    .map(([name, value]) => `${name} = ${value}`);
}

export const labelled = (label: string, text: string): string => `${label.padEnd(8)} ${text}`;

function tensorText(payload: Payload): string {
  const { dtype, shape, data } = toTensor(payload);
  const format = formatOf(dtype);
  const some = Array.from(data).slice(0, LONGEST);
  const text = some.map((x) => (format ? numberText(x, format) : String(x)));
  const more = data.length > LONGEST ? `, … ${data.length} in all` : '';
  return `${dtype} [${shape}]  ${text.join(', ')}${more}`;
}

export const numberText = (x: number, format: Format): string =>
  `${shortest(x, format)} (${toBits(x, format)
    .toString(16)
    .padStart(format.bits / 4, '0')})`;

/** A number of an answer by its bits. */
export const fromAnswer = ({ answer, want }: Case, bits: string): string => {
  const { dtype } = (answer[want ?? 'out'] ?? {}) as { readonly dtype?: Dtype };
  const format = (dtype && formatOf(dtype)) ?? float32;
  return numberText(fromBits(BigInt(`0x${bits}`), format), format);
};

export const errorText = (ulps: Ulps): string => ulpsText(Number(ulps));
