/**
 * Bad input is answered with an error of kind `invalid_input`: never with a number, a NaN or a crash.
 * The bad inputs are derived from the declaration, one change to a good case each.
 */
import fc from 'fast-check';
import { words } from '../../spec/axes.ts';
import { formsOf } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import type { Tensor, Tensors } from '../../spec/tensor.ts';
import { dyadic } from '../floats.ts';
import { type Case, cases, small } from '../inputs.ts';
import { brokenAt, type Law, type Outcome } from '../law.ts';
import { isLegal, shrinkingBy, simplerCases } from '../simplify.ts';
import { ask, breakdownOf, type Question } from '../subject.ts';

interface Bad {
  /** What is wrong with it, as a name that does not change. */
  readonly what: string;
  readonly question: Question;
  /** The good case that it was made from. */
  readonly from: Case;
}

export const errors: Law<Bad> = {
  name: 'errors',
  says: 'bad input is an error that says so, never a number',
  appliesTo: () => true,
  questions: ({ op }) =>
    shrinkingBy(
      cases(op, dyadic(3), small).chain((c) => fc.constantFrom(...spoilt(op, c))),
      (bad) => simpler(op, bad),
    ),
  async answer(subject, { what, question }): Promise<Outcome> {
    if (isLegal(subject.op, question)) return { faults: [], compared: 0 };
    const reply = await ask(subject, question);
    if (reply.skip || reply.error?.kind === 'unsupported')
      return { faults: [], compared: 0, skipped: reply.skip?.reason ?? reply.error!.message };
    if (reply.error?.kind === 'invalid_input') return { faults: [], compared: 1 };
    const broken = breakdownOf(reply, subject.op, question);
    if (broken) return brokenAt(broken);
    const came = reply.error ? `an error of kind ${reply.error.kind}` : 'an answer';
    return { compared: 1, faults: [{ name: what, says: `${what}: ${came} instead of an error` }] };
  },
  witness: ({ question }) => question,
  recall: (question, what) => ({ what, question, from: question }),
};

/** The same thing wrong with a simpler case. */
function* simpler(op: Op, { what, from }: Bad): IterableIterator<Bad> {
  for (const c of simplerCases(op, from)) yield* spoilt(op, c).filter((bad) => bad.what === what);
}

/** The same case with one thing wrong, in every way that the declaration knows. */
function spoilt(op: Op, c: Case): readonly Bad[] {
  const with_ = (what: string, name: string, value: number | string): Bad => ({
    what,
    question: { ...c, settings: { ...c.settings, [name]: value }, want: ['out'] },
    from: c,
  });
  const parameters = Object.entries(op.params).flatMap(([name, p]): Bad[] => {
    const beyond = (value: number) => [with_(`${name} beyond its range`, name, value)];
    if (p.kind === 'choice') return [with_(`an unknown ${name}`, name, 'bogus')];
    if (p.kind === 'number') {
      const { min = -Infinity, max = Infinity } = p;
      // What divides by a parameter must be positive: 0 is the bad value that people give.
      const below = min > 0 ? 0 : min * 2 - 1;
      return [
        ...(max < Infinity ? beyond(max * 2 + 1) : []),
        ...(min > -Infinity ? [with_(`${name} below its range`, name, below)] : []),
      ];
    }
    if (p.kind === 'integer' && p.max !== undefined && p.count === undefined)
      return beyond(p.max + 1);
    if (p.kind === 'integer' && p.count !== undefined) return beyond(1000);
    return p.kind === 'axis' ? beyond(7) : [];
  });
  const inputs = Object.keys(op.inputs).flatMap((name) => spoiltInput(op, c, name));
  const all = [...parameters, ...inputs];
  return all.length > 0 ? all : [with_('an unknown parameter', `${op.id}-unknown`, 1)];
}

function spoiltInput(op: Op, c: Case, name: string): readonly Bad[] {
  const t = c.tensors[name];
  if (!t) return [];
  const with_ = (what: string, changed: Tensor): Bad => {
    const tensors: Tensors = { ...c.tensors, [name]: changed };
    return { what: `${name} ${what}`, question: { ...c, tensors, want: ['out'] }, from: c };
  };
  const first = (value: number): Tensor => ({ ...t, data: Array.from(t.data).with(0, value) });
  const bad: Bad[] = [];
  const longer = { ...t, shape: [...t.shape, 2], data: Array.from(t.data).flatMap((x) => [x, x]) };
  if (Object.keys(op.inputs).length > 1) bad.push(with_('of another shape', longer));
  if (words(formsOf(op.inputs[name]!)[0]!.axes).some((word) => word.startsWith('2')))
    bad.push(with_('of odd length', { ...t, shape: [1], data: Array.from(t.data).slice(0, 1) }));
  const form = formsOf(op.inputs[name]!).find((f) => (f.of === 'classes') === (t.dtype === 'i64'));
  if (form?.of === 'classes') {
    bad.push(with_('below the classes', first(-7)), with_('beyond the classes', first(1000)));
    bad.push(with_('of real numbers', { ...t, dtype: 'f32' }));
  } else if (form?.of === 'reals') {
    if (form.max !== undefined) bad.push(with_('beyond its range', first(form.max + 0.5)));
    if (form.min !== undefined) bad.push(with_('below its range', first(form.min - 0.5)));
    if (form.max !== undefined) bad.push(with_('NaN', first(NaN)));
    if (name === 'target' && formsOf(op.inputs[name]!).length === 1)
      bad.push(
        with_('of whole numbers', { ...t, dtype: 'i64', data: Array.from(t.data, () => 0) }),
      );
  }
  return bad;
}
