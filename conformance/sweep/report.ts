/** # What a sweep found, in words, and as a file */
import { z } from 'zod';
import { EXIT, failure } from '../failure.ts';
import { FORMATS, type FormatName } from '../formats.ts';
import { patternsIn } from './blocks.ts';
import {
  BINS,
  hashOf,
  hex,
  joined,
  missing,
  type Result,
  type Verdict,
  verdictOf,
} from './result.ts';

const count = z.number().int().nonnegative();
const input = z.string().regex(/^0x([0-9a-f]{4}|[0-9a-f]{8})$/);
/** JSON has no ∞. */
const infinite = z.enum(['Infinity', '-Infinity']).transform(Number);
const ulps = z.union([infinite, z.number()]);
const place = z.object({ input, ulps });
const findings = {
  ...{ inputs: count, escalated: count, undecided: count },
  histogram: z.object(Object.fromEntries(BINS.map((bin) => [bin, count]))),
  largest: place.nullable().transform((largest) => largest ?? undefined),
  anotherKind: input.optional(),
  first: z.array(place.extend({ got: input, due: input })),
  hardest: z.array(z.object({ input, distance: z.number() })),
};
const schema = z.strictObject({
  plan: z.strictObject({
    ...{ version: z.string(), op: z.string() },
    params: z.record(z.string(), z.union([infinite, z.number(), z.string(), z.boolean()])),
    of: z.enum(['value', 'derivative']),
    ...{ format: z.enum(Object.keys(FORMATS) as FormatName[]), candidate: z.string() },
  }),
  planHash: z.string(),
  ranges: z.array(z.strictObject({ from: count, to: count })),
  ...findings,
});

/** As one line, or as a file. */
export const written = (result: Result, indent = 1): string =>
  `${JSON.stringify({ ...result, largest: result.largest ?? null }, spelt, indent)}\n`;
const spelt = (_: string, x: unknown): unknown =>
  x === Infinity || x === -Infinity ? String(x) : x;

/** Whether a file of this text was written by a sweep. */
export const isSweep = (text: string): boolean => /^\s*\{\s*"plan"/.test(text);

export function readResult(command: string, name: string, text: string): Result {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success)
    throw failure(
      EXIT.usage,
      `${command}: ${name} is not what sweep writes (${z.prettifyError(parsed.error).split('\n')[0]})`,
    );
  const result = parsed.data as unknown as Result;
  checkSums(command, name, result);
  return result;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What a file says of itself has to add up. */
function checkSums(command: string, name: string, result: Result): void {
  const { plan, planHash, ranges, inputs, undecided, histogram, anotherKind } = result;
  const sum = ranges.reduce((total, { from, to }) => total + to - from, 0);
  const counted = Object.values(histogram).reduce((total, n) => total + n, undecided);
  if (planHash !== hashOf(plan))
    throw failure(EXIT.usage, `${command}: ${name}: the hash is not that of the plan`);
  if (sum !== inputs || counted !== inputs)
    throw failure(
      EXIT.usage,
      `${command}: ${name}: ranges have ${sum} inputs, ${counted} were judged, and ${inputs} are stated`,
    );
  if ((anotherKind !== undefined) !== histogram['another kind'] > 0)
    throw failure(
      EXIT.usage,
      `${command}: ${name}: anotherKind should be there if there are answers of another kind, and else not`,
    );
}

/** All shards as one. Throws where one is missing, met twice, or of another plan. */
export function mergedResult(
  command: string,
  named: readonly { readonly name: string; readonly result: Result }[],
): Result {
  const [first, ...others] = named.map(({ result }) => result) as [Result, ...Result[]];
  let whole = first;
  for (const [i, other] of others.entries()) {
    try {
      whole = joined(whole, other);
    } catch (problem) {
      throw failure(
        EXIT.usage,
        `${command}: ${named[i + 1]!.name}: ${(problem as Error).message}`,
        problem,
      );
    }
  }
  const { bits } = FORMATS[whole.plan.format];
  const gaps = missing(whole.ranges, { from: 0, to: 2 ** bits });
  if (gaps.length === 0) return whole;
  const shown = gaps.map(({ from, to }) => `${hex(from, bits)} to ${hex(to - 1, bits)}`);
  throw failure(EXIT.usage, `${command}: nobody swept ${shown.join(', ')}`);
}

export function exitCodeOf(result: Result): number {
  const verdict = verdictOf(result, patternsIn(FORMATS[result.plan.format]));
  return {
    proved: EXIT.conforms,
    'right so far': EXIT.conforms,
    wrong: EXIT.fails,
    undecided: EXIT.ours,
  }[verdict];
}

const sentence: { readonly [verdict in Verdict]: (inputs: string) => string } = {
  proved: (inputs) => `proved: correctly rounded for all ${inputs} inputs`,
  'right so far': (inputs) => `correctly rounded for the ${inputs} inputs that were swept`,
  wrong: (inputs) => `not correctly rounded; ${inputs} inputs swept`,
  undecided: (inputs) => `the oracle could not tell everywhere; ${inputs} inputs swept`,
};

export function described(result: Result, patterns: number): string {
  const { plan, inputs, escalated, histogram, largest, anotherKind, first, hardest } = result;
  const number = (n: number) => n.toLocaleString('en');
  const params = Object.entries(plan.params).map(([name, value]) => ` ${name}=${value}`);
  const said = sentence[verdictOf(result, patterns)](number(inputs));
  const wrong = BINS.filter((bin) => bin !== 'right' && histogram[bin] > 0).map(
    (bin) => `${number(histogram[bin])} ${Number.isFinite(Number(bin)) ? `up to ${bin} ulp` : bin}`,
  );
  const lines = [
    `${plan.op} ${plan.of}${params.join('')}, ${plan.format}, ${plan.candidate}: ${said}`,
    `  ${number(histogram.right)} right; ${number(escalated)} told by the oracle, the others by float64`,
    ...(wrong.length > 0 ? [`  wrong: ${wrong.join(', ')}`] : []),
    ...(largest ? [`  largest error ${largest.ulps.toPrecision(5)} ulp at ${largest.input}`] : []),
    ...(anotherKind ? [`  another kind first at ${anotherKind}`] : []),
    ...first
      .slice(0, 3)
      .map(({ input, got, due }) => `  at ${input}: got ${got}, should be ${due}`),
    ...(hardest[0]
      ? [
          `  hardest input ${hardest[0].input}: ${hardest[0].distance.toPrecision(3)} ulp from the middle between two floats`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
