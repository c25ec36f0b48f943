/** # How what was found is written into a file: numbers, bits, sentences */

import { encodeHex, encodeReply } from '../../conformance/wire/codec.ts';
import type { Payload, Reply } from '../../properties/candidate.ts';
import { formatOf } from '../../properties/payload.ts';
import { type Format, float32, toBits } from '../../spec/format.ts';
import type { Message, Ulps } from './record.ts';

/** More digits than these say nothing about an error. */
const DIGITS = 4;

export const ulpsOf = (ulps: number): Ulps =>
  Number.isFinite(ulps) ? Number(ulps.toPrecision(DIGITS)) : 'Infinity';

export const bitsOf = (x: number, format: Format): string =>
  toBits(x, format)
    .toString(16)
    .padStart(format.bits / 4, '0');

export const formatIn = (answer: Payload | undefined): Format =>
  (answer && formatOf(answer.dtype)) ?? float32;

/** A reply with its tensors as bits. */
export const answerOf = ({ id: _, error, skip, ...reply }: Reply): Message => ({
  ...encodeReply(reply, encodeHex),
  ...(error ? { error: { kind: error.kind, message: sentence(error.message) } } : {}),
  ...(skip ? { skip: { reason: sentence(skip.reason) } } : {}),
});

/** Longer messages are traces. */
const LONGEST = 240;

/** In one line, without the folders and addresses of the machine that said it. */
export function sentence(text: string): string {
  const line = text
    .replaceAll(/(?<![\w/:.])(?:\/[\w.@+~-]+){2,}\/(?=[\w.@+~-])/g, '…/')
    .replaceAll(/\b0x[0-9a-f]{6,}\b/gi, '0x…')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
