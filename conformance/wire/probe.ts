/**
 * # Asked twice
 *
 * Of every hundred requests one is asked again later, among others: whoever says of itself that it is
 * deterministic has to answer with the same bits. It comes at the same places in every run.
 */
import {
  type Afterthought,
  type Candidate,
  isBreakdown,
  type Payload,
  type Reply,
  type Request,
} from '../../properties/candidate.ts';
import { toBytes } from '../onnx/elements.ts';
import { isTensorField } from './codec.ts';

/** One in so many, and how many requests later. */
const EVERY = 100;
const LATER = 37;

interface Asked {
  readonly request: Request;
  readonly first: Promise<Reply>;
}

export function probed(candidate: Candidate): Candidate {
  let asked = 0;
  let isDeterministic = false;
  let remembered: Asked | undefined;
  let probes: Promise<readonly Afterthought[]>[] = [];
  const probe = (): void => {
    if (remembered) probes.push(again(candidate, remembered));
    remembered = undefined;
  };
  return {
    ...candidate,
    async hello() {
      const hello = await candidate.hello();
      isDeterministic = hello.policy.deterministic;
      return hello;
    },
    run(request) {
      const n = asked++ % EVERY;
      const reply = candidate.run(request);
      if (isDeterministic && n === 0) remembered = { request, first: Promise.resolve(reply) };
      if (n === LATER) probe();
      return reply;
    },
    /** Waits for what is still to be asked again. */
    async afterthoughts() {
      probe();
      const came = await Promise.all(probes);
      probes = [];
      return [...((await candidate.afterthoughts?.()) ?? []), ...came.flat()];
    },
  };
}

async function again(
  candidate: Candidate,
  { request, first }: Asked,
): Promise<readonly Afterthought[]> {
  const [one, other] = [await first, await candidate.run(request)];
  const { error } = other;
  if (one.error?.kind === 'aborted' || error?.kind === 'aborted') return [];
  const { op } = request;
  if (error && isBreakdown(error.kind))
    return [{ request, name: error.kind, says: `${op}: asked again: ${error.message}` }];
  if ((one.error && isBreakdown(one.error.kind)) || isSame(one, other)) return [];
  return [{ request, name: 'differs', says: `${op}: asked again later, answered differently` }];
}

const isSame = (a: Reply, b: Reply): boolean => String(facts(a)) === String(facts(b));

/** What must not differ: bits and shapes, or the kind of refusal; words may. */
const facts = ({ error, skip, ...fields }: Reply): readonly unknown[] => [
  error?.kind,
  skip !== undefined,
  ...Object.entries(fields)
    .filter(([name]) => isTensorField(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const { dtype, shape, data } = field as Payload;
      return `${name} ${dtype} [${shape}] ${Buffer.from(toBytes(data)).toString('base64')}`;
    }),
];
