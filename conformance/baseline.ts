/**
 * # Baselines: failures that are known
 *
 * An entry names a failing check, says why, and stores a witness. It is judged by that witness and
 * not by luck: while the witness still fails, failures of this name are expected; when it passes,
 * the entry is stale. An entry that was seen with another version or on another processor may pass
 * here without being stale there.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Candidate, Hello } from '../properties/candidate.ts';
import type { Finding, Law } from '../properties/law.ts';
import { toTensor } from '../properties/payload.ts';
import type { Question } from '../properties/subject.ts';
import { requestOf } from '../properties/subject.ts';
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
  reason: z.string().min(1),
  issue: z.url().optional(),
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
export async function readBaseline(path: string): Promise<Baseline> {
  try {
    const baseline = schema.parse(JSON.parse(await readFile(path, 'utf8')));
    for (const entry of baseline.entries) checkEntry(entry);
    return baseline;
  } catch (problem) {
    const said = problem instanceof z.ZodError ? z.prettifyError(problem) : messageOf(problem);
    throw failure(EXIT.usage, `--baseline ${path}: ${said}`, problem);
  }
}

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

export type Standing = 'fails as listed' | 'stale' | 'passes elsewhere' | 'worse than listed';

/** Whether the witness of an entry still fails. */
export async function standing(
  entry: Entry,
  candidate: Candidate,
  hello: Hello,
  plan: Pick<Plan, 'seed' | 'minGrade' | 'dialect'>,
): Promise<Standing> {
  const { op, law, fault } = named(entry);
  const subject = subjectOf(candidate, hello, op, plan);
  if (!subject) return 'stale';
  const witness = questionOf(entry.witness);
  const question = law.recall ? law.recall(witness, fault, op) : witness;
  const { faults } = await law.answer(subject, question);
  const found = faults.find((f) => f.name === fault);
  if (found?.grade && entry.grade && !isAtLeast(found.grade, entry.grade))
    return 'worse than listed';
  if (found) return 'fails as listed';
  return seenHere(entry, hello) ? 'stale' : 'passes elsewhere';
}

const seenHere = ({ seen }: Entry, { impl, env }: Hello): boolean =>
  seen.version === impl.version && (seen.cpu === 'unknown' || seen.cpu === env?.cpu);

function questionOf(message: unknown): Question {
  const { params, in: inputs, want, grad_out } = decodeRequest(message);
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, payload]) => [name, toTensor(payload)]),
  );
  return { tensors, settings: params, want, cotangent: grad_out ? toTensor(grad_out) : undefined };
}

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
