/**
 * # One case: who answers, how well, how fast
 *
 * Answers come before times: every candidate's is compared with ours, and ours with the truth, so
 * that no speed is that of another function. Whoever cannot take part is listed with the reason.
 */
import { messageOf } from '../../conformance/failure.ts';
import { type Errors, errorsOf, fault } from './accuracy.ts';
import { type Answer, type Candidate, type Case, type Loaded, OURS } from './candidate.ts';
import { type Chosen, draw } from './cases.ts';
import type { Measure, Samples } from './measure.ts';
import type { Line, NotRun, Result } from './report.ts';
import { ratioOf, type Timing, timingOf } from './statistics.ts';
import { truthOf } from './truth.ts';

/** Ours first. */
export type Field = readonly ((Loaded & { readonly name: string }) | NotRun)[];

interface Judged {
  readonly candidate: Candidate;
  readonly ulps: Errors;
  readonly wrong?: string | undefined;
}

export async function compare(chosen: Chosen, field: Field, measure: Measure): Promise<Result> {
  const asked = draw(chosen);
  const entries = await judgeAll(asked, field);
  const judged = entries.filter((entry) => 'candidate' in entry);
  const samples = await measure(judged.map(({ candidate }) => candidate));
  for (const { candidate } of judged) await candidate.release?.();
  const elements = asked.input.length;
  const ours = timing(samples.get(OURS), elements);
  const lines = entries.map((entry): Line => {
    if (!('candidate' in entry)) return entry;
    return lineOf(entry, timing(samples.get(entry.candidate.name), elements), ours);
  });
  return { ...chosen, elements, lines };
}

async function judgeAll(asked: Case, field: Field): Promise<readonly (Judged | NotRun)[]> {
  const truth = truthOf(asked);
  let due: Answer<ArrayLike<number>> = truth;
  const entries: (Judged | NotRun)[] = [];
  for (const { name, open } of offersOf(asked, field)) {
    let candidate: Candidate | undefined;
    try {
      candidate = await open();
      const answer = await candidate.answer();
      entries.push({ candidate, ulps: errorsOf(answer, truth), wrong: fault(answer, due) });
      if (name === OURS) due = copyOf(answer);
    } catch (problem) {
      await candidate?.release?.();
      entries.push({ name, reason: oneLine(messageOf(problem)) });
    }
  }
  return entries;
}

const offersOf = (asked: Case, field: Field) =>
  field.flatMap((member) => {
    if ('offers' in member) return member.offers(asked);
    const open = async () => Promise.reject(new Error(member.reason));
    return [{ name: member.name, open }];
  });

/** Ours may write its next answer into the same arrays. */
const copyOf = ({ value, gradient }: Answer): Answer => ({
  value: value.slice(),
  ...(gradient && { gradient: gradient.slice() }),
});

function timing(samples: Samples | undefined, elements: number): Timing | Error {
  if (samples === undefined) return new Error('was not measured');
  return samples instanceof Error ? samples : timingOf(samples.map((ns) => ns / elements));
}

function lineOf(judged: Judged, ns: Timing | Error, ours: Timing | Error): Line {
  const { candidate, ulps, wrong } = judged;
  const { name } = candidate;
  if (ns instanceof Error) return { name, reason: oneLine(ns.message) };
  return {
    name,
    ns,
    ...(name !== OURS && !(ours instanceof Error) && { ratio: ratioOf(ours, ns) }),
    ulps,
    ...(wrong !== undefined && { wrong }),
  };
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
