/**
 * # Bytes into lines
 *
 * A line is kept only while it is shorter than the limit: what a program writes without end is not
 * gathered.
 */

/** Takes bytes as they come, and says what they add up to. */
export interface Reader {
  take(chunk: Buffer): void;
  /** Bytes of a message that has begun and not ended. */
  rest(): Buffer;
}

/** Thrown by `take`. */
export const tooLong = (what: string, limit: number): Error =>
  new RangeError(`${what} is longer than ${limit} bytes`);

const NEWLINE = 0x0a;

export function lineReader(onLine: (line: string) => void, limit: number): Reader {
  let parts: Buffer[] = [];
  let held = 0;
  const hold = (part: Buffer): void => {
    held += part.length;
    if (held > limit) {
      parts = [];
      throw tooLong('a line', limit);
    }
    parts.push(part);
  };
  return {
    take(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        hold(chunk.subarray(from, end));
        from = end + 1;
        const line = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
        parts = [];
        held = 0;
        onLine(line.toString('utf8'));
      }
      if (from < chunk.length) hold(chunk.subarray(from));
    },
    rest: () => Buffer.concat(parts),
  };
}
