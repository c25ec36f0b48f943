/** # Where frameworks answer differently: the witnesses of the definitions as questions */
import { questionOf } from '../../properties/dialect.ts';
import { isLegal } from '../../properties/simplify.ts';
import type { Question } from '../../properties/subject.ts';
import type { Difference, Op, Witness } from '../../spec/op.ts';
import type { Draft } from './draft.ts';

export const DIALECT = 'dialect';

/** A difference and who has it. */
interface Shared {
  readonly frameworks: string[];
  readonly difference: Pick<Difference, 'where' | 'witness'>;
}

/** One for every witness that is legal in float32; frameworks that agree share one. */
export function* witnesses(op: Op): Generator<Draft & { readonly witness: Witness }> {
  const byWitness = new Map<string, Shared>();
  for (const [framework, { differs = [] }] of Object.entries(op.dialects))
    for (const difference of differs) {
      const key = JSON.stringify(difference.witness, spelt);
      const known: Shared = byWitness.get(key) ?? { frameworks: [], difference };
      known.frameworks.push(framework);
      byWitness.set(key, known);
    }
  for (const { frameworks, difference } of byWitness.values()) {
    const { where, witness } = difference;
    const question = inFloat32(questionOf(op, witness, 'f32'));
    const place = witness.of === undefined || witness.of === 'out' ? '' : ` as ${witness.of}`;
    const theirs = Object.is(witness.theirs, -0) ? '-0' : witness.theirs;
    const give = frameworks.length > 1 ? 'give' : 'gives';
    const why = `${where}: ${frameworks.join(' and ')} ${give} ${theirs}${place}`;
    if (isLegal(op, question)) yield { law: DIALECT, question, why, witness };
  }
}

const spelt = (_: string, x: unknown): unknown =>
  typeof x === 'number' && !(Number.isFinite(x) && !Object.is(x, -0)) ? `${1 / x} ${x}` : x;

const inFloat32 = (question: Question): Question => ({
  ...question,
  want: ['out'],
  tensors: Object.fromEntries(
    Object.entries(question.tensors).map(([name, t]) => [
      name,
      t?.dtype === 'f32' ? { ...t, data: Array.from(t.data, Math.fround) } : t,
    ]),
  ),
});
