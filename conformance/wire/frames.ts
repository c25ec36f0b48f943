/**
 * # Binary frames
 *
 *     u32 length of what follows | u32 length of the header | header | raw bytes
 *
 * Numbers are little-endian. The header is a message in JSON whose tensors have `off` and `len` in place
 * of `b64`: where their elements lie in the raw bytes, counted from the first of these, which is the
 * first place after the header that is a multiple of 8 from the start of the frame. So is every `off`,
 * and every frame is filled up with zeros to a multiple of 8.
 */
import type { Payload, Request } from '../../properties/candidate.ts';
import { toBytes } from '../onnx/elements.ts';
import { encodeRequest } from './codec.ts';
import { type Reader, tooLong } from './lines.ts';
import type { WireTensor } from './schema.ts';

const whole = (n: number): number => Math.ceil(n / 8) * 8;

/** A message without tensors, or with those that `raw` holds. */
export function frame(message: object, raw: readonly Uint8Array[] = []): Buffer {
  const header = Buffer.from(JSON.stringify(message));
  const from = whole(8 + header.length);
  const bytes = Buffer.alloc(raw.reduce((n, part) => n + whole(part.length), from));
  bytes.writeUInt32LE(bytes.length - 4, 0);
  bytes.writeUInt32LE(header.length, 4);
  header.copy(bytes, 8);
  let at = from;
  for (const part of raw) {
    bytes.set(part, at);
    at += whole(part.length);
  }
  return bytes;
}

export function frameOf(request: Request): Buffer {
  const raw: Uint8Array[] = [];
  let off = 0;
  const place = ({ dtype, shape, data }: Payload): WireTensor => {
    const bytes = toBytes(data);
    raw.push(bytes);
    const tensor = { dtype, shape: [...shape], off, len: bytes.length };
    off += whole(bytes.length);
    return tensor;
  };
  return frame(encodeRequest(request, place), raw);
}

/** Throws when a frame is longer than the limit, or its header longer than the frame. */
export function frameReader(onFrame: (header: string, raw: Buffer) => void, limit: number): Reader {
  let parts: Buffer[] = [];
  let held = 0;
  /** Bytes without which nothing can be done. */
  let due = 8;
  const joined = (): Buffer => {
    if (parts.length !== 1) parts = [Buffer.concat(parts)];
    return parts[0]!;
  };
  const taken = (bytes: Buffer): Buffer | undefined => {
    const end = 4 + bytes.readUInt32LE(0);
    const header = 8 + bytes.readUInt32LE(4);
    if (end > limit) throw tooLong('a frame', limit);
    if (header > end)
      throw new Error(`a frame of ${end - 4} bytes has a header of ${header - 8} bytes`);
    due = end;
    if (bytes.length < end) return undefined;
    const from = Math.min(whole(header), end);
    due = 8;
    onFrame(bytes.toString('utf8', 8, header), bytes.subarray(from, end));
    return bytes.subarray(end);
  };
  return {
    take(chunk) {
      parts.push(chunk);
      held += chunk.length;
      while (held >= due) {
        const rest = taken(joined());
        if (!rest) continue;
        parts = [rest];
        held = rest.length;
      }
    },
    rest: joined,
  };
}
