/**
 * # Laws × operators × candidate → a stream of results
 *
 * A pure function of candidate and plan: the same seed asks the same questions.
 */
import type { Candidate, Hello } from '../properties/candidate.ts';
import { identities } from '../properties/identities/index.ts';
import { type Between, type Law, type LawResult, test } from '../properties/law.ts';
import { laws } from '../properties/laws/index.ts';
import type { Subject } from '../properties/subject.ts';
import { type Grade, isAtLeast, type Policy } from '../spec/grade.ts';
import type { Op } from '../spec/op.ts';
import { inForce } from './dialect.ts';
import { type Plan, shareOf } from './plan.ts';

/** Laws of single operators, then those that tie several together. */
// biome-ignore lint/suspicious/noExplicitAny: each law has its own kind of question
export const everyLaw: readonly Law<any>[] = [...laws, ...identities];

/** What of an operator is tested next: for whoever shows progress. */
export interface Step {
  readonly op: string;
  readonly law: string;
}

/** One law and one operator: what shards are made of. */
export interface Work {
  readonly op: Op;
  readonly law: (typeof everyLaw)[number];
}

export async function* check(
  candidate: Candidate,
  plan: Plan,
  onStep: (step: Step) => void = () => {},
  between?: Between,
): AsyncGenerator<LawResult> {
  const hello = await candidate.hello();
  for (const { op, law } of shareOf(workOf(plan, hello), plan.shard)) {
    onStep({ op: op.id, law: law.name });
    yield await test(law, subjectOf(candidate, hello, op, plan)!, plan.runs, between);
  }
}

/** Every operator on offer with every law that applies to it: the whole, also where the plan is a shard. */
export const workOf = ({ ops }: Plan, hello: Hello): readonly Work[] =>
  ops
    .filter(({ id }) => Object.hasOwn(hello.ops, id))
    .flatMap((op) => everyLaw.filter((law) => law.appliesTo(op)).map((law) => ({ op, law })));

/** Undefined where the candidate does not offer the operator. */
export function subjectOf(
  candidate: Candidate,
  hello: Hello,
  op: Op,
  plan: Pick<Plan, 'seed' | 'minGrade' | 'dialect'>,
): Subject | undefined {
  const { seed, minGrade } = plan;
  const offer = hello.ops[op.id];
  if (!offer) return undefined;
  const { value = minGrade, gradient = minGrade } = offer.promises ?? {};
  const gate = { value: stricter(value, minGrade), gradient: stricter(gradient, minGrade) };
  const dialect = inForce(hello, plan);
  return {
    ...{ op: carriedBy(hello, op), candidate, hello, policy: policyOf(hello), gate, seed },
    ...(dialect ? { dialect } : {}),
  };
}

/** The operator as it can be asked for: where parameters are float32, so are their defaults. */
function carriedBy({ policy }: Hello, op: Op): Op {
  if (policy.parameters !== 'f32') return op;
  const params = Object.entries(op.params).map(([name, p]) => [
    name,
    p.kind === 'number' ? { ...p, default: Math.fround(p.default) } : p,
  ]);
  return { ...op, params: Object.fromEntries(params) };
}

const stricter = (a: Grade, b: Grade): Grade => (isAtLeast(a, b) ? a : b);

export const policyOf = ({ policy }: Hello): Policy => ({
  signedZero: policy.signed_zero,
  flushes: policy.ftz === 'output' || policy.ftz === 'both',
});
