/** # A terminal in memory */
import { Readable } from 'node:stream';
import { createColors } from 'picocolors';
import { main } from '../../conformance/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `touchstone …` in this process. */
export async function touchstone(args: readonly string[], input = ''): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    input: Readable.from([Buffer.from(input)]),
    colors: createColors(false),
    print: async (text) => void out.push(text),
    tell: (text) => void err.push(text),
  });
  return { code, out: out.join(''), err: err.join('') };
}
