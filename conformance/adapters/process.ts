/**
 * # A program as a candidate
 *
 * One process for the whole run: a request is a line of JSON on its standard input, an answer a line
 * on its standard output. Answers carry the id of their request and may come in any order; several
 * requests are under way at once.
 *
 * When the program fails, it is started again, and what was under way is asked once more, one request
 * at a time: so the failure is that of the request at which it fails alone. Where it answers every one
 * of them, the failure is reported as flaky, of the request that it had not answered for the longest
 * time. An operator at which it fails too often is not asked for any more.
 */
import type { Afterthought, Candidate, Hello, Reply, Request } from '../../properties/candidate.ts';
import { messageOf } from '../failure.ts';
import { version } from '../version.ts';
import { memory, oneByOne } from '../wire/inbox.ts';
import { type Limits, type Link, link, type Trouble } from '../wire/link.ts';
import { probed } from '../wire/probe.ts';

export interface ProgramOptions {
  /** Seconds for the handshake, and for each answer. */
  readonly startTimeout?: number;
  readonly timeout?: number;
  /** Bytes of one message. */
  readonly longest?: number;
  /** Failures at one operator after which it is given up. */
  readonly budget?: number;
}

/** Attempts to start the program again. */
const ATTEMPTS = 3;
/** Requests under way, and how many are sent at once while answers are waiting to be judged. */
const WIDTH = 16;
const BATCH = 4;

interface Job {
  readonly request: Request;
  answer(reply: Reply): void;
}

/** What came of a request that was alone. */
type Alone = { readonly reply: Reply } | { readonly trouble: Trouble };

/** Starts when it is first asked. */
export const program = (command: readonly string[], options: ProgramOptions = {}): Candidate =>
  probed(supervised(command, options));

function supervised(command: readonly string[], options: ProgramOptions): Candidate {
  const limits = limitsOf(options);
  const { budget = 10 } = options;
  const failures = new Map<string, number>();
  const queue: Job[] = [];
  const flight = new Map<string, Job>();
  const past = memory<Request>(4 * WIDTH);
  let thoughts: Afterthought[] = [];
  let current: Link | undefined;
  let greeted: Hello | undefined;
  let starting: Promise<Link> | undefined;
  let opened: Link | undefined;
  let alone: ((what: Alone) => void) | undefined;
  let isPaused = false;
  /** Why it is not asked any more. */
  let over: string | undefined;
  let sent = 0;

  // Talking --------------------------------------------------------------------------------------

  const settle = (what: Alone): void => {
    const done = alone;
    alone = undefined;
    done?.(what);
  };
  const listener = {
    isPast: (id: string): boolean => /^c(0|[1-9]\d{0,14})$/.test(id) && Number(id.slice(1)) < sent,
    reply(id: string, reply: Reply): void {
      const job = flight.get(id)!;
      flight.delete(id);
      past.add(id, job.request);
      if (alone) settle({ reply });
      else {
        deliver(job, reply);
        pump();
      }
    },
    again(id: string): void {
      think('protocol', `answered ${id} twice`, past.get(id));
    },
    trouble(trouble: Trouble): void {
      current = undefined;
      if (alone) {
        flight.clear();
        settle({ trouble });
      } else if (flight.size > 0) void recover(trouble);
      else idle(trouble);
    },
  };
  /** Once for each name and operator: a program may do so every time. */
  const think = (name: string, message: string, request: Request | undefined): void => {
    const says = request ? `${request.op}: ${message}` : message;
    const isKnown = thoughts.some((t) => t.name === name && t.request?.op === request?.op);
    if (!isKnown) thoughts.push({ name, says, ...(request ? { request } : {}) });
  };
  const idle = ({ kind, message }: Trouble): void => {
    const request = past.last();
    if (request) blame(request);
    think(kind, `${message}, when all was answered`, request);
  };
  const blame = ({ op }: Request): void => {
    failures.set(op, (failures.get(op) ?? 0) + 1);
  };
  /** Greeted, and as it was the first time. */
  const greet = async (): Promise<Link> => {
    opened = link(command, { suite: 'touchstone', suite_version: version }, limits, listener);
    const hello = await opened.greeted;
    greeted ??= hello;
    if (isSame(greeted, hello)) {
      current = opened;
      return opened;
    }
    await opened.close();
    throw new Error('it says something else of itself than before');
  };
  const started = async (): Promise<Link> => {
    if (current) return current;
    starting ??= greet().finally(() => {
      starting = undefined;
    });
    return starting;
  };
  const restarted = async (): Promise<Link | undefined> => {
    for (let attempt = 1; over === undefined; attempt++)
      try {
        return await started();
      } catch (problem) {
        if (attempt < ATTEMPTS) continue;
        over ??= `it could not be started again: ${messageOf(problem)}`;
      }
    return undefined;
  };

  // Asking ---------------------------------------------------------------------------------------

  let unsent = 0;
  const flush = (): void => {
    unsent = 0;
    current?.flush();
  };
  const inbox = oneByOne(flush);
  const deliver = ({ request: { id }, answer }: Job, { id: _, ...reply }: Reply): void =>
    inbox.add(() => answer(id === undefined ? reply : { id, ...reply }));
  const whyNot = ({ op }: Request): string | undefined =>
    over ??
    ((failures.get(op) ?? 0) < budget ? undefined : `not asked: it has failed ${budget} times`);
  const aborted = (job: Job, message: string): void =>
    deliver(job, { error: { kind: 'aborted', message } });

  const pump = (): void => {
    if (isPaused || queue.length === 0) return;
    if (!current && over === undefined) {
      void resume();
      return;
    }
    while (queue.length > 0 && flight.size < WIDTH) {
      const job = queue.shift()!;
      const why = whyNot(job.request);
      if (why !== undefined) aborted(job, why);
      else send(current!, job);
    }
  };
  const send = (to: Link, job: Job): void => {
    const id = `c${sent++}`;
    flight.set(id, job);
    to.send({ ...job.request, id });
    if (++unsent >= BATCH) flush();
    else if (unsent === 1 && inbox.isEmpty()) process.nextTick(flush);
  };
  const resume = async (): Promise<void> => {
    isPaused = true;
    await restarted();
    isPaused = false;
    pump();
  };

  // Failing --------------------------------------------------------------------------------------

  const recover = async (trouble: Trouble): Promise<void> => {
    isPaused = true;
    const suspects = [...flight.values()];
    flight.clear();
    const { guilty, answers, rest } = await tried(suspects);
    blame((guilty?.job ?? suspects[0]!).request);
    const [presumed, ...others] = answers;
    if (presumed) deliver(presumed[0], guilty ? presumed[1] : verdictOn(trouble, presumed[1]));
    for (const [job, reply] of others) deliver(job, reply);
    if (guilty) deliver(guilty.job, { error: guilty.trouble });
    queue.unshift(...rest);
    isPaused = false;
    pump();
  };
  /** One at a time until one fails. */
  const tried = async (suspects: readonly Job[]) => {
    const answers: [Job, Reply][] = [];
    for (const [i, job] of suspects.entries()) {
      const why = whyNot(job.request);
      const to = why === undefined ? await restarted() : undefined;
      if (!to) {
        answers.push([job, { error: { kind: 'aborted', message: why ?? over! } }]);
        continue;
      }
      const what = await new Promise<Alone>((done) => {
        alone = done;
        send(to, job);
      });
      if ('trouble' in what)
        return { guilty: { job, trouble: what.trouble }, answers, rest: suspects.slice(i + 1) };
      answers.push([job, what.reply]);
    }
    return { guilty: undefined, answers, rest: [] };
  };

  return {
    width: WIDTH,
    async hello() {
      await started();
      return greeted!;
    },
    run: (request) =>
      new Promise((answer) => {
        queue.push({ request, answer });
        pump();
      }),
    afterthoughts() {
      const came = thoughts;
      thoughts = [];
      return came;
    },
    async close() {
      over ??= 'not asked: the run has ended';
      for (const job of [...flight.values(), ...queue.splice(0)]) aborted(job, over);
      flight.clear();
      settle({ reply: { error: { kind: 'aborted', message: over } } });
      await opened?.close();
    },
  };
}

const limitsOf = ({
  startTimeout = 30,
  timeout = 5,
  longest = 2 ** 28,
}: ProgramOptions): Limits => ({
  start: startTimeout * 1000,
  answer: timeout * 1000,
  message: longest,
});

/** What is said of a request that was being asked when the program failed. */
const verdictOn = (trouble: Trouble, again: Reply): Reply =>
  again.error?.kind === 'aborted' ? { error: trouble } : { error: flaky(trouble) };

const flaky = ({ kind, message, ...more }: Trouble) => ({
  ...more,
  kind: 'flaky' as const,
  message: `${message} (${kind}), and answered when it was asked again`,
});

/** What judging depends on; other fields may tell of one process. */
function isSame(a: Hello, b: Hello): boolean {
  const [one, other] = [a, b].map(({ impl, dtypes, dialect, policy, ops }) =>
    JSON.stringify([impl, dtypes, dialect, policy, ops]),
  );
  return one === other;
}
