/**
 * # Which questions become vectors
 *
 * First what is known to matter: edges, kinks, points and hard inputs of an elementwise operator, and the
 * witnesses of what frameworks do differently. Then what the laws ask, drawn as `check` draws it. The same seed
 * gives the same questions, and more of them begin with the same ones.
 */
import fc from 'fast-check';
import { fromRank, rank, TURNING_POINTS } from '../../properties/floats.ts';
import type { Law } from '../../properties/law.ts';
import { empty } from '../../properties/laws/empty.ts';
import { errors } from '../../properties/laws/errors.ts';
import { gradient } from '../../properties/laws/gradient.ts';
import { parameters } from '../../properties/laws/parameters.ts';
import { range } from '../../properties/laws/range.ts';
import { reduction } from '../../properties/laws/reduction.ts';
import { specialRows } from '../../properties/laws/special-rows.ts';
import { value } from '../../properties/laws/value.ts';
import type { Question, Subject } from '../../properties/subject.ts';
import { float32, fromBits } from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import { hardInputs } from './hard-inputs.ts';
import { witnesses } from './witness.ts';

export interface Draft {
  /** The name of a law, or `dialect`. */
  readonly law: string;
  readonly question: Question;
  /** Why it exists, in a few words. */
  readonly why: string;
  /** What is wrong with it, where an error is due. */
  readonly spoilt?: string;
}

/** Cases of `perLaw` questions of every law, at least. */
export async function* draftsOf(subject: Subject, perLaw: number): AsyncGenerator<Draft> {
  const { op } = subject;
  if (op.kind === 'elementwise') yield* chosen(op);
  yield* witnesses(op);
  for (const law of [value, gradient, range, reduction, specialRows, empty])
    yield* drawn(law, subject, perLaw);
  yield* variants(parameters, subject, ({ option }) => ({
    why: `${option} is not at its default, and that is far from doing nothing`,
  }));
  yield* variants(errors, subject, ({ what }) => ({ why: what, spoilt: what }));
}

// Elementwise operators --------------------------------------------------------------------------

function* chosen(op: Elementwise): Generator<Draft> {
  const settings = settle(op) as unknown as Question['settings'];
  const at = (law: string, why: string, data: readonly number[]): Draft => ({
    ...{ law, why },
    question: { tensors: { input: tensor([data.length], data) }, settings, want: ['out'] },
  });
  for (const x of [-Infinity, -0, 0, Infinity, NaN])
    yield at('edges', `the edge x = ${Object.is(x, -0) ? '-0' : x}`, [x]);
  for (const { at: x, left, right } of op.kinks(settings as never)) {
    const [low, high] = [Number(left), Number(right)].sort((a, b) => a - b);
    const why = `at the kink x = ${x} any slope from ${low} to ${high} is right, beside it one is`;
    yield at('gradient', why, around(x));
  }
  const points = op.points(settings as never);
  for (const x of points) yield at('value', `the turning point x = ${x}`, around(x));
  const turns = 'where float32 implementations of exponentials change their mind';
  yield at('value', turns, TURNING_POINTS.flatMap(around));
  yield at('value', 'subnormals, and the smallest and largest numbers', EXTREMES);
  yield* hard(op);
}

/** Of every float32 the inputs at which it is hardest to round correctly. */
function* hard({ id }: Elementwise): Generator<Draft> {
  for (const { op, params, of, inputs } of hardInputs) {
    if (op !== id) continue;
    const data = inputs.split(' ').map((bits) => fromBits(BigInt(`0x${bits}`), float32));
    const law = of === 'value' ? 'value' : 'gradient';
    const settings = params as Question['settings'];
    const why = `of all float32 those whose exact ${of} comes nearest to the middle between two of them`;
    const question: Question = {
      tensors: { input: tensor([data.length], data) },
      settings,
      want: ['out'],
    };
    yield { law, why, question };
  }
}

/** The nearest float32, and its neighbours. */
function around(x: number): readonly number[] {
  const r = rank(Math.fround(x), float32);
  return [-1n, 0n, 1n].map((step) => fromRank(r + step, float32));
}

const EXTREMES = [
  2 ** -149,
  2 ** -127,
  2 ** -126,
  3 * 2 ** -126,
  2 ** 127,
  (2 - 2 ** -23) * 2 ** 127,
].flatMap((x) => [x, -x]);

// Laws -------------------------------------------------------------------------------------------

/** So many questions are looked at for one that says something. */
const PATIENCE = 6;

/** Elements of a tensor, at most: vectors are for people to look at, too. */
const LARGEST = 32;

const isLarge = ({ tensors }: Question): boolean =>
  Object.values(tensors).some((t) => t !== undefined && t.data.length > LARGEST);

/** Laws whose questions now and then compare nothing, which takes an answer to know. */
const CHOOSY: readonly Law[] = [reduction, gradient];

async function* drawn(law: Law, subject: Subject, count: number): AsyncGenerator<Draft> {
  if (!law.appliesTo(subject.op)) return;
  let taken = 0;
  for (const question of sampled(law, subject, count * PATIENCE)) {
    if (taken === count) return;
    if (isLarge(question)) continue;
    if (CHOOSY.includes(law) && !(await says(law, subject, question))) continue;
    taken++;
    yield { law: law.name, question, why: '' };
  }
}

const sampled = <Q>(law: Law<Q>, subject: Subject, numRuns: number): readonly Q[] =>
  fc.sample(law.questions(subject), { seed: subject.seed, numRuns });

/** Whether the law compares anything; the reference is never at fault. */
async function says<Q>(law: Law<Q>, subject: Subject, question: Q): Promise<boolean> {
  const { compared, faults } = await law.answer(subject, question);
  if (faults[0]) throw new Error(`${subject.op.id}/${law.name}: ${faults[0].says}`);
  return compared > 0;
}

/** Enough to meet every way in which a question of these laws may be put. */
const SEVERAL = 60;

/** The first question of each kind. */
async function* variants<Q>(
  law: Law<Q>,
  subject: Subject,
  told: (question: Q) => Pick<Draft, 'why' | 'spoilt'>,
): AsyncGenerator<Draft> {
  if (!law.appliesTo(subject.op)) return;
  const seen = new Set<string>();
  for (const question of sampled(law, subject, SEVERAL)) {
    const { why, spoilt } = told(question);
    if (seen.has(why) || !(await says(law, subject, question))) continue;
    seen.add(why);
    yield { law: law.name, question: law.witness(question), why, ...(spoilt ? { spoilt } : {}) };
  }
}
