/**
 * # Identities of one shape: an operator with some of its parameters fixed is another operator
 *
 * Their exact results are the same numbers, or one a multiple of the other, and a candidate's answers
 * of both lie around those.
 */
import type fc from 'fast-check';
import { lift } from '../spec/lift.ts';
import type { Op } from '../spec/op.ts';
import { real } from '../spec/real.ts';
import type { Tensors } from '../spec/tensor.ts';
import { monotone } from './computed.ts';
import { asked, everyday, identity } from './identity.ts';
import type { Case } from './inputs.ts';
import type { Law } from './law.ts';
import { results, same, stated } from './same.ts';
import type { Question } from './subject.ts';

type Settings = Case['settings'];

export interface Restated {
  readonly name: string;
  readonly says: string;
  readonly op: Op;
  /** What its parameters are; those not named are drawn. */
  readonly given?: (drawn: Settings) => Settings;
  /** Its tensors, if not those that are drawn. */
  readonly fed?: (drawn: Tensors) => Tensors;
  readonly as: Op;
  /** The parameters of the other operator; none if absent. */
  readonly with?: (settings: Settings, tensors: Tensors) => Settings;
  /** What the other operator gets of the tensors; all if absent. */
  readonly of?: (tensors: Tensors) => Tensors;
  /** By what its results are multiplied; 1 if absent. */
  readonly times?: (settings: Settings) => number;
}

interface Identity {
  readonly certified: fc.IProperty<[Question]>;
  readonly law: Law;
}

export function restated(r: Restated): Identity {
  const { name, says, op, as, given = () => ({}), fed = (t) => t, of = (t) => t } = r;
  const settingsOf = r.with ?? ((): Settings => ({}));
  const { times } = r;
  const questions = everyday(op).map(({ tensors, settings }) =>
    asked({ tensors: fed(tensors), settings }, given(settings)),
  );
  return {
    certified: stated(questions, ({ tensors, settings }) => {
      const left = lift(op, tensors, settings);
      const right = lift(as, of(tensors), settingsOf(settings, tensors));
      return same(
        () => results(left),
        () => {
          const factor = real(times?.(settings) ?? 1);
          return results(right).map((y) => y.times(factor));
        },
      );
    }),
    law: identity({
      ...{ name, says, ops: [op], others: [as] },
      questions: () => questions,
      async claims({ tensors, settings }, ask) {
        const other = await ask(as, of(tensors), settingsOf(settings, tensors));
        const factor = times?.(settings);
        return {
          [op.id]: await ask(op, tensors, settings),
          [as.id]: factor === undefined ? other : monotone(([y]) => y! * factor, other),
        };
      },
    }),
  };
}
