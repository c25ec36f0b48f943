/**
 * # Baselines: failures that are known
 *
 * An entry names a failing check, says why, and stores a witness. It is judged by that witness and
 * not by luck: while the witness still fails, failures of this name are expected; when it passes,
 * the entry is stale. An entry that was seen with another version or on another processor may pass
 * here without being stale there. An entry excuses one check: there are no patterns, so that what
 * fails anew is never excused by what was known.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Candidate, Hello } from '../properties/candidate.ts';
import type { Fault, Finding, Law } from '../properties/law.ts';
import type { Question } from '../properties/subject.ts';
import { questionOf, requestOf } from '../properties/subject.ts';
import { GRADES, type Grade, isAtLeast } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { EXIT, failure, messageOf } from './failure.ts';
import { operators } from './operators.ts';
import type { Plan } from './plan.ts';
import { everyLaw, subjectOf } from './run.ts';
import { decodeRequest, encodeHex, encodeRequest } from './wire/codec.ts';

const entry = z.strictObject({
  /** operator/law/fault, as findings are named. */
  check: z.string(),
  /** No worse than this. */
  grade: z.enum(GRADES as unknown as [Grade, ...Grade[]]).optional(),
  /** Nor off by more, where its error is measured in ulps. */
  maxUlps: z.number().nonnegative().optional(),
  reason: z.string().min(1),
  issue: z.url().optional(),
  /** The last day on which it excuses anything. */
  expires: z.iso.date().optional(),
  /** It applies where the handshake's env says all of this. */
  when: z.record(z.string(), z.string()).optional(),
  /** A `run` message that shows the failure, its tensors as bits. */
  witness: z.looseObject({}),
  seen: z.strictObject({ version: z.string(), cpu: z.string() }),
});
const schema = z.strictObject({
  version: z.literal(1),
  candidate: z.string(),
  entries: z.array(entry),
});
export type Entry = z.infer<typeof entry>;
export type Baseline = z.infer<typeof schema>;

/** How findings are named in baselines and reports. */
export const checkName = (op: string, law: string, fault: string): string =>
  `${op}/${law}/${fault}`;

/** Fails with the exit code for usage if the file is missing or not a baseline. */
export async function readBaseline(path: string): Promise<Baseline & Written> {
  try {
    const text = await readFile(path, 'utf8');
    return { ...parseBaseline(text), text };
  } catch (problem) {
    const said = problem instanceof z.ZodError ? z.prettifyError(problem) : messageOf(problem);
    throw failure(EXIT.usage, `--baseline ${path}: ${said}`, problem);
  }
}

/** As it lies in its file. */
export interface Written {
  readonly text: string;
}

function parseBaseline(text: string): Baseline {
  const baseline = schema.parse(JSON.parse(text));
  const seen: Entry[] = [];
  for (const entry of baseline.entries) {
    checkEntry(entry);
    if (seen.some((e) => e.check === entry.check && isDeepStrictEqual(e.when, entry.when)))
      throw failure(EXIT.usage, `${entry.check} is listed twice`);
    seen.push(entry);
  }
  return baseline;
}

/** Two runs with the same digest had the same baseline. */
export const digestOf = ({ text }: Written): string =>
  createHash('sha256').update(text).digest('hex');

/** What an entry is about; fails with the exit code for usage if there is no such check. */
function named({ check }: Entry): { op: Op; law: Law<unknown>; fault: string } {
  const [id, name, ...rest] = check.split('/');
  // A fault may be named by a formula with a division.
  const fault = rest.join('/');
  const op = operators.get(id!);
  const law = everyLaw.find((l) => l.name === name) as Law<unknown> | undefined;
  if (op && law && fault !== '') return { op, law, fault };
  throw failure(EXIT.usage, `there is no check ${check}`);
}

/** An entry is judged by a question for its own operator. */
function checkEntry(entry: Entry): void {
  const { op } = named(entry);
  const asked = decodeRequest(entry.witness).op;
  if (asked !== op.id)
    throw failure(EXIT.usage, `the witness of ${entry.check} is a question for ${asked}`);
}

export type Standing =
  | 'fails as listed'
  | 'stale'
  | 'expired'
  | 'passes elsewhere'
  | 'worse than listed'
  | 'does not apply';

/** What became of an entry when its witness was asked. */
export interface Examined {
  readonly standing: Standing;
  /** Its reason is the sentence that was generated for it. */
  readonly isUnexplained?: true;
}

/** Whether the witness of an entry still fails. */
export const standing = async (
  entry: Entry,
  candidate: Candidate,
  hello: Hello,
  plan: Pick<Plan, 'seed' | 'minGrade' | 'dialect'>,
): Promise<Standing> => (await examine(entry, candidate, hello, plan)).standing;

/** The same on a day, such as 2027-06-30, after which entries may have expired; and more about it. */
export async function examine(
  entry: Entry,
  candidate: Candidate,
  hello: Hello,
  plan: Pick<Plan, 'seed' | 'minGrade' | 'dialect'>,
  today = '',
): Promise<Examined> {
  if (!applies(entry, hello)) return { standing: 'does not apply' };
  const { op, law, fault } = named(entry);
  const subject = subjectOf(candidate, hello, op, plan);
  if (!subject) return { standing: 'stale' };
  const witness = askedIn(entry.witness);
  const question = law.recall ? law.recall(witness, fault, op) : witness;
  const { faults } = await law.answer(subject, question);
  const found = faults.find((f) => f.name === fault);
  if (!found) return { standing: seenHere(entry, hello) ? 'stale' : 'passes elsewhere' };
  const unexplained = found.says === entry.reason ? { isUnexplained: true as const } : {};
  if (isWorse(found, entry)) return { standing: 'worse than listed', ...unexplained };
  const isExpired = entry.expires !== undefined && entry.expires < today;
  return { standing: isExpired ? 'expired' : 'fails as listed', ...unexplained };
}

const isWorse = (found: Fault, { grade, maxUlps }: Entry): boolean =>
  (found.grade !== undefined && grade !== undefined && !isAtLeast(found.grade, grade)) ||
  (found.ulps !== undefined && maxUlps !== undefined && !(found.ulps <= maxUlps));

const applies = ({ when = {} }: Entry, { env = {} }: Hello): boolean =>
  Object.entries(when).every(([name, value]) => env[name] === value);

const seenHere = ({ seen }: Entry, { impl, env }: Hello): boolean =>
  seen.version === impl.version && (seen.cpu === 'unknown' || seen.cpu === env?.cpu);

/** A `run` message as a question. */
/** The question of a `run` message. */
export const askedIn = (message: unknown): Question => questionOf(decodeRequest(message));

/** An entry for a finding, its reason to be written by a person. */
export function entryFor(op: string, law: string, finding: Finding, hello: Hello): Entry {
  const spec = operators.get(op)!;
  return {
    check: checkName(op, law, finding.name),
    ...(finding.grade ? { grade: finding.grade } : {}),
    reason: finding.says,
    witness: encodeRequest(requestOf(spec, finding.question), encodeHex),
    seen: { version: hello.impl.version, cpu: hello.env?.cpu ?? 'unknown' },
  };
}
