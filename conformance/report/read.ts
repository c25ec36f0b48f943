/**
 * # Reading a report of JSON Lines
 *
 * What was written comes back as the run that it was, to the bit. A report that was cut off, that
 * another version wrote, or that holds what this one does not know is refused: what is not
 * understood is never counted as passed.
 */
import { z } from 'zod';
import type { DialectFinding, Finding, LawResult } from '../../properties/law.ts';
import { GRADES } from '../../spec/grade.ts';
import { askedIn } from '../baseline.ts';
import type { Inferred } from '../dialect.ts';
import { EXIT, type Failure, failure, messageOf } from '../failure.ts';
import { findOperator } from '../operators.ts';
import { decodeHello } from '../wire/codec.ts';
import { SPECIALS } from '../wire/schema.ts';
import { type Head, VERSION } from './jsonl.ts';
import type { Run } from './record.ts';

const grade = z.enum(GRADES);
const number = z.union([z.number(), z.enum(SPECIALS)]);
const count = z.int().nonnegative();
const counted = z.int().positive();

const header = z.looseObject({
  type: z.literal('header'),
  version: z.literal(VERSION),
  suite: z.string(),
  hello: z.looseObject({}),
  plan: z.looseObject({ ops: z.array(z.string()), runs: counted, seed: z.int(), minGrade: grade }),
  shard: z.strictObject({ index: counted, of: counted }).optional(),
});
const finding = z.looseObject({
  ...{ check: z.string(), name: z.string(), says: z.string() },
  ...{ index: count.optional(), got: number.optional(), due: number.optional() },
  ...{ ulps: number.optional(), grade: grade.optional(), gate: grade.optional() },
  case: z.looseObject({}),
});
const regions = z.record(z.string(), z.looseObject({ grade, ulps: number, count }));
const result = z.looseObject({
  ...{ type: z.literal('result'), op: z.string(), law: z.string() },
  status: z.enum(['pass', 'fail', 'dialect', 'unsupported']),
  ...{ questions: count, compared: count, skipped: count, undecided: count },
  reasons: z.array(z.string()),
  grades: z.strictObject({ value: regions.optional(), gradient: regions.optional() }),
  findings: z.array(finding),
  dialects: z.array(finding.extend({ count: counted })).optional(),
});
const stood = z.strictObject({
  ...{ entry: count, check: z.string(), reason: z.string() },
  standing: z.enum([
    ...(['fails as listed', 'stale', 'expired'] as const),
    ...(['passes elsewhere', 'worse than listed', 'does not apply'] as const),
  ]),
  isUnexplained: z.literal(true).optional(),
});
const likeness = z.looseObject({
  ...{ asked: count, nearest: z.string(), like: z.record(z.string(), count) },
});
const inferred = likeness.extend({
  deviations: z.array(z.looseObject({ op: z.string(), got: number, due: number })),
  byOperator: z.record(z.string(), likeness),
});
const footer = z.looseObject({
  type: z.literal('footer'),
  isInterrupted: z.literal(true).optional(),
  baseline: z.string().optional(),
  standings: z.array(stood),
  verdict: z.strictObject({ exitCode: z.int(), says: z.string(), unlisted: z.array(z.string()) }),
  inferred: inferred.optional(),
});

/** Fails with the exit code for usage; `name` is that of the file. */
export function readRun(name: string, text: string): Run {
  const [first, ...rest] = linesOf(name, text);
  const head = headOf(name, checked(name, 1, header, first));
  const last = rest.pop();
  if ((last as { type?: unknown } | undefined)?.type !== 'footer')
    throw unreadable(name, 'it has no footer: it was cut off');
  const foot = checked(name, rest.length + 2, footer, last);
  const { isInterrupted, baseline, standings, verdict } = foot;
  return {
    ...head,
    results: rest.map((line, at) => resultOf(name, checked(name, at + 2, result, line))),
    ...(baseline === undefined ? {} : { baseline }),
    ...{ standings: standings as Run['standings'], verdict },
    ...(foot.inferred ? { inferred: inferredOf(foot.inferred) } : {}),
    ...(isInterrupted ? { isInterrupted } : {}),
  };
}

const inferredOf = (said: z.infer<typeof inferred>): Inferred =>
  ({
    ...said,
    deviations: said.deviations.map((one) => ({
      ...one,
      got: Number(one.got),
      due: Number(one.due),
    })),
  }) as unknown as Inferred;

const unreadable = (name: string, why: string, cause?: unknown): Failure =>
  failure(EXIT.usage, `${name}: ${why}`, cause);

function linesOf(name: string, text: string): readonly unknown[] {
  const lines = text.split('\n');
  const cut = lines.pop();
  if (cut !== '')
    throw unreadable(name, `it ends in the middle of line ${lines.length + 1}: it was cut off`);
  if (lines.length === 0) throw unreadable(name, 'it is empty');
  return lines.map((line, at) => {
    try {
      return JSON.parse(line);
    } catch (problem) {
      throw unreadable(name, `line ${at + 1} is not JSON (${messageOf(problem)})`, problem);
    }
  });
}

/** The line as it is, with the fields that are not known here too, and in its own order. */
function checked<T extends z.ZodType>(
  name: string,
  line: number,
  schema: T,
  value: unknown,
): z.infer<T> {
  const { error } = schema.safeParse(value);
  if (error) throw unreadable(name, `line ${line}: ${z.prettifyError(error)}`, error);
  return value as z.infer<T>;
}

function headOf(name: string, { suite, hello, plan, shard }: z.infer<typeof header>): Head {
  try {
    decodeHello(name, hello);
    const ops = plan.ops.map(findOperator);
    return {
      suite,
      hello: hello as unknown as Head['hello'],
      plan: { ...plan, ops, ...(shard ? { shard } : {}) },
    };
  } catch (problem) {
    throw unreadable(name, `line 1: ${messageOf(problem)}`, problem);
  }
}

function resultOf(name: string, line: z.infer<typeof result>): LawResult {
  const { type: _, ...fields } = line;
  const { op, grades, findings, dialects } = line;
  try {
    findOperator(op);
    return {
      ...{ ...fields, grades: gradesOf(grades), findings: findings.map(findingOf) },
      ...(dialects
        ? { dialects: dialects.map(findingOf) as unknown as readonly DialectFinding[] }
        : {}),
    } as LawResult;
  } catch (problem) {
    throw unreadable(name, `${op}/${line.law}: ${messageOf(problem)}`, problem);
  }
}

const gradesOf = (grades: z.infer<typeof result>['grades']): LawResult['grades'] =>
  Object.fromEntries(
    Object.entries(grades).map(([of, table]) => [of, Object.fromEntries(rowsOf(table))]),
  );

const rowsOf = (table: z.infer<typeof regions> = {}) =>
  Object.entries(table).map(([region, row]) => [region, { ...row, ulps: Number(row.ulps) }]);

/** Fields that are there keep their place. */
function findingOf({ check: _, case: asked, ...fault }: z.infer<typeof finding>): Finding {
  const numbers = (['got', 'due', 'ulps'] as const).filter((field) => fault[field] !== undefined);
  const read = Object.fromEntries(numbers.map((field) => [field, Number(fault[field])]));
  return { ...fault, ...read, question: askedIn(asked) } as Finding;
}
