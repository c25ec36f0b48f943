/**
 * # Which dialect: the one in force, and the one that a candidate speaks
 *
 * In force is what `--dialect` names, or else what the candidate says of itself; `spec` excuses
 * nothing. Which one it speaks is inferred from the witnesses of all differences: questions that
 * frameworks answer differently. That informs, and changes no verdict.
 */
import type { Candidate, Hello } from '../properties/candidate.ts';
import { questionOf } from '../properties/dialect.ts';
import { formatOf, toTensor } from '../properties/payload.ts';
import { type Question, requestOf } from '../properties/subject.ts';
import { type Dialect, differencesOf, FRAMEWORKS, inDialect, speaksOf } from '../spec/dialect.ts';
import { type Format, roundNumber } from '../spec/format.ts';
import type { Difference, Framework, Op, Witness } from '../spec/op.ts';
import { evaluate, gradient } from '../spec/oracle/index.ts';
import type { Dtype } from '../spec/tensor.ts';
import { EXIT, failure } from './failure.ts';

// In force ---------------------------------------------------------------------------------------

const DIALECTS: readonly string[] = ['spec', ...FRAMEWORKS];

/** From `pytorch` or `pytorch@2.14`; undefined is `spec`. Fails with the exit code for usage. */
export function parseDialect(text: string, who: string): Dialect | undefined {
  const [name, ...rest] = text.split('@');
  const version = rest.join('@');
  const isVersion = rest.length === 0 || /^\d+(\.\d+)*$/.test(version);
  if (text === 'spec') return undefined;
  if (FRAMEWORKS.includes(name as Framework) && isVersion)
    return { framework: name as Framework, ...(rest.length > 0 ? { version } : {}) };
  const due = `one of ${DIALECTS.join(', ')}, all but spec also with a version: pytorch@2.14`;
  throw failure(EXIT.usage, `${who} ${text} should be ${due}`);
}

export const showDialect = (dialect: Dialect | undefined): string =>
  dialect ? [dialect.framework, dialect.version].filter(Boolean).join('@') : 'spec';

/** What is in force: `asked` where there is one. */
export const inForce = (
  hello: Hello,
  { dialect: asked }: { readonly dialect?: string | undefined },
): Dialect | undefined =>
  asked === undefined
    ? parseDialect(hello.dialect, `${hello.impl.name}: the dialect`)
    : parseDialect(asked, '--dialect');

// Discriminating vectors -------------------------------------------------------------------------

/** A question that dialects answer differently, and what each of them answers. */
interface Vector {
  readonly op: Op;
  readonly where: string;
  readonly question: Question;
  readonly element: number;
  readonly due: { readonly [dialect: string]: number };
}

/** All witnesses about an operator, each question once, in a format in which it discriminates. */
function vectorsOf(op: Op, hello: Hello): readonly Vector[] {
  const dtypes = (['f32', 'f64'] as const).filter((dtype) => hello.dtypes.includes(dtype));
  const offered = hello.ops[op.id]!.grad;
  const seen = new Set<string>();
  return FRAMEWORKS.flatMap((framework) => differencesOf(op, { framework })).flatMap(
    ({ where, witness }) => {
      const key = written({ ...witness, theirs: undefined });
      const input = witness.of?.slice('grad:'.length);
      const isOffered = !witness.of?.startsWith('grad:') || offered.includes(input!);
      if (!isOffered || seen.has(key)) return [];
      seen.add(key);
      const vectors = dtypes.map((dtype) => vectorOf(op, where, witness, dtype));
      return vectors.find((vector) => vector && discriminates(vector, hello)) ?? [];
    },
  );
}

/** Undefined where the format does not hold its numbers and so asks something else. */
function vectorOf(op: Op, where: string, witness: Witness, dtype: Dtype): Vector | undefined {
  const question = questionOf(op, witness, dtype);
  const format = formatOf(dtype)!;
  for (const t of Object.values(question.tensors))
    if (formatOf(t!.dtype) && !Array.from(t!.data).every((x) => isIn(x, format))) return undefined;
  const { element = 0 } = witness;
  const answers = FRAMEWORKS.map((framework) => {
    const theirs = answerOf(op, { framework }, witness, question, format);
    return [framework, theirs] as const;
  });
  const spec = certified(op, witness, question, format);
  return { op, where, question, element, due: { spec, ...Object.fromEntries(answers) } };
}

const isIn = (x: number, format: Format): boolean => Object.is(roundNumber(x, format), x);

/** By formula where there is one, otherwise as the witness has it; what lists nothing is the definition. */
function answerOf(
  op: Op,
  dialect: Dialect,
  witness: Witness,
  question: Question,
  format: Format,
): number {
  const differences = differencesOf(op, dialect);
  const listed = differences.find((d) => isSame(d.witness, witness));
  const { of = 'out' } = witness;
  if (listed && !speaksOf(listed, of)) return roundNumber(listed.witness.theirs, format);
  return certified(
    inDialect(op, dialect, of, preferring(differences, listed)),
    witness,
    question,
    format,
  );
}

/** Where two speak of one question, the one that lists it is heard. */
const preferring = (
  differences: readonly Difference[],
  listed: Difference | undefined,
): readonly Difference[] =>
  listed ? [listed, ...differences.filter((d) => d !== listed)] : differences;

const isSame = (a: Witness, b: Witness): boolean =>
  written({ ...a, theirs: undefined }) === written({ ...b, theirs: undefined });

function certified(op: Op, { of = 'out', element = 0 }: Witness, q: Question, format: Format) {
  const { tensors, settings } = q;
  const wrt = of.slice('grad:'.length);
  const { cells } =
    of === 'out'
      ? evaluate(op, tensors, settings, format)
      : gradient(op, tensors, settings, { wrt, format });
  return cells[element]!.value;
}

function discriminates({ due }: Vector, { policy }: Hello): boolean {
  const all = Object.values(due).map((y) => (policy.signed_zero === 'ignore' ? y + 0 : y));
  return all.some((y) => !Object.is(y, all[0]));
}

const written = (value: unknown): string =>
  JSON.stringify(value, (_, x) =>
    typeof x === 'number' && (!Number.isFinite(x) || Object.is(x, -0))
      ? Object.is(x, -0)
        ? '-0'
        : String(x)
      : x,
  );

// Inference --------------------------------------------------------------------------------------

/** A vector that the candidate answers unlike the dialect that is nearest to it. */
interface Deviation {
  readonly op: string;
  readonly where: string;
  readonly want: string;
  readonly got: number;
  readonly due: number;
}
/** How many of the vectors are answered as each dialect answers them. */
export interface Likeness {
  readonly asked: number;
  /** Of those that answer some of them unlike `spec`. */
  readonly like: { readonly [dialect: string]: number };
  /** The dialect with the most; of equal ones `spec`, then the order in which they are named. */
  readonly nearest: string;
}
export interface Inferred extends Likeness {
  readonly deviations: readonly Deviation[];
  readonly byOperator: { readonly [op: string]: Likeness };
}

interface Answered extends Vector {
  readonly got: number;
}

/** Asks the witnesses of all dialects; what is not answered does not count. */
export async function infer(
  candidate: Candidate,
  hello: Hello,
  ops: readonly Op[],
): Promise<Inferred> {
  const answered: Answered[] = [];
  for (const op of ops.filter(({ id }) => hello.ops[id]))
    for (const vector of vectorsOf(op, hello)) {
      const got = await numberFrom(candidate, vector);
      if (got !== undefined) answered.push({ ...vector, got });
    }
  const whole = likeness(answered, hello);
  const deviations = answered
    .filter((one) => !isLike(one, whole.nearest, hello))
    .map(({ op, where, question, got, due }) => ({
      ...{ op: op.id, where, want: question.want[0]!, got, due: due[whole.nearest]! },
    }));
  const ids = [...new Set(answered.map(({ op }) => op.id))];
  const byOperator = ids.map((id) => [
    id,
    likeness(
      answered.filter(({ op }) => op.id === id),
      hello,
    ),
  ]);
  return { ...whole, deviations, byOperator: Object.fromEntries(byOperator) };
}

async function numberFrom(
  candidate: Candidate,
  { op, question, element }: Vector,
): Promise<number | undefined> {
  try {
    const reply = await candidate.run(requestOf(op, question));
    const payload = reply[question.want[0]!];
    return payload && formatOf(payload.dtype) ? toTensor(payload).data[element] : undefined;
  } catch {
    return undefined;
  }
}

function likeness(answered: readonly Answered[], hello: Hello): Likeness {
  const count = (name: string) => answered.filter((one) => isLike(one, name, hello)).length;
  const told = DIALECTS.filter(
    (name) => name === 'spec' || answered.some(({ due }) => !Object.is(due[name], due.spec)),
  );
  const like = Object.fromEntries(told.map((name) => [name, count(name)]));
  const nearest = told.reduce((a, b) => (like[b]! > like[a]! ? b : a));
  return { asked: answered.length, like, nearest };
}

/** Relative errors that are no other answer. */
const ROUGHLY = 1e-3;

/** The same kind of number and about as large, and no other dialect's answer is nearer. */
function isLike({ got, due }: Answered, name: string, { policy }: Hello): boolean {
  const own = due[name]!;
  if (!Number.isFinite(own) || !Number.isFinite(got) || own === 0 || got === 0)
    return Object.is(got, own) || (got === own && policy.signed_zero === 'ignore');
  const error = Math.abs(got - own);
  const others = Object.values(due).filter(Number.isFinite);
  return error <= ROUGHLY * Math.abs(own) && others.every((y) => error <= Math.abs(got - y));
}
